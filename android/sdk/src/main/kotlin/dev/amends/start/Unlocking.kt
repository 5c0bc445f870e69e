package dev.amends.start

import android.app.Application
import android.content.BroadcastReceiver
import android.content.Context
import android.content.Intent
import android.content.IntentFilter
import android.os.UserManager
import java.util.concurrent.CountDownLatch

/** After a restart of the phone and before it is unlocked for the first time, an app's files are not there. */
internal class Unlocking(private val application: Application) {
    private val unlocked = CountDownLatch(1)

    /** Waits for it. On the driver's thread; what happens meanwhile is in the queue. */
    fun await() {
        if (isUnlocked()) return
        val receiver = object : BroadcastReceiver() {
            override fun onReceive(context: Context?, intent: Intent?) = unlocked.countDown()
        }
        application.registerReceiver(receiver, IntentFilter(Intent.ACTION_USER_UNLOCKED))
        // It may have been between the question and the receiver.
        if (!isUnlocked()) unlocked.await()
        application.unregisterReceiver(receiver)
    }

    private fun isUnlocked(): Boolean = application.getSystemService(UserManager::class.java)?.isUserUnlocked ?: true
}

package dev.amends.start

import android.annotation.SuppressLint
import android.app.Application
import android.os.Build
import dev.amends.NewerAndroid

/** Whether this is the process in which the app's screens are. Where nobody can say, it is. */
internal fun isMainProcess(application: Application): Boolean {
    val name = if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) named() else reflected()
    return name == null || name == application.applicationInfo.processName
}

@NewerAndroid(Build.VERSION_CODES.P)
private fun named(): String? = Application.getProcessName()

/** What `Application.getProcessName` asks, in every Android before it. */
@SuppressLint("PrivateApi")
private fun reflected(): String? = try {
    Class.forName("android.app.ActivityThread").getMethod("currentProcessName").invoke(null) as? String
} catch (_: ReflectiveOperationException) {
    null
}

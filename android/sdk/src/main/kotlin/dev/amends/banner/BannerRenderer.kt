package dev.amends.banner

import android.app.Application
import android.app.KeyguardManager
import android.os.Handler
import android.os.Looper
import dev.amends.Log
import dev.amends.Message
import dev.amends.MessageRenderer
import dev.amends.OperationStatus
import dev.amends.Question
import dev.amends.Response
import dev.amends.hooks.Windows
import dev.amends.platformLog

/**
 * Draws messages and questions as a card in the topmost window of the app, and feeds every [OperationStatusView]. Called
 * on the driver's thread; what it draws, it draws on the main thread.
 */
internal class BannerRenderer(
    private val application: Application,
    private val windows: Windows,
    private val options: BannerOptions = BannerOptions(),
    log: Log = platformLog,
) : MessageRenderer {
    private val main = Handler(Looper.getMainLooper())
    private val fuse = Fuse(log)

    // Made on the main thread when something is said for the first time: most starts of an app never come to that.
    private var stage: Stage? = null

    override fun show(message: Message): Unit = enter(message.toSaying(message.choices(options, fuse)))

    override fun ask(question: Question): Unit = enter(question.toSaying())

    override fun hide(id: Long) {
        main.post { fuse.guarded { stage?.hide(id) } }
    }

    override fun operations(list: List<OperationStatus>) {
        main.post { fuse.guarded { OperationBoard.show(list) } }
    }

    private fun enter(saying: Saying) {
        // Over a locked screen anybody may read it. It is asked here, because asking takes a moment.
        val keyguard = application.getSystemService(KeyguardManager::class.java)
        if (keyguard?.isKeyguardLocked == true) return saying.end(Response.EXPIRED)
        main.post { if (fuse.isBlown) saying.end(Response.EXPIRED) else fuse.guarded { stage().enter(saying) } }
    }

    private fun stage(): Stage = stage ?: Stage(windows, options, fuse, main).also {
        stage = it
        windows.add(it)
    }
}

package dev.amends.screens

import android.app.Activity
import android.view.KeyEvent
import android.view.View
import android.view.WindowManager
import android.view.inspector.WindowInspector
import dev.amends.core.Event
import dev.amends.hooks.Hooks
import dev.amends.hooks.Sink
import dev.amends.hooks.Surfaces
import dev.amends.hooks.Windows
import dev.amends.hooks.screenNameOf
import dev.amends.robolectric.idle
import dev.amends.robolectric.steadyFrames
import dev.amends.robolectric.toFront
import org.robolectric.Robolectric
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController
import org.robolectric.shadows.ShadowDialog
import java.io.File

/** A phone with the SDK's hooks in it; it shows one screen after the other, each with an engine of its own. */
internal class Phone : Sink {
    private val application = RuntimeEnvironment.getApplication()
    private val activities = ArrayDeque<ActivityController<out Activity>>()
    private val lines = ArrayList<String>()

    /** Of the screen that is shown. */
    var engine: Engine? = null
        private set

    /** Answers that the app still waits for. */
    var awaited: Int = 0

    private var heard = 0
    private var heardBefore = 0

    /** A handler that does nothing was called. */
    fun hear() {
        heard++
    }

    /** Whether that was so since the last time, where the act was on an element that says so. */
    fun hasHeard(act: Act?): Boolean {
        val hasHeard = heard > heardBefore
        heardBefore = heard
        return hasHeard || act?.element?.isHeard != true
    }

    init {
        steadyFrames()
        Surfaces.find()
        val windows = Windows().apply { install(application) }
        Hooks(windows, this, { lines += it }, ::screenNameOf).listen()
    }

    override val isOn: Boolean get() = engine != null

    override fun send(event: Event) {
        engine?.send(event)
    }

    override fun sendLater(event: Event): Unit = send(event)

    override fun flush(): Unit = Unit

    override fun sendAt(elapsedMs: Long, event: Event) {
        engine?.sendAt(elapsedMs, event)
    }

    /** Shows it, lets [use] use it, and puts it away. */
    fun show(screen: Screen, directory: File, use: (Engine) -> Unit) {
        val engine = Engine(directory)
        this.engine = engine
        current = this
        Screen.shown = screen
        try {
            open(screen.activity)
            pass(500)
            use(engine)
            check(lines.isEmpty()) { "$screen: $lines" }
        } finally {
            while (activities.isNotEmpty()) close()
            takeAwayWindows()
            ShadowDialog.reset() // it keeps each dialog that was ever shown, and with it its activity
            pass(100)
            this.engine = null
            current = null
            engine.close()
            awaited = 0
        }
    }

    /** The root of the window that the person sees on top. */
    val top: View
        get() = WindowInspector.getGlobalWindowViews().last { it.visibility == View.VISIBLE && it.width > 0 }

    /** Whether that is a dialog, a menu or another activity, from which one goes back. */
    val canGoBack: Boolean get() = activities.size > 1 || top !== activities.last().get().window.decorView

    fun back() {
        for (action in listOf(KeyEvent.ACTION_DOWN, KeyEvent.ACTION_UP)) {
            top.dispatchKeyEvent(KeyEvent(action, KeyEvent.KEYCODE_BACK))
        }
        pass(20)
    }

    /** Lets so much time pass, in which the system does its part, too: it starts and ends activities. */
    fun pass(ms: Long) {
        var left = ms
        while (left > 0) {
            val step = minOf(left, TURN_MS)
            idle(step)
            left -= step
            takeTurn()
        }
    }

    private fun takeTurn() {
        while (activities.size > 1 && activities.last().get().isFinishing) {
            close()
            activities.last().resume().topActivityResumed(true).windowFocusChanged(true)
        }
        val intent = shadowOf(application).nextStartedActivity ?: return
        val name = intent.component?.className ?: return
        @Suppress("UNCHECKED_CAST")
        open(Class.forName(name) as Class<out Activity>)
    }

    private fun open(activity: Class<out Activity>) {
        activities.lastOrNull()?.windowFocusChanged(false)?.pause()
        activities += Robolectric.buildActivity(activity).create().toFront()
    }

    private fun close() {
        activities.removeLast().pause().stop().destroy()
    }

    /** A dialog that is open when its activity ends: Android takes its window away, Robolectric does not. */
    private fun takeAwayWindows() {
        val windows = checkNotNull(application.getSystemService(WindowManager::class.java))
        // One at a time: some take others with them, as a dialog its menus.
        generateSequence { WindowInspector.getGlobalWindowViews().lastOrNull() }.forEach(windows::removeViewImmediate)
    }

    companion object {
        private const val TURN_MS = 48L

        /** The one in use. */
        var current: Phone? = null
    }
}

package dev.amends.hooks

import android.app.Activity
import android.os.Bundle
import android.os.Looper
import android.os.SystemClock
import android.view.View
import android.widget.LinearLayout
import dev.amends.Log
import dev.amends.Reaction
import dev.amends.core.Event
import dev.amends.robolectric.Finger
import dev.amends.robolectric.idle
import dev.amends.robolectric.toFront
import org.robolectric.Robolectric
import org.robolectric.RuntimeEnvironment
import org.robolectric.android.controller.ActivityController
import java.util.concurrent.Semaphore

/** Notes what the hooks say. */
internal class Recorder : Sink {
    val events = ArrayList<Event>()
    val times = ArrayList<Long>()
    override var isOn = true

    /** How many were sent for later and not heard yet by anything that the main thread did. */
    var waiting = 0

    /** How often the watch for hangs had heard what waits. */
    val flushedByWatch = Semaphore(0)

    override fun send(event: Event) = sendAt(SystemClock.elapsedRealtime(), event)

    override fun sendLater(event: Event) {
        val before = waiting
        send(event)
        waiting = before + 1
    }

    override fun flush() {
        if (Looper.getMainLooper().isCurrentThread) waiting = 0 else flushedByWatch.release()
    }

    override fun sendAt(elapsedMs: Long, event: Event) {
        waiting = 0
        events += event
        times += elapsedMs
    }

    val taps: List<dev.amends.core.Tap> get() = events.filterIsInstance<Event.Tapped>().map { it.tap }
    val reactions: List<Reaction> get() = events.filterIsInstance<Event.Reacted>().map { it.reaction }
    val submits: List<Event.Submit> get() = events.filterIsInstance<Event.Submit>()

    fun clear() {
        events.clear()
        times.clear()
    }
}

/** Fills itself with what the test says, at each start anew. */
class ShopActivity : Activity() {
    val column: LinearLayout by lazy { LinearLayout(this).apply { orientation = LinearLayout.VERTICAL } }

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        setContentView(column)
    }
}

/** A phone with the hooks in it and one activity on screen. */
internal class Phone(screenName: (Activity) -> String? = ::screenNameOf) {
    val recorder = Recorder()
    val lines = ArrayList<String>()
    private val log = Log { lines += it }
    val windows = Windows()
    val controller: ActivityController<ShopActivity>
    val activity: ShopActivity
    val finger: Finger

    init {
        windows.install(RuntimeEnvironment.getApplication())
        Hooks(windows, recorder, log, screenName).listen()
        controller = Robolectric.buildActivity(ShopActivity::class.java).create()
        activity = controller.get()
        controller.toFront()
        idle(100)
        finger = Finger(activity.window.decorView)
    }

    fun <V : View> V.added(): V = also { activity.column.addView(it) }

    /** Adds it, and lets the window settle. */
    fun <V : View> show(view: V): V {
        activity.column.addView(view)
        idle(100)
        return view
    }

    /** What was said from this moment on, for 3.5 s. */
    fun after(act: () -> Unit): Recorder {
        recorder.clear()
        act()
        idle(3_500)
        return recorder
    }
}

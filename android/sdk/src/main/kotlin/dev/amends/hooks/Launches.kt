package dev.amends.hooks

import android.app.Activity
import android.os.Handler
import android.os.Process
import android.os.SystemClock
import android.view.View
import android.view.ViewTreeObserver
import dev.amends.LoadKind
import dev.amends.core.Event
import dev.amends.core.LoadEnd

/**
 * How long the app takes to come up, from the tap on its icon to its first frame: from nothing (cold), with a live process
 * and no screen (warm), or with all in memory (hot), as Android vitals tell them apart. For the main thread alone.
 */
internal class Launches(private val sink: Sink, private val handler: Handler, private val startedMs: Long) {
    private var next = FIRST
    private var running: ULong? = null
    private var screens = 0
    private var isFirst = true
    private var wasInFront = false

    /** The SDK was started: with the process, most likely. */
    fun processStarted() {
        // Started for a broadcast or a service: no screen comes, and so nobody waits.
        handler.post {
            if (running == null && screens == 0) isFirst = false
        }
    }

    /** An activity is being made. */
    fun creating() {
        screens++
        if (wasInFront || running != null) return
        if (isFirst &&
            isFresh()
        ) {
            begin(LoadKind.COLD_LAUNCH, Process.getStartElapsedRealtime())
        } else {
            begin(LoadKind.WARM_LAUNCH, null)
        }
        isFirst = false
    }

    /** An activity is about to be seen. */
    fun starting() {
        if (!wasInFront && running == null) begin(LoadKind.HOT_LAUNCH, null)
        wasInFront = true
    }

    fun destroyed() {
        screens--
    }

    /** The app left the foreground. */
    fun left() {
        wasInFront = false
        end(LoadEnd.CANCELLED)
    }

    /** The window of this activity is there: its first frame ends the launch. */
    fun opened(activity: Activity) {
        if (running == null) return
        val decor = activity.window?.peekDecorView() ?: return
        FirstFrame(decor).listen()
    }

    /** A process that was started long before the SDK was, did something else first. */
    private fun isFresh(): Boolean = startedMs - Process.getStartElapsedRealtime() < FRESH_MS

    private fun begin(kind: LoadKind, fromMs: Long?) {
        val load = next++
        running = load
        // Something is on screen from the first moment: the system's splash.
        val event = Event.LoadStarted(load, kind, false, null)
        sink.sendAt(fromMs ?: SystemClock.elapsedRealtime(), event)
    }

    private fun end(how: LoadEnd) {
        val load = running ?: return
        running = null
        sink.send(Event.LoadEnded(load, how))
    }

    private inner class FirstFrame(private val decor: View) : ViewTreeObserver.OnPreDrawListener {
        private var isComing = false

        fun listen(): Unit = decor.viewTreeObserver.addOnPreDrawListener(this)

        override fun onPreDraw(): Boolean {
            if (!isComing) {
                isComing = true
                handler.post(::drawn)
            }
            return true
        }

        /** After the frame: a listener may not be removed while it is called. */
        private fun drawn() {
            end(LoadEnd.SUCCEEDED)
            if (decor.viewTreeObserver.isAlive) decor.viewTreeObserver.removeOnPreDrawListener(this)
        }
    }

    private companion object {
        /** Above every number that `Amends.loadStarted` gives. */
        const val FIRST: ULong = 0x4000_0000_0000_0000u
        const val FRESH_MS = 10_000L
    }
}

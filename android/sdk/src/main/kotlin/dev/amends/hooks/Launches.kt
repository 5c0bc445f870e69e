package dev.amends.hooks

import android.app.Activity
import android.os.Handler
import android.os.Process
import android.os.SystemClock
import android.view.View
import android.view.ViewTreeObserver
import dev.amends.Guard
import dev.amends.LoadKind
import dev.amends.core.Event
import dev.amends.core.LoadEnd

/**
 * How long the app takes to come up, from the tap on its icon to its first frame: from nothing (cold), with a live process
 * and no screen (warm), or with all in memory (hot), as Android vitals tell them apart. For the main thread alone.
 */
internal class Launches(
    private val sink: Sink,
    private val handler: Handler,
    private val startedMs: Long,
    private val guard: Guard,
) {
    private var next = FIRST
    private var running: ULong? = null
    private var awaited: View? = null
    private var isFirst = true
    private var wasInFront = false

    // When the main thread had nothing more to do for the start of the process.
    private var idleMs = NEVER

    // An activity is being made, and not seen yet: it may never be, if all it does is to start a service.
    private var coming: LoadKind? = null
    private var comingFromMs = 0L

    // When the main thread went on without having shown it.
    private var leftMs = NEVER
    private val left = Runnable { leftMs = SystemClock.elapsedRealtime() }

    /** The SDK was started: with the process, most likely. */
    fun processStarted() {
        handler.post { idleMs = SystemClock.elapsedRealtime() }
    }

    /** An activity is being made, at this moment of `elapsedRealtime`. */
    fun creating(elapsedMs: Long) {
        if (wasInFront || running != null) return
        // One that does nothing but lead to the next is part of the launch.
        if (coming == null || isStale(elapsedMs)) {
            val isCold = isFirst && isFresh() && !isLate(elapsedMs)
            coming = if (isCold) LoadKind.COLD_LAUNCH else LoadKind.WARM_LAUNCH
            comingFromMs = if (isCold) Process.getStartElapsedRealtime() else elapsedMs
            isFirst = false
        }
        leftMs = NEVER
        handler.removeCallbacks(left)
        handler.post(left)
    }

    /** The app comes to the front, with an activity that was made for it. Before that is said. */
    fun arriving() {
        val kind = coming.takeUnless { isStale(SystemClock.elapsedRealtime()) }
        coming = null
        if (kind != null && !wasInFront && running == null) begin(kind, comingFromMs)
    }

    /** The app is in front. */
    fun arrived() {
        if (!wasInFront && running == null) begin(LoadKind.HOT_LAUNCH, SystemClock.elapsedRealtime())
        wasInFront = true
    }

    /** The app left the foreground. */
    fun left() {
        wasInFront = false
        end(LoadEnd.CANCELLED)
    }

    /** The window of this activity is there: its next frame ends the launch. */
    fun seen(activity: Activity) {
        if (running == null) return
        val decor = activity.window?.peekDecorView() ?: return
        if (decor === awaited) return
        awaited = decor
        FirstFrame(decor).listen()
    }

    /** A process that was started long before the SDK was, did something else first. */
    private fun isFresh(): Boolean = startedMs - Process.getStartElapsedRealtime() < FRESH_MS

    /**
     * A process that was started for a broadcast or a service has long been idle when a screen comes. Until Android 13 a
     * launch is on its way when the process has started; from 14 on it comes a moment later.
     */
    private fun isLate(elapsedMs: Long): Boolean = idleMs != NEVER && elapsedMs - idleMs > ATTACHED_WITHIN_MS

    private fun isStale(elapsedMs: Long): Boolean = leftMs != NEVER && elapsedMs - leftMs > LEADS_ON_WITHIN_MS

    private fun begin(kind: LoadKind, fromMs: Long) {
        val load = next++
        running = load
        // Something is on screen from the first moment: the system's splash.
        val event = Event.LoadStarted(load, kind, false, null)
        sink.sendAt(fromMs, event)
    }

    private fun end(how: LoadEnd) {
        val load = running ?: return
        running = null
        awaited = null
        sink.send(Event.LoadEnded(load, how))
    }

    private inner class FirstFrame(private val decor: View) : ViewTreeObserver.OnPreDrawListener {
        private var isComing = false

        fun listen() {
            decor.viewTreeObserver.addOnPreDrawListener(this)
            decor.requestLayout() // one that is in memory already may have nothing new to show, and no frame would come
        }

        override fun onPreDraw(): Boolean {
            if (!isComing) {
                isComing = true
                handler.post(::drawn)
            }
            return true
        }

        /** After the frame: a listener may not be removed while it is called. */
        private fun drawn(): Unit = guard.run {
            end(LoadEnd.SUCCEEDED)
            if (decor.viewTreeObserver.isAlive) decor.viewTreeObserver.removeOnPreDrawListener(this)
        }
    }

    private companion object {
        /** Above every number that `Amends.loadStarted` gives. */
        const val FIRST: ULong = 0x4000_0000_0000_0000u
        const val FRESH_MS = 10_000L
        const val ATTACHED_WITHIN_MS = 500L
        const val LEADS_ON_WITHIN_MS = 2_000L
        const val NEVER = -1L
    }
}

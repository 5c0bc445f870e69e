package dev.amends.hooks

import android.app.Activity
import android.os.Handler
import android.os.Looper
import android.os.SystemClock
import android.view.View
import android.view.ViewTreeObserver
import android.view.Window
import dev.amends.Guard
import dev.amends.Log
import dev.amends.core.Event

/**
 * Turns what happens in the app's windows into events: taps and submits, what the app shows for them, screens, launches,
 * hangs, and whether the app is in front. Each piece fails alone. To be made on any thread, since that takes a while; then
 * for the main thread alone. [startedMs]: when the SDK was started, of `elapsedRealtime`.
 */
internal class Hooks(
    private val windows: Windows,
    private val sink: Sink,
    private val log: Log,
    screenName: (Activity) -> String?,
    startedMs: Long = SystemClock.elapsedRealtime(),
) : WindowListener {
    private val handler = Handler(Looper.getMainLooper())

    // What was done just now is not judged any more, nor is anything after it.
    private val evidenceGuard = Guard("seeing what the app shows", log) { sink.send(Event.QueueDropped(1u)) }
    private val callbackGuard = Guard("seeing this window", log)
    private val hangGuard = Guard("seeing hangs", log)
    private val hangs = HangWatch(handler, sink, hangGuard)
    private val evidence = Evidence(windows, sink, evidenceGuard, handler, hangs)
    private val submitGuard = Guard("seeing submits", log)
    private val submits = Submits(sink, evidence, submitGuard)
    private val touches = Touches.Shared(
        sink,
        evidence,
        TapTarget(),
        submits,
        Guard("seeing taps", log),
    ) { hangs.active() }
    private val screenGuard = Guard("names of screens", log)
    private val screens = Screens(sink, screenName)
    private val launchGuard = Guard("seeing launches", log)
    private val launches = Launches(sink, handler, startedMs, launchGuard)

    /** From now on, and what is on screen already. */
    fun listen() {
        windows.add(this)
        launchGuard.run { launches.processStarted() }
    }

    override fun creating(elapsedMs: Long): Unit = launchGuard.run { launches.creating(elapsedMs) }

    override fun inFront(isInFront: Boolean) {
        if (isInFront) {
            launchGuard.run { launches.arriving() }
            sink.send(Event.Foreground)
            launchGuard.run { launches.arrived() }
        } else {
            launchGuard.run { launches.left() }
            evidenceGuard.run { evidence.close() }
            sink.send(Event.Background)
        }
        hangs.inFront(isInFront)
    }

    override fun opened(window: Window, activity: Activity): Unit = callbackGuard.run {
        val decor = window.decorView
        val callback = window.callback
        // A dialog that is shown again has it still.
        if (callback != null && callback !is WindowCallback) {
            window.callback = WindowCallback(callback, Touches(window, touches))
        }
        WhenAttached(decor).watch()
    }

    override fun closed(window: Window): Unit = evidenceGuard.run { window.peekDecorView()?.let(evidence::unwatch) }

    override fun started(activity: Activity): Unit = launchGuard.run { launches.seen(activity) }

    override fun resumed(activity: Activity): Unit = screenGuard.run { screens.resumed(activity) }

    override fun focusMoved(to: Window?): Unit = evidenceGuard.run {
        evidence.windowMoved()
        submits.focused(to?.decorView?.findFocus())
    }

    /** Before its window is attached an observer may get lost (Android 7). */
    private inner class WhenAttached(private val decor: View) :
        View.OnAttachStateChangeListener,
        ViewTreeObserver.OnGlobalFocusChangeListener {
        fun watch() {
            if (decor.isAttachedToWindow) onViewAttachedToWindow(decor) else decor.addOnAttachStateChangeListener(this)
        }

        override fun onViewAttachedToWindow(view: View): Unit = evidenceGuard.run {
            decor.removeOnAttachStateChangeListener(this)
            evidence.watch(decor)
            decor.viewTreeObserver.addOnGlobalFocusChangeListener(this)
            submits.focused(decor.findFocus())
        }

        override fun onViewDetachedFromWindow(view: View) = Unit

        override fun onGlobalFocusChanged(from: View?, to: View?): Unit = submitGuard.run { submits.focused(to) }
    }
}

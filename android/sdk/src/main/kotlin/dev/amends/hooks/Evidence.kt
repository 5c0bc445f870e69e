package dev.amends.hooks

import android.os.Handler
import android.os.SystemClock
import android.view.View
import android.view.ViewTreeObserver
import dev.amends.Guard
import dev.amends.Reaction
import dev.amends.core.Event
import java.util.WeakHashMap

/**
 * Sees whether the app shows anything for what the person did. One act at a time is watched, the latest; while there is
 * none it costs nothing. For the main thread alone.
 *
 * A frame alone is no evidence: pressed states, ripples and cursors draw frames, too. What counts is that the app's windows
 * show something else than before the finger came down ([Scene]), that something scrolled or took the focus, that the
 * keyboard came or went, or that there is another window.
 */
internal class Evidence(
    private val windows: Windows,
    private val sink: Sink,
    private val guard: Guard,
    private val handler: Handler,
    private val hangs: HangWatch,
) {
    private val looks = Runnable { guard.run(::lookInTime) }

    private val pressFeedback = PressFeedback()

    // The finger is down, and nothing was done yet.
    private var wasMoving = false
    private var before = Scene(windows, pressFeedback, ::surfaceChanged)

    // The person has done it, and nothing was seen yet.
    private var scene = Scene(windows, pressFeedback, ::surfaceChanged)
    private var isOpen = false
    private var openedAt = -JustAnswered.SAME_ACT_MS
    private var lookedAt = 0L
    private var nextLook = 0

    // When the one message that waits comes. It is left waiting after an act, for the next one.
    private var comesAt = NEVER
    private var saidScroll = false
    private var saidFocus = false

    private var frameAt = -MOVING_MS - 1

    // How often it is still looked whether the windows have come to rest, since the latest answer.
    private var restsLeft = 0
    private val watched = WeakHashMap<View, Unit>()

    private var target = 0L
    private val answered = JustAnswered()

    /** Whether it sees anything. If not, no tap may be judged. */
    val isOn: Boolean get() = guard.isOn

    /** Whether it is known what this window showed before. To be asked between [prepare] and [open]. */
    fun isPrepared(root: View): Boolean = before.root === root

    /** Whether the answer may be where nobody can look. To be asked between [prepare] and [open]. */
    val isBlind: Boolean get() = before.isBlind

    /** A finger comes down, wherever. */
    fun touched() {
        if (!isOpen) return
        // The answer to what they did just before may have come since the last frame.
        look(drawn = null, goesOn = true)
        // Or it comes while this finger is down. What was judged already is not mended by what this one does.
        if (SystemClock.uptimeMillis() - openedAt < JUDGED_AFTER_MS) scene.disturbed() else end()
    }

    /** What the windows show now, before the app hears of what the person does in this one, on [touched] if that is known. */
    fun prepare(root: View, touched: View?) {
        wasMoving = isMoving
        before.take(root, touched)
    }

    /** The finger lifts from this element: the last chance for the answer to what was done before. */
    fun lifting(target: Long) {
        val now = SystemClock.uptimeMillis()
        // What moves because of an earlier tap, or by itself, does not do so because it is pressed.
        if (!wasMoving && now - openedAt > JustAnswered.SAME_ACT_MS && !answered.has(target, now)) before.pressed()
        look(drawn = null, goesOn = true)
    }

    /** Whether something moved on the screen just now. */
    val isMoving: Boolean get() = SystemClock.uptimeMillis() - frameAt <= MOVING_MS

    /** It came to nothing: the finger was dragged away, or held too long. */
    fun drop(): Unit = before.forget()

    /**
     * The person has done it, on this element, and waits. To be called when the event for it was sent; if it was sent for
     * [later][Sink.sendLater], it is heard in 300 ms at the latest.
     */
    fun open(target: Long) {
        val root = before.root ?: return
        end()
        scene = before.also { before = scene }
        this.target = target
        isOpen = true
        openedAt = SystemClock.uptimeMillis()
        lookedAt = 0
        nextLook = 0
        saidScroll = false
        saidFocus = false
        comeBack(openedAt + LOOKS_MS[0])
        scene.lifting()
        if (root.isLayoutRequested) look(drawn = null)
    }

    /** The app has had the touch. */
    fun dispatched(): Unit = scene.lifted()

    /** The touch came to nobody: a list that was flying was stopped by it. */
    fun stopped() {
        if (!isOpen) return
        end()
        tell(Reaction.SCROLL)
    }

    /** Nothing is watched any more. */
    fun close() {
        end()
        drop()
        before.moved()
        restsLeft = 0
        handler.removeCallbacks(looks)
        comesAt = NEVER
    }

    private fun end() {
        isOpen = false
        scene.forget()
    }

    /** Whether another tap on this element belongs to one before it ([JustAnswered]). */
    fun hasJustAnswered(target: Long): Boolean = answered.has(target, SystemClock.uptimeMillis())

    /** It was tapped, and nobody watches what comes of it: that may be an answer. */
    fun unwatched(target: Long): Unit = answered.add(target, SystemClock.uptimeMillis())

    /** Whether that is the element of the act before, which nothing has answered: a finger that taps in anger. */
    fun isRepeated(target: Long): Boolean = isOpen && target == this.target

    /** The focus went to another window, or to none of this app's: a dialog, a menu, a prompt of the system's. */
    fun windowMoved() {
        before.moved()
        if (isOpen) say(Reaction.DIALOG)
    }

    /** Begins to listen to a window. */
    fun watch(decor: View) {
        val observer = decor.viewTreeObserver
        val listener = Listener(decor)
        watched[decor] = Unit
        before.moved()
        observer.addOnGlobalLayoutListener(listener)
        observer.addOnScrollChangedListener(listener)
        observer.addOnGlobalFocusChangeListener(listener)
        observer.addOnPreDrawListener(listener)
    }

    /** The window is gone. Shown again it is listened to anew. */
    fun unwatch(decor: View) {
        watched.remove(decor)
        before.moved()
    }

    private fun surfaceChanged(of: Scene): Unit = guard.run {
        if (isOpen && of === scene) say(Reaction.FRAME)
    }

    /** Looks again without a frame: a popup draws in a window of its own. */
    private fun lookInTime() {
        comesAt = NEVER
        // An answered tap is in no hurry.
        if (isOpen || !hangs.flushesSoon) sink.flush()
        if (!isOpen) return restSoon()
        if (SystemClock.uptimeMillis() >= openedAt + LOOKS_MS[nextLook]) {
            look(drawn = null)
            nextLook++
        }
        if (!isOpen) return restSoon()
        if (nextLook < LOOKS_MS.size) comeBack(openedAt + LOOKS_MS[nextLook]) else end()
    }

    /** After an answer: the next touch is likely to come in this window, and what it is compared with is read till then. */
    private fun restSoon() {
        if (restsLeft == 0) return
        restsLeft--
        val root = windows.focused?.decorView ?: return
        val now = SystemClock.uptimeMillis()
        val isFingerDown = before.root != null
        if (isFingerDown || now - frameAt < RESTS_AFTER_MS ||
            root.isLayoutRequested
        ) {
            return comeBack(now + RESTS_AFTER_MS)
        }
        restsLeft = 0
        // A window that nobody listens to may change unseen.
        val roots = windows.roots()
        for (index in roots.indices) if (roots[index] !in watched) return
        before.rest(root)
    }

    /** At this time of `uptimeMillis`, or before. */
    private fun comeBack(at: Long) {
        if (comesAt <= at) return
        handler.removeCallbacks(looks)
        comesAt = at
        handler.postAtTime(looks, at)
    }

    /** [drawn] is the root that is about to draw, if one is; [goesOn]: the person does the next thing. */
    private fun look(drawn: View?, goesOn: Boolean = false) {
        if (!isOpen) return
        val now = SystemClock.uptimeMillis()
        // Whoever waited this long is not in a hurry.
        if (drawn != null && now - openedAt > AT_EACH_FRAME_MS && now - lookedAt < BETWEEN_LATE_LOOKS_MS) return
        lookedAt = now
        // Just tapped, or by another finger.
        val mayBePressed = (!goesOn && now - openedAt < LOOKS_MS[0]) || (before.root != null && scene.isPressed)
        val change = scene.change(drawn, goesOn, mayBePressed) ?: return
        if (change == Reaction.DIALOG) windows.scan()
        say(change)
    }

    /** The app did something: nobody waits any more. */
    private fun say(reaction: Reaction) {
        answered.add(target, SystemClock.uptimeMillis())
        restsLeft = MOST_RESTS
        end()
        tell(reaction)
    }

    /** Together with the message that comes soon, if one does: so soon nobody is told that all is well. */
    private fun tell(reaction: Reaction) {
        val event = Event.Reacted(reaction)
        if (comesAt - SystemClock.uptimeMillis() <= LOOKS_MS[0]) sink.sendLater(event) else sink.send(event)
    }

    private inner class Listener(private val decor: View) :
        ViewTreeObserver.OnGlobalLayoutListener,
        ViewTreeObserver.OnScrollChangedListener,
        ViewTreeObserver.OnGlobalFocusChangeListener,
        ViewTreeObserver.OnPreDrawListener {
        private val isMine: Boolean get() = isOpen && scene.root === decor

        override fun onGlobalLayout() {
            before.moved()
            if (isOpen) guard.run { look(drawn = null) }
        }

        override fun onPreDraw(): Boolean {
            frameAt = SystemClock.uptimeMillis()
            before.moved()
            hangs.active()
            if (isOpen) guard.run { look(decor) }
            return true
        }

        override fun onScrollChanged() {
            before.moved()
            if (!isMine || saidScroll) return
            saidScroll = true
            tell(Reaction.SCROLL)
        }

        override fun onGlobalFocusChanged(from: View?, to: View?) {
            before.moved()
            if (!isMine || saidFocus) return
            saidFocus = true
            tell(Reaction.FOCUS)
        }
    }

    private companion object {
        const val NEVER = Long.MAX_VALUE

        /** When it is looked at without a frame: soon, just before it is judged (3 s), and while it may still recover. */
        val LOOKS_MS = longArrayOf(300, 1_000, 2_900, 6_000, 9_900)
        const val AT_EACH_FRAME_MS = 3_000L
        const val BETWEEN_LATE_LOOKS_MS = 250L

        /** When the engine judges (dead_tap). */
        const val JUDGED_AFTER_MS = 3_000L

        /** Three frames. */
        const val MOVING_MS = 50L

        /** When nothing was drawn for so long, all is at rest; where it never is, it is looked no more often than that. */
        const val RESTS_AFTER_MS = 100L
        const val MOST_RESTS = 10
    }
}

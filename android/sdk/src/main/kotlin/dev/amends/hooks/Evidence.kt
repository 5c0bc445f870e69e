package dev.amends.hooks

import android.os.Build
import android.os.Handler
import android.os.SystemClock
import android.view.View
import android.view.ViewTreeObserver
import android.view.WindowInsets
import dev.amends.NewerAndroid
import dev.amends.Reaction
import dev.amends.core.Event

/**
 * Sees whether the app shows anything for what the person did. One act at a time is watched, the latest; while there is
 * none it costs nothing. For the main thread alone.
 *
 * A frame alone is no evidence: pressed states, ripples and cursors draw frames, too. What counts is that the window shows
 * something else than before the finger came down ([Fingerprint]), that something scrolled or took the focus, that the
 * keyboard came or went, or that there is another window.
 */
internal class Evidence(
    private val windows: Windows,
    private val sink: Sink,
    private val guard: Guard,
    private val handler: Handler,
    private val onFrame: () -> Unit,
) {
    private val fingerprint = Fingerprint()
    private val looks = Runnable { guard.run(::lookInTime) }

    private var root: View? = null
    private var before = 0L
    private var rootsBefore = 0
    private var keyboardBefore = false
    private var surfaceWatch: SurfaceReader.Watch? = null

    // Something moved since the finger came down, and it has not lifted yet.
    private var isOpen = false
    private var openedAt = 0L
    private var lookedAt = 0L
    private var nextLook = 0
    private var saidScroll = false
    private var saidFocus = false
    private var saidSurface = false

    /** What the window shows now, before the app hears of what the person does. */
    fun prepare(root: View) {
        close()
        this.root = root
        before = fingerprint.of(root)
        rootsBefore = windows.rootCount()
        keyboardBefore = isKeyboardUp(root)
        saidSurface = false
        val surface = fingerprint.surface ?: return
        surfaceWatch = Surfaces.readerOf(surface)?.watch(surface) { guard.run(::surfaceChanged) }
    }

    /** The person has done it, and waits. To be called when the event for it was sent. */
    fun open() {
        val root = root ?: return
        isOpen = true
        openedAt = SystemClock.uptimeMillis()
        lookedAt = 0
        nextLook = 0
        saidScroll = false
        saidFocus = false
        handler.removeCallbacks(looks)
        handler.postDelayed(looks, LOOKS_MS[0])
        surfaceWatch?.lifting()
        if (saidSurface || root.isLayoutRequested) look(isDrawing = false)
    }

    /** The app has had the touch. */
    fun dispatched() {
        surfaceWatch?.lifted()
    }

    /** Nothing is watched any more. */
    fun close() {
        isOpen = false
        root = null
        fingerprint.forget()
        handler.removeCallbacks(looks)
        surfaceWatch?.close()
        surfaceWatch = null
    }

    /** The focus went to another window, or to none of this app's: a dialog, a menu, a prompt of the system's. */
    fun windowMoved() {
        if (isOpen) say(Reaction.DIALOG)
    }

    /** Begins to listen to a window. */
    fun watch(decor: View) {
        val observer = decor.viewTreeObserver
        val listener = Listener(decor)
        observer.addOnGlobalLayoutListener(listener)
        observer.addOnScrollChangedListener(listener)
        observer.addOnGlobalFocusChangeListener(listener)
        observer.addOnPreDrawListener(listener)
    }

    private fun surfaceChanged() {
        saidSurface = true
        if (isOpen) say(Reaction.FRAME)
    }

    /** Looks again without a frame: a popup draws in a window of its own. */
    private fun lookInTime() {
        look(isDrawing = false)
        if (isOpen && ++nextLook < LOOKS_MS.size) {
            handler.postDelayed(looks, LOOKS_MS[nextLook] - LOOKS_MS[nextLook - 1])
        } else if (isOpen && nextLook >= LOOKS_MS.size) {
            close()
        }
    }

    private fun look(isDrawing: Boolean) {
        val root = root ?: return
        if (!isOpen) return
        val now = SystemClock.uptimeMillis()
        // Whoever waited this long is not in a hurry.
        if (isDrawing && now - openedAt > AT_EACH_FRAME_MS && now - lookedAt < BETWEEN_LATE_LOOKS_MS) return
        lookedAt = now
        when {
            fingerprint.of(root, isDrawing) != before || fingerprint.paints || saidSurface -> {
                say(Reaction.FRAME)
            }

            windows.rootCount() != rootsBefore -> {
                windows.scan()
                say(Reaction.DIALOG)
            }

            isKeyboardUp(root) != keyboardBefore -> {
                say(Reaction.KEYBOARD)
            }
        }
    }

    /** The app did something: nobody waits any more. */
    private fun say(reaction: Reaction) {
        close()
        sink.send(Event.Reacted(reaction))
    }

    private fun isKeyboardUp(root: View): Boolean =
        Build.VERSION.SDK_INT >= Build.VERSION_CODES.R && isKeyboardUpNow(root)

    @NewerAndroid(Build.VERSION_CODES.R)
    private fun isKeyboardUpNow(root: View): Boolean =
        root.rootWindowInsets?.isVisible(WindowInsets.Type.ime()) ?: false

    private inner class Listener(private val decor: View) :
        ViewTreeObserver.OnGlobalLayoutListener,
        ViewTreeObserver.OnScrollChangedListener,
        ViewTreeObserver.OnGlobalFocusChangeListener,
        ViewTreeObserver.OnPreDrawListener {
        private val isMine: Boolean get() = isOpen && root === decor

        override fun onGlobalLayout() {
            if (isMine) guard.run { look(isDrawing = false) }
        }

        override fun onPreDraw(): Boolean {
            onFrame()
            if (isMine) guard.run { look(isDrawing = true) }
            return true
        }

        override fun onScrollChanged() {
            if (!isMine || saidScroll) return
            saidScroll = true
            sink.send(Event.Reacted(Reaction.SCROLL))
        }

        override fun onGlobalFocusChanged(from: View?, to: View?) {
            if (!isMine || saidFocus) return
            saidFocus = true
            sink.send(Event.Reacted(Reaction.FOCUS))
        }
    }

    private companion object {
        /** When it is looked at without a frame: soon, just before it is judged (3 s), and while it may still recover. */
        val LOOKS_MS = longArrayOf(300, 1_000, 2_900, 6_000, 9_900)
        const val AT_EACH_FRAME_MS = 3_000L
        const val BETWEEN_LATE_LOOKS_MS = 250L
    }
}

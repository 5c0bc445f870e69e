package dev.amends.robolectric

import android.graphics.Picture
import android.os.Looper
import android.view.View
import android.view.inspector.WindowInspector
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowChoreographer
import java.time.Duration
import java.util.concurrent.TimeUnit

/** Lets the main thread do what is due within [ms] of its virtual time. */
public fun idle(ms: Long = 0) {
    val looper = shadowOf(Looper.getMainLooper())
    var left = ms
    while (ShadowChoreographer.isPaused() && left > FRAME_MS) {
        looper.idleFor(FRAME_MS, TimeUnit.MILLISECONDS)
        left -= FRAME_MS
        drawFrame()
    }
    looper.idleFor(left, TimeUnit.MILLISECONDS)
}

/**
 * From now on, until the test ends, [idle] gives the windows a frame every 16 ms of the virtual time, as a phone does, and
 * they draw in it. Without it each frame that is asked for moves the time on by itself, nothing draws unless it is asked
 * to, and what is animated without end never lets the looper rest. From Android 10 on, with native graphics.
 */
public fun steadyFrames() {
    ShadowChoreographer.setFrameDelay(Duration.ofMillis(FRAME_MS))
    ShadowChoreographer.setPaused(true)
}

/** Whatever has to be drawn anew is: what was drawn is thrown away. */
private fun drawFrame() {
    for (root in WindowInspector.getGlobalWindowViews()) {
        if (!root.isDirty || root.visibility != View.VISIBLE || root.width == 0 || root.height == 0) continue
        val picture = Picture()
        root.draw(picture.beginRecording(root.width, root.height))
        picture.endRecording()
    }
}

private const val FRAME_MS = 16L

package dev.amends.robolectric

import android.os.Looper
import android.os.SystemClock
import android.view.Choreographer
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowChoreographer
import org.robolectric.util.ReflectionHelpers
import java.time.Duration
import java.util.concurrent.TimeUnit

/** Lets the main thread do what is due within [ms] of its virtual time. */
public fun idle(ms: Long = 0) {
    val looper = shadowOf(Looper.getMainLooper())
    var left = ms
    while (ShadowChoreographer.isPaused()) {
        Drawing.begin()
        // Where nobody waits for a frame time leaps to what is due next.
        val next = looper.nextScheduledTaskTime.toMillis() - SystemClock.uptimeMillis()
        val step = if (isFrameAwaited() || next < FRAME_MS) FRAME_MS else next
        if (step >= left) break
        looper.idleFor(step, TimeUnit.MILLISECONDS)
        left -= step
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

/** Where frames are steady: lets the next one come. */
internal fun awaitFrame() {
    if (ShadowChoreographer.isPaused()) idle(2 * FRAME_MS)
}

private fun isFrameAwaited(): Boolean = ReflectionHelpers.getField(Choreographer.getInstance(), "mFrameScheduled")

private const val FRAME_MS = 16L

package dev.amends.banner

import android.os.Handler
import android.os.SystemClock

/** How long something stays on screen. It stands still while there is a reason to. For the main thread. */
internal class Countdown(private val main: Handler, private val over: () -> Unit) {
    private val ring = Runnable { over() }
    private var leftMs = 0L
    private var endsAt = 0L
    private var reasons = 0
    private var isStarted = false

    fun start(ms: Long) {
        leftMs = ms.coerceIn(0, LONGEST_MS)
        isStarted = true
        run()
    }

    /** Stands still for this reason, one bit. */
    fun hold(reason: Int) {
        if (reasons == 0 && isStarted) {
            main.removeCallbacks(ring)
            leftMs = (endsAt - SystemClock.uptimeMillis()).coerceAtLeast(0)
        }
        reasons = reasons or reason
    }

    /** This reason is over. What was held for is not snatched away: [leastMs] are left at least. */
    fun release(reason: Int, leastMs: Long = 0) {
        if (reasons and reason == 0) return
        reasons = reasons and reason.inv()
        leftMs = leftMs.coerceAtLeast(leastMs)
        run()
    }

    fun stop() {
        isStarted = false
        reasons = 0
        main.removeCallbacks(ring)
    }

    private fun run() {
        if (reasons != 0 || !isStarted) return
        main.removeCallbacks(ring)
        endsAt = SystemClock.uptimeMillis() + leftMs
        main.postDelayed(ring, leftMs)
    }

    companion object {
        /** A finger is on it. */
        const val TOUCHED = 1

        /** A screen reader, or the keyboard, is on it. */
        const val IN_USE = 2

        /** It is on its way to another window. */
        const val MOVING = 4

        private const val LONGEST_MS = 24 * 3_600_000L
    }
}

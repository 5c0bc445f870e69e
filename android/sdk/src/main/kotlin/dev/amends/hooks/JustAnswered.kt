package dev.amends.hooks

/**
 * The elements whose latest tap was answered, or may have been, so lately that another one on them belongs to it: a double tap
 * out of habit, of which apps take the first alone, also when something else was tapped in between. Times are those of
 * `SystemClock.uptimeMillis`.
 */
internal class JustAnswered {
    private val targets = LongArray(MOST)
    private val times = LongArray(MOST) { -SAME_ACT_MS }
    private var next = 0

    /** This one's tap was answered now. */
    fun add(target: Long, nowMs: Long) {
        targets[next] = target
        times[next] = nowMs
        next = (next + 1) % MOST
    }

    /** Whether this one is among them. */
    fun has(target: Long, nowMs: Long): Boolean {
        for (index in targets.indices) {
            if (targets[index] == target && nowMs - times[index] < SAME_ACT_MS) return true
        }
        return false
    }

    companion object {
        /** For so long apps commonly take no second tap, so as not to do a thing twice. */
        const val SAME_ACT_MS = 1_000L

        /** Nobody taps more than that within it. */
        private const val MOST = 16
    }
}

package dev.amends

import dev.amends.core.Now

/** The time, as the SDK sees it. Read on any thread, often: it must be cheap. */
public interface Clock {
    /**
     * Milliseconds on a clock that never jumps, from any origin at or after 0. On a phone it has to go on while the
     * device sleeps: the Android layer reads `elapsedRealtime`.
     */
    public val monotonicMs: Long

    /** Milliseconds since 1970 UTC, as the device believes. */
    public val unixMs: Long
}

/** Both clocks of the JVM; the monotonic one starts with the process. */
internal object JvmClock : Clock {
    private val origin = System.nanoTime()

    override val monotonicMs: Long get() = (System.nanoTime() - origin) / 1_000_000
    override val unixMs: Long get() = System.currentTimeMillis()
}

internal fun Clock.now(): Now = Now(monotonicMs.atLeastZero(), unixMs.atLeastZero())

internal fun Long.atLeastZero(): ULong = coerceAtLeast(0).toULong()

/** As a signed number: what is out of its range is for ever. */
internal fun ULong.orForever(): Long = toLong().let { if (it < 0) Long.MAX_VALUE else it }

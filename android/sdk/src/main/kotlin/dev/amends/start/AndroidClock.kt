package dev.amends.start

import android.os.SystemClock
import dev.amends.Clock

/** Goes on while the phone sleeps. */
internal object AndroidClock : Clock {
    override val monotonicMs: Long get() = SystemClock.elapsedRealtime()
    override val unixMs: Long get() = System.currentTimeMillis()
}

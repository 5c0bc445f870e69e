package dev.amends.start

import android.os.SystemClock
import dev.amends.Clock
import dev.amends.Driver
import dev.amends.core.Event
import dev.amends.hooks.Sink

/** Hands what the hooks see to the driver. */
internal class DriverSink(private val driver: Driver, private val clock: Clock) : Sink {
    override val isOn: Boolean get() = driver.isOn

    override fun send(event: Event): Unit = driver.send(event)

    override fun sendLater(event: Event): Unit = driver.sendLater(event)

    override fun flush(): Unit = driver.wake()

    override fun sendAt(elapsedMs: Long, event: Event): Unit =
        driver.sendAt(clock.monotonicMs - (SystemClock.elapsedRealtime() - elapsedMs), event)
}

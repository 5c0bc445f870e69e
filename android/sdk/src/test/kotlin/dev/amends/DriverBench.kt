package dev.amends

import dev.amends.core.Now
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Timeout
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.TimeUnit

/** A driver around a [FakeDevice], at a time that stands still unless it is moved. */
@Timeout(30)
abstract class DriverBench {
    protected val lines = CopyOnWriteArrayList<String>()
    protected val time = StandingClock()
    protected var renderer: MessageRenderer = NoScreen
    protected var transport = Transport { _, receipt -> receipt.answered(200) }
    internal lateinit var driver: Driver

    internal fun drive(device: FakeDevice, clock: Clock = time, open: (Now) -> Unit = {}): Driver {
        val log = Log { lines += it }
        driver = Driver(clock, log) { now ->
            open(now)
            Equipment(device, Effects(renderer, transport, clock, log))
        }
        driver.start()
        return driver
    }

    /** The driver runs and has nothing left to do. */
    protected fun settle() {
        driver.ask(Unit) { }.get(10, TimeUnit.SECONDS)
    }

    @AfterEach
    fun stop() = driver.stop()
}

class StandingClock : Clock {
    @Volatile
    override var monotonicMs: Long = 1_000
    override val unixMs: Long = 1_800_000_000_000
}

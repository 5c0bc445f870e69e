package dev.amends.cost

import android.app.Application
import dev.amends.Amends
import dev.amends.AmendsSettings
import dev.amends.core.Device
import dev.amends.start.AndroidClock
import dev.amends.start.AndroidStart
import org.junit.Assert.assertTrue
import java.nio.file.Files
import java.util.concurrent.TimeUnit

/** This SDK, with all of its hooks and its banner. */
internal class AmendsSubject : Subject {
    override val name = "amends"
    private var amends: Amends? = null
    private val isFirst get() = Amends.started == null

    override fun start(application: Application) {
        val started = if (isFirst) Amends.start(application) { set() } else again(application)
        amends = started
        started.pause() // what is said would cover buttons, and be measured with them
    }

    /** What [Amends.start] does the first time, once more. */
    private fun again(application: Application): Amends {
        val settings = AmendsSettings(AndroidClock).apply { set() }
        return AndroidStart(application, settings) { config, now ->
            Device.open(config.copy(directory = Files.createTempDirectory("cost").toString()), now)
        }.start()
    }

    private fun AmendsSettings.set() {
        endpoint = "http://127.0.0.1:9"
        holdout = 1.0
    }

    override fun settle() {
        amends?.whatWeSend()?.get(20, TimeUnit.SECONDS)
    }

    override fun checkItSaw(taps: Int) {
        val sent = amends!!.whatWeSend().get(20, TimeUnit.SECONDS)
        assertTrue(sent, "dead_tap" in sent)
    }

    override fun stop() {
        amends?.stop()
        amends = null
    }
}

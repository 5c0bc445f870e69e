package dev.amends.start

import android.app.Application
import android.os.Handler
import android.os.Looper
import android.os.Process
import android.os.SystemClock
import dev.amends.Amends
import dev.amends.AmendsSettings
import dev.amends.Clock
import dev.amends.Driver
import dev.amends.banner.BannerRenderer
import dev.amends.core.Config
import dev.amends.core.DeviceInterface
import dev.amends.core.Now
import dev.amends.core.sharedDevice
import dev.amends.hooks.Hooks
import dev.amends.hooks.Surfaces
import dev.amends.hooks.Windows
import dev.amends.now

/**
 * Starts the SDK in an Android app. On the caller's thread it only puts things together: files, the package manager and
 * the library are asked on the driver's thread.
 */
internal class AndroidStart(
    private val application: Application,
    private val settings: AmendsSettings,
    private val open: (Config, Now) -> DeviceInterface = ::sharedDevice,
) {
    private val windows = Windows(settings.log)

    fun start(): Amends {
        val driver = driver()
        val amends = Amends(driver)
        if (!isMainProcess(application)) {
            // Its screens and files belong to the app's main process.
            driver.stop()
            return amends
        }
        val languages = Languages(application, settings.languagesGiven, amends)
        languages.say()
        onMain {
            languages.listen()
            if (settings.hooks) {
                val sink = DriverSink(driver, settings.clock)
                Hooks(windows, sink, settings.log, settings.screenName).install(application)
            } else {
                windows.install(application)
            }
        }
        driver.start()
        return amends
    }

    private fun driver(): Driver {
        val given = settings.given() // as the settings are now, whatever becomes of them
        val renderer = settings.renderer ?: BannerRenderer(application, windows, settings.banner, settings.log)
        val startedAt = startedAt(settings.clock)
        return Driver(settings.clock, settings.log, settings.effects(renderer), startedAt, settings.trail()) { now ->
            Unlocking(application).await()
            Surfaces.find()
            open(given.filledIn(application), now)
        }
    }

    /** The launch began with the process: what it took till here is part of it. */
    private fun startedAt(clock: Clock): Now {
        val now = clock.now()
        val ageMs = SystemClock.elapsedRealtime() - Process.getStartElapsedRealtime()
        if (ageMs !in 0..FRESH_MS || now.monotonicMs < ageMs.toULong()) return now
        return Now(now.monotonicMs - ageMs.toULong(), now.unixMs - ageMs.toULong())
    }

    private fun onMain(task: () -> Unit) {
        if (Looper.myLooper() == Looper.getMainLooper()) task() else Handler(Looper.getMainLooper()).post(task)
    }

    private companion object {
        const val FRESH_MS = 10_000L
    }
}

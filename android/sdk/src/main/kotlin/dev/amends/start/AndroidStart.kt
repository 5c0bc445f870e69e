package dev.amends.start

import android.app.Application
import android.os.Handler
import android.os.Looper
import android.os.Message
import android.os.Process
import android.os.SystemClock
import dev.amends.Amends
import dev.amends.AmendsSettings
import dev.amends.Driver
import dev.amends.Equipment
import dev.amends.Guard
import dev.amends.atLeastZero
import dev.amends.banner.BannerRenderer
import dev.amends.core.Config
import dev.amends.core.DeviceInterface
import dev.amends.core.Now
import dev.amends.core.sharedDevice
import dev.amends.hooks.Hooks
import dev.amends.hooks.Surfaces
import dev.amends.hooks.Windows

/**
 * Starts the SDK in an Android app. On the caller's thread it only begins to remember the app's windows, and starts the
 * driver: the app waits for each class that is loaded here. The hooks are made on the driver's thread, and hear on the main
 * thread, as soon as it is free, what they missed. Files, the package manager and the library are asked on the driver's.
 */
internal class AndroidStart(
    private val application: Application,
    private val settings: AmendsSettings,
    private val open: ((Config, Now) -> DeviceInterface)? = null,
) {
    private val startedMs = SystemClock.elapsedRealtime()
    private val windows = Windows(settings.log)
    private val driver = Driver(settings.clock, settings.log) { now -> equip(now) }

    fun start(): Amends {
        // The screens and files of an app belong to its main process.
        if (!isMainProcess(application)) {
            driver.stop()
        } else {
            windows.install(application)
            driver.start()
        }
        return Amends(driver)
    }

    private fun equip(startedAt: Now): Equipment {
        val languages = Languages(application, settings.languagesGiven, driver)
        languages.sayFirst()
        listen(languages)
        val renderer = settings.renderer ?: BannerRenderer(application, windows, settings.banner, settings.log)
        Unlocking(application).await()
        Surfaces.find()
        val config = settings.given().filledIn(application)
        val now = launchedAt(startedAt)
        val device = if (open == null) sharedDevice(config, now) else open(config, now)
        return settings.equipment(device, renderer)
    }

    private fun listen(languages: Languages) {
        val guard = Guard("seeing what the app does", settings.log)
        var hooks: Hooks? = null
        if (settings.hooks) {
            guard.run {
                hooks = Hooks(windows, DriverSink(driver, settings.clock), settings.log, settings.screenName, startedMs)
            }
        }
        val main = Handler(Looper.getMainLooper())
        val message = Message.obtain(main) {
            guard.run {
                languages.listen()
                hooks?.listen()
            }
        }
        message.isAsynchronous = true // a window's first frame holds up all other messages, and is not to be missed
        main.sendMessage(message)
    }

    /** The launch began with the process: what it took till the start is part of it. */
    private fun launchedAt(startedAt: Now): Now {
        val ageMs = startedMs - Process.getStartElapsedRealtime()
        if (ageMs !in 0..FRESH_MS || startedAt.monotonicMs < ageMs.atLeastZero()) return startedAt
        return Now(startedAt.monotonicMs - ageMs.atLeastZero(), startedAt.unixMs - ageMs.atLeastZero())
    }
}

private const val FRESH_MS = 10_000L

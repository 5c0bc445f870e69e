package dev.amends

import dev.amends.core.Config
import dev.amends.core.Device
import dev.amends.core.Now
import dev.amends.core.Pace
import dev.amends.core.sharedDevice
import java.io.File
import java.util.Locale

/** How the SDK is started: see [Amends.start]. Only the first four have to be set. */
public class AmendsSettings internal constructor(systemLanguages: List<String> = systemLanguages()) {
    /** The app's name, under which it is counted. */
    public var serviceName: String = ""

    /** The app's release, `3.14.0`: each has its own counts. */
    public var release: String = ""

    /** The canary's address, without a path: `https://canary.example.com`. */
    public var endpoint: String = ""

    /** A directory for the SDK alone, `File(context.filesDir, "amends")`; made if need be, 1 MB at most. */
    public var directory: File? = null

    /** The canary's ingest key, if it wants one. */
    public var ingestKey: String? = null

    /** The share of devices that stays silent, from 0 to 1, so that the effect of saying sorry can be measured. */
    public var holdout: Double = 0.1

    /** How the built-in texts sound; a document's tone goes before it. */
    public var tone: Tone = Tone.PLAIN

    /** The system's name. */
    public var osName: String = "Android"

    /** The system's version; only its first number is sent. */
    public var osVersion: String = ""

    /** The languages that the person reads, best first, as BCP 47 tags (`pt-BR`): as the system says, if not set. */
    public var languages: List<String> = systemLanguages

    /** Draws messages. Without one, failures are counted in silence. */
    public var renderer: MessageRenderer = NoScreen

    /** Carries counts to the canary. */
    public var transport: Transport = HttpTransport()

    /** Takes the rare line for the app's developer. */
    public var log: Log = platformLog

    /** The time. */
    public var clock: Clock = JvmClock

    internal var pace: Pace? = null
    internal var seed: ULong? = null

    /** A driver whose device is that of the process. */
    internal fun sharedDriver(): Driver = driver(::sharedDevice)

    /** A driver with a device of its own. */
    internal fun ownDriver(): Driver = driver { config, now -> Device.open(config, now) }

    private fun driver(open: (Config, Now) -> Device): Driver {
        val config = config() // as the settings are now, whatever becomes of them
        return Driver(clock, log, Effects(renderer, transport, clock, log)) { now ->
            open(requireNotNull(config) { "Amends.start: directory is not set" }, now)
        }
    }

    internal fun config(): Config? = directory?.path?.ifBlank { null }?.let {
        Config(
            directory = it,
            endpoint = endpoint,
            ingestKey = ingestKey,
            serviceName = serviceName,
            serviceVersion = release,
            osName = osName,
            osVersion = osVersion,
            sdkLanguage = "kotlin",
            holdout = holdout,
            tone = tone,
            pace = pace,
            seed = seed,
        )
    }
}

/** What the JVM knows of the languages of its user. */
private fun systemLanguages(): List<String> =
    listOf(Locale.getDefault(Locale.Category.DISPLAY), Locale.getDefault()).map(Locale::toLanguageTag).distinct()

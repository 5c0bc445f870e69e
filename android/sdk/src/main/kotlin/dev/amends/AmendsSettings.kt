package dev.amends

import android.app.Activity
import dev.amends.banner.BannerOptions
import dev.amends.core.Config
import dev.amends.core.Device
import dev.amends.core.DeviceInterface
import dev.amends.core.Now
import dev.amends.core.Pace
import dev.amends.core.sharedDevice
import dev.amends.hooks.screenNameOf
import java.io.File
import java.util.Locale

/**
 * How the SDK is started: see [Amends.start]. Only [endpoint] has to be set; the rest has defaults. All of it is read soon
 * after the start, on another thread: what is set later is not heard of.
 */
public class AmendsSettings internal constructor(
    /** The time. By default `elapsedRealtime`. */
    public var clock: Clock = JvmClock,
    private val systemLanguages: List<String>? = null,
) {
    // The app waits in its start until this is made: what takes classes of its own is made when it is asked for.
    private var ownTransport: Transport? = null
    private var ownScreenName: ((Activity) -> String?)? = null
    private var ownBanner: BannerOptions? = null

    /** The app's name, under which it is counted. By default its package's name. */
    public var serviceName: String = ""

    /** The app's release, `3.14.0`: each has its own counts. By default its `versionName`. */
    public var release: String = ""

    /** The canary's address, without a path: `https://canary.example.com`. */
    public var endpoint: String = ""

    /**
     * Where the app is at home for this person, in the app's own words (`eu`, `us-west`), at most 64 bytes: counts can
     * then be told apart by it. It is never found out from an address; without it nothing is sent.
     */
    public var region: String? = null

    /** A directory for the SDK alone, 1 MB at most; made if need be. By default `amends` in the app's `filesDir`. */
    public var directory: File? = null

    /** The canary's ingest key, if it wants one. */
    public var ingestKey: String? = null

    /** The share of devices that stays silent, from 0 to 1, so that the effect of saying sorry can be measured. */
    public var holdout: Double = 0.1

    /** How the built-in texts sound; a document's tone goes before it. */
    public var tone: Tone = Tone.PLAIN

    /** The system's name. */
    public var osName: String = "Android"

    /** The system's version; only its first number is sent. By default that of the phone. */
    public var osVersion: String = ""

    /**
     * The languages that the person reads, best first, as BCP 47 tags (`pt-BR`). By default those of the app's resources,
     * also when they change.
     */
    public var languages: List<String>
        get() = languagesGiven ?: systemLanguages ?: systemLanguages()
        set(value) {
            languagesGiven = ArrayList(value)
        }

    /** Draws messages. By default the SDK's own banner, in the app's topmost window. */
    public var renderer: MessageRenderer? = null

    /** Carries counts to the canary. */
    public var transport: Transport
        get() = ownTransport ?: HttpTransport().also { ownTransport = it }
        set(value) {
            ownTransport = value
        }

    /** Takes what was noticed and said, for the app's crash reporter. */
    public var breadcrumbs: BreadcrumbSink? = null

    /** Takes the rare line for the app's developer. */
    public var log: Log = platformLog

    /**
     * Whether the SDK sees taps, submits, screens, launches and hangs by itself. Without it the app says all of that
     * through [Amends].
     */
    public var hooks: Boolean = true

    /**
     * How the screen of an activity is called: a stable name without ids or personal data; `null` for an activity that is
     * no screen of its own. By default its class's name without "Activity". Called on the main thread.
     */
    public var screenName: (Activity) -> String?
        get() = ownScreenName ?: ::screenNameOf
        set(value) {
            ownScreenName = value
        }

    internal val banner: BannerOptions get() = ownBanner ?: BannerOptions().also { ownBanner = it }
    internal var languagesGiven: List<String>? = null

    /** What the banner's buttons do, and where it stays away. */
    public fun banner(configure: BannerOptions.() -> Unit): Unit = banner.configure()

    internal var pace: Pace? = null
    internal var seed: ULong? = null

    /** A driver whose device is that of the process. */
    internal fun sharedDriver(): Driver = driver { config, now -> sharedDevice(config, now) }

    /** A driver with a device of its own. */
    internal fun ownDriver(): Driver = driver { config, now -> Device.open(config, now) }

    private fun driver(open: (Config, Now) -> Device): Driver = Driver(clock, log) { now ->
        val given = given()
        require(given.directory.isNotBlank()) { "Amends.start: directory is not set" }
        equipment(open(given, now), renderer ?: NoScreen)
    }

    /** What the driver works with. */
    internal fun equipment(device: DeviceInterface, renderer: MessageRenderer): Equipment =
        Equipment(device, Effects(renderer, transport, clock, log), breadcrumbs?.let { Trail(it, log) })

    /** What was set; the rest is empty. */
    internal fun given(): Config = Config(
        directory = directory?.path.orEmpty(),
        endpoint = endpoint,
        ingestKey = ingestKey,
        serviceName = serviceName,
        serviceVersion = release,
        osName = osName,
        osVersion = osVersion,
        sdkLanguage = "kotlin",
        region = region,
        holdout = holdout,
        tone = tone,
        pace = pace,
        seed = seed,
    )
}

/** What the JVM knows of the languages of its user. */
private fun systemLanguages(): List<String> =
    listOf(Locale.getDefault(Locale.Category.DISPLAY), Locale.getDefault()).map(Locale::toLanguageTag).distinct()

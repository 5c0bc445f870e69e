package dev.amends

import dev.amends.core.Event
import dev.amends.core.Tap
import java.util.concurrent.CompletableFuture
import java.util.concurrent.atomic.AtomicLong

/**
 * Notices micro-failures, says sorry while the person is still there, and counts every such moment.
 *
 * Every function may be called on any thread, also on the main thread: it puts a small value on a bounded queue and
 * returns. None throws, and none does anything once the SDK is off.
 */
public class Amends internal constructor(private val driver: Driver) {
    private val ids = AtomicLong()

    /** The app came to the foreground. */
    public fun foreground(): Unit = driver.send(Event.Foreground)

    /** The app left the foreground. Nobody is waiting any more. */
    public fun background(): Unit = driver.send(Event.Background)

    /** A new session starts, by the app's own rules. */
    public fun newSession(): Unit = driver.send(Event.NewSession)

    /** A screen appeared: a stable name such as "Checkout", never an id or a title with personal data. */
    public fun screen(name: String): Unit = driver.send(Event.Screen(name))

    /** Who is using the app, as they want to be called; `null` when signed out. Never leaves the device. */
    public fun person(name: String?): Unit = driver.send(Event.Person(name))

    /** The value or cohort of this person in the app's words ("vip"); `null` for none. Is sent, as a label. */
    public fun segment(name: String?): Unit = driver.send(Event.Segment(name))

    /** A finger tapped an element; [target] is any number that stays the same while the element lives. */
    public fun tapped(target: Long, role: Role, enabled: Boolean = true, fingers: Int = 1) {
        val count = fingers.coerceIn(1, UByte.MAX_VALUE.toInt()).toUByte()
        driver.send(Event.Tapped(Tap(target.toULong(), role, enabled, count)))
    }

    /** An input was submitted; [field] is the input, not the icon beside it. */
    public fun submitted(field: Long, via: SubmitVia): Unit = driver.send(Event.Submit(field.toULong(), via))

    /** The app visibly reacted. */
    public fun reacted(how: Reaction): Unit = driver.send(Event.Reacted(how))

    /**
     * Something the person waits for began to load. [operation] is the app's word for it, by which a retry is known;
     * it stays on the device. [progress] says that a spinner, bar or skeleton is already visible.
     */
    public fun loadStarted(
        operation: String? = null,
        kind: LoadKind = LoadKind.CONTENT,
        progress: Boolean = false,
    ): Load {
        val load = nextId()
        driver.send(Event.LoadStarted(load, kind, progress, operation))
        return Load(load, driver::send)
    }

    /** A network request began. */
    public fun request(): Request {
        val request = nextId()
        driver.send(Event.RequestStarted(request))
        return Request(request, driver::send)
    }

    /** An error that the person will feel. */
    public fun errorReported(): Unit = driver.send(Event.ErrorReported)

    /**
     * The latest decisions, oldest first, at most 32: for the app's developer. Completed on the driver's thread, with
     * an empty list if the SDK is off.
     */
    public fun lastDecisions(): CompletableFuture<List<Decision>> =
        driver.ask(emptyList()) { it.decisionsAfter(0u) }

    /**
     * The exact body that would be sent if it were sent now, as JSON: all that ever leaves the device. Completed on the
     * driver's thread, with an empty text if the SDK is off.
     */
    public fun whatWeSend(): CompletableFuture<String> = driver.ask("") { it.whatWeSend() }

    /** Stops for good after what was said so far is handled. For tests. */
    internal fun stop(): Unit = driver.stop()

    private fun nextId(): ULong = ids.incrementAndGet().toULong()

    /** Starts the SDK. */
    public companion object {
        private var first: Amends? = null

        /**
         * Starts the SDK and returns at once: the library is loaded on the SDK's own thread, and what happens till then
         * waits. Further calls return the first one's and change nothing. Whatever goes wrong is one line in the log,
         * and the app goes on.
         *
         * ```
         * val amends = Amends.start {
         *     serviceName = "storefront"
         *     release = BuildConfig.VERSION_NAME
         *     endpoint = "https://canary.example.com"
         *     directory = File(context.filesDir, "amends")
         * }
         * ```
         */
        @JvmStatic
        public fun start(configure: AmendsSettings.() -> Unit): Amends = synchronized(this) {
            first ?: run(AmendsSettings().apply(configure).sharedDriver()).also { first = it }
        }

        /** With a device of its own, for tests and previews. */
        internal fun startAlone(configure: AmendsSettings.() -> Unit): Amends =
            run(AmendsSettings().apply(configure).ownDriver())

        private fun run(driver: Driver): Amends {
            driver.start()
            return Amends(driver)
        }
    }
}

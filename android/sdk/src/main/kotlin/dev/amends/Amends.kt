package dev.amends

import android.app.Application
import dev.amends.core.Event
import dev.amends.core.Hang
import dev.amends.core.OperationReport
import dev.amends.core.Playback
import dev.amends.core.Tap
import dev.amends.start.AndroidClock
import dev.amends.start.AndroidStart
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

    /**
     * The languages that the person reads, best first, as BCP 47 tags (`pt-BR`): when the app's language is changed while
     * it runs. At the start they come from [AmendsSettings.languages].
     */
    public fun languages(tags: List<String>): Unit = driver.send(Event.Languages(tags.toList()))

    /** Say nothing until [resume]: a call, a presentation, quiet hours. Failures are counted all the while. */
    public fun pause(): Unit = driver.send(Event.Pause)

    /** The quiet time is over. */
    public fun resume(): Unit = driver.send(Event.Resume)

    /** What this person does not want. Remembered over restarts, until it is said otherwise. */
    public fun optOut(of: OptOut): Unit = driver.send(Event.OptedOut(of))

    /**
     * A finger tapped an element; [target] is any number that stays the same while the element lives. [x] and [y] are
     * where on the screen, from its left and top, in whole dp: without them, quick taps all over a large element look
     * like taps on one spot.
     */
    @JvmOverloads
    public fun tapped(
        target: Long,
        role: Role,
        enabled: Boolean = true,
        fingers: Int = 1,
        x: Int = 0,
        y: Int = 0,
    ) {
        val count = fingers.coerceIn(1, UByte.MAX_VALUE.toInt()).toUByte()
        driver.send(Event.Tapped(Tap(target.toULong(), role, enabled, count, x, y)))
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

    /** Something was shown, and the app knows how good it is. A load says so by itself: [Load.succeeded], [Load.empty]. */
    public fun contentShown(content: Content): Unit = driver.send(Event.ContentShown(content))

    /** A video or sound plays: its first frame or sound is there. What comes before that is a load. */
    public fun playback(): Playing {
        val playback = nextId()
        driver.send(Event.PlaybackChanged(playback, Playback.STARTED))
        return Playing(playback, driver::send)
    }

    /**
     * A network request began. [operation] is what it asks for, without ids ("POST /orders"): by it the app's own retry
     * is known, and a failure that the retry mends is not spoken of. It stays on the device.
     */
    public fun request(operation: String? = null): Request {
        val request = nextId()
        driver.send(Event.RequestStarted(request, operation))
        return Request(request, driver::send)
    }

    /** An error that the person will feel. */
    public fun errorReported(): Unit = driver.send(Event.ErrorReported)

    /**
     * For hooks: the main thread did not answer for [blockedMs], and answers again. A watchdog thread measures it, and
     * says of the sleeps that it took meanwhile how long the longest should have been ([sleepAskedMs]) and was
     * ([sleepTookMs]): one that took much longer means that the whole process was suspended. Nothing is judged while a
     * [debugger] is attached.
     */
    @JvmOverloads
    public fun hung(blockedMs: Long, sleepAskedMs: Long = 0, sleepTookMs: Long = 0, debugger: Boolean = false) {
        val hang = Hang(blockedMs.atLeastZero(), sleepAskedMs.atLeastZero(), sleepTookMs.atLeastZero(), debugger)
        driver.send(Event.Hung(hang))
    }

    /**
     * How something is getting on that the person set going and waits for, beyond a load: an order, a transfer. [id] is
     * the app's name for it, the same each time, and [title] what the person calls it; both stay on the device. After
     * [expectedWithinMs] from now it is shown as delayed by itself. [faqUrl], `https` only, is where the questions about
     * it are answered. The list of all comes to [MessageRenderer.operations].
     */
    @JvmOverloads
    public fun operation(
        id: String,
        progress: OperationProgress,
        title: String? = null,
        expectedWithinMs: Long? = null,
        faqUrl: String? = null,
    ) {
        val report = OperationReport(id, title, progress, expectedWithinMs?.atLeastZero(), faqUrl)
        driver.send(Event.OperationReported(report))
    }

    /**
     * Says what the app wants said, from now on: texts, rules and known incidents, as JSON (docs/messages.md); `null`
     * goes back to the built-in texts. One that is not as it should be is a line in the log that says where and why, and
     * what was said before goes on being said. It is not kept over a restart: hand it in at each start.
     */
    public fun use(document: String?): Unit = driver.use(document)

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

    /** Where counts went last, so that it is not taken for a request of the app's. */
    internal val uploadUrl: String? get() = driver.uploadUrl

    /** Says this in the log, on the driver's thread. */
    internal fun say(line: String): Unit = driver.say(line)

    /** Stops for good after what was said so far is handled. For tests. */
    internal fun stop(): Unit = driver.stop()

    private fun nextId(): ULong = ids.incrementAndGet().toULong()

    /** Starts the SDK. */
    public companion object {
        @Volatile
        private var first: Amends? = null

        /** The one that was [started][start]; `null` before. For pieces of an app to which nobody hands it. */
        @JvmStatic
        public val started: Amends? get() = first

        /**
         * Starts the SDK and returns at once, best in `Application.onCreate`: what happens till its library is loaded, on
         * its own thread, waits. Further calls return the first one's and change nothing. In a process of the app that is
         * not its main one it does nothing; before the phone is unlocked for the first time it waits for that. Whatever
         * goes wrong is one line in the log, and the app goes on.
         *
         * ```
         * Amends.start(this) { endpoint = "https://canary.example.com" }
         * ```
         */
        @JvmStatic
        public fun start(application: Application, configure: AmendsSettings.() -> Unit): Amends = synchronized(this) {
            first ?: AndroidStart(application, AmendsSettings(AndroidClock).apply(configure)).start()
                .also { first = it }
        }

        /** On a plain JVM: no hooks, no banner. */
        internal fun start(configure: AmendsSettings.() -> Unit): Amends = synchronized(this) {
            first ?: run(AmendsSettings().apply(configure)) { sharedDriver() }.also { first = it }
        }

        /** With a device of its own, for tests and previews. */
        internal fun startAlone(configure: AmendsSettings.() -> Unit): Amends =
            run(AmendsSettings().apply(configure)) { ownDriver() }

        internal fun run(settings: AmendsSettings, makeDriver: AmendsSettings.() -> Driver): Amends {
            val driver = settings.makeDriver()
            val amends = Amends(driver).apply { languages(settings.languages) }
            driver.start()
            return amends
        }
    }
}

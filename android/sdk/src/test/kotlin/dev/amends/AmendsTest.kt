package dev.amends

import dev.amends.core.Event
import dev.amends.core.Hang
import dev.amends.core.LoadEnd
import dev.amends.core.OperationReport
import dev.amends.core.Playback
import dev.amends.core.RequestEnd
import dev.amends.core.Tap
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import java.io.File
import java.util.concurrent.CopyOnWriteArrayList

/** Each function says what it is named after. */
@Timeout(30)
class AmendsTest {
    private val device = FakeDevice()
    private val effects = Effects(NoScreen, HttpTransport(), JvmClock, platformLog)
    private val driver = Driver(JvmClock, platformLog) { Equipment(device, effects) }
    private val amends = Amends(driver)

    private fun says(vararg expected: Event, tell: Amends.() -> Unit) {
        amends.tell()
        assertEquals(expected.toList(), expected.map { device.next() })
    }

    @AfterEach
    fun stop() = amends.stop()

    @Test
    fun `the app, the person and where they are`() {
        driver.start()
        says(Event.Foreground) { foreground() }
        says(Event.NewSession) { newSession() }
        says(Event.Person("Jackie")) { person("Jackie") }
        says(Event.Person(null)) { person(null) }
        says(Event.Segment("vip")) { segment("vip") }
        says(Event.Screen("Search")) { screen("Search") }
        says(Event.Background) { background() }
    }

    @Test
    fun `what the person does and what comes of it`() {
        driver.start()
        says(Event.Tapped(Tap(7u, Role.BUTTON, true, 1u, 0, 0))) { tapped(7, Role.BUTTON) }
        says(Event.Tapped(Tap(ULong.MAX_VALUE, Role.LINK, false, 255u, 9, -9))) {
            tapped(-1, Role.LINK, enabled = false, fingers = 1_000, x = 9, y = -9)
        }
        says(Event.Submit(8u, SubmitVia.ENTER)) { submitted(8, SubmitVia.ENTER) }
        says(Event.Reacted(Reaction.DIALOG)) { reacted(Reaction.DIALOG) }
        says(Event.ErrorReported) { errorReported() }
    }

    @Test
    fun `what the person wants`() {
        driver.start()
        says(Event.Pause) { pause() }
        says(Event.Resume) { resume() }
        for (of in OptOut.entries) says(Event.OptedOut(of)) { optOut(of) }
        val tags = mutableListOf("he", "en-GB")
        says(Event.Languages(listOf("he", "en-GB"))) {
            languages(tags)
            tags.clear() // theirs, whenever it is read
        }
    }

    @Test
    fun `what is shown, and how well it plays`() {
        driver.start()
        for (content in Content.entries) says(Event.ContentShown(content)) { contentShown(content) }
        val changes = listOf("STARTED", "STALLED", "RESUMED", "SOUGHT", "PAUSED", "ENDED").map(Playback::valueOf)
        says(*changes.map { Event.PlaybackChanged(1u, it) }.toTypedArray(), Event.Foreground) {
            playback().run {
                stalled()
                resumed()
                sought()
                paused()
                ended()
                stalled()
                ended()
            }
            foreground()
        }
        says(Event.PlaybackChanged(2u, Playback.STARTED), Event.LoadStarted(3u, LoadKind.CONTENT, false, null)) {
            playback()
            loadStarted()
        }
    }

    @Test
    fun `a main thread that hung, and an operation that takes its time`() {
        driver.start()
        says(Event.Hung(Hang(3_000u, 500u, 510u, true))) { hung(3_000, 500, 510, debugger = true) }
        says(Event.Hung(Hang(0u, 0u, 0u, false))) { hung(-1) }
        val url = "https://shop.example.com/faq"
        says(Event.OperationReported(OperationReport("1", "Order 1", OperationProgress.SCHEDULED, 60_000u, url))) {
            operation("1", OperationProgress.SCHEDULED, "Order 1", expectedWithinMs = 60_000, faqUrl = url)
        }
        says(Event.OperationReported(OperationReport("1", null, OperationProgress.SENT, null, null))) {
            operation("1", OperationProgress.SENT)
        }
    }

    @Test
    fun `without a directory it is off, and says why`() {
        for (nowhere in listOf(null, File(""))) {
            val lines = CopyOnWriteArrayList<String>()
            val off = Amends.startAlone {
                serviceName = "shop"
                endpoint = "http://127.0.0.1:9"
                directory = nowhere
                log = Log { lines += it }
            }
            off.errorReported()
            off.stop()
            assertTrue(lines.single().endsWith("directory is not set"), lines.toString())
        }
    }

    @Test
    fun `a load and a request end once`() {
        driver.start()
        says(
            Event.LoadStarted(1u, LoadKind.CONTENT, false, "catalogue"),
            Event.LoadProgress(1u),
            Event.LoadEnded(1u, LoadEnd.SUCCEEDED),
            Event.RequestStarted(2u, null),
            Event.RequestEnded(2u, RequestEnd.Status(503u)),
            Event.Foreground,
        ) {
            val load = loadStarted(operation = "catalogue")
            load.progressShown()
            load.succeeded()
            load.progressShown()
            load.failed()
            val request = request()
            request.answered(503)
            request.timedOut()
            foreground()
        }
        says(
            Event.LoadStarted(3u, LoadKind.COLD_LAUNCH, true, null),
            Event.LoadEnded(3u, LoadEnd.CANCELLED),
        ) { loadStarted(kind = LoadKind.COLD_LAUNCH, progress = true).cancelled() }
        says(
            Event.LoadStarted(4u, LoadKind.CONTENT, false, null),
            Event.LoadEnded(4u, LoadEnd.EMPTY),
            Event.Background,
        ) {
            loadStarted().run {
                empty()
                succeeded()
            }
            background()
        }
        says(Event.RequestStarted(5u, null), Event.RequestEnded(5u, RequestEnd.TimedOut)) { request().timedOut() }
        says(Event.RequestStarted(6u, null), Event.RequestEnded(6u, RequestEnd.Unreachable)) { request().unreachable() }
        says(Event.RequestStarted(7u, null), Event.RequestEnded(7u, RequestEnd.Cancelled)) { request().cancelled() }
    }
}

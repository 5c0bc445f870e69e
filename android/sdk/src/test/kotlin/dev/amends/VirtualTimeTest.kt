package dev.amends

import dev.amends.core.Device
import dev.amends.core.Effect
import dev.amends.core.Event
import dev.amends.core.Now
import dev.amends.core.OpenException
import dev.amends.core.Step
import dev.amends.core.Tap
import dev.amends.core.TimedEvent
import dev.amends.core.retryAfterMs
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.File
import java.util.concurrent.LinkedBlockingQueue

/** The real engine through the FFI, in virtual time: time goes in with each step, so nothing here waits. */
class VirtualTimeTest {
    @TempDir
    lateinit var dir: File
    private lateinit var device: Device

    private fun now(ms: Long) = Now(ms.toULong(), 1_800_000_000_000u + ms.toULong())

    private fun step(ms: Long, vararg events: Event): Step =
        device.step(events.map { TimedEvent(ms.toULong(), it) }, now(ms))

    private fun Step.shown() = effects.filterIsInstance<Effect.Show>().map { it.message }

    private fun tap() = Event.Tapped(Tap(target = 7u, role = Role.BUTTON, enabled = true, fingers = 1u, x = 0, y = 0))

    @BeforeEach
    fun open() {
        val settings = AmendsSettings().apply {
            serviceName = "virtual"
            release = "1"
            endpoint = "http://127.0.0.1:9"
            directory = dir
            holdout = 0.0
            seed = 1u
        }
        device = Device.open(settings.given(), now(0))
        step(0, Event.Foreground, Event.Person("Jackie"), Event.Screen("Search"))
    }

    @AfterEach
    fun close() = device.close()

    @Test
    fun `a dead tap is told at exactly 3,000 ms, and the device asks to be called then`() {
        val tapped = step(1_000, tap())
        assertEquals(4_000uL, tapped.nextDeadlineMs)
        assertTrue(step(3_999).shown().isEmpty())

        val message = step(4_000).shown().single()

        assertEquals("dead_tap", message.kind)
        assertTrue(message.text.matches(Regex("Jackie, .+ Sorry about that, we are taking a look\\.")), message.text)
        step(4_010, Event.Shown(message.id))
        val decision = device.decisionsAfter(0u).single()
        assertEquals(listOf("dead_tap", "shown", "Search"), listOf(decision.kind, decision.outcome, decision.screen))
        assertEquals(4_010uL, decision.atMs)
        assertTrue("Jackie" !in device.whatWeSend())
    }

    @Test
    fun `a reaction in time is silence`() {
        step(1_000, tap())
        step(3_999, Event.Reacted(Reaction.FRAME))
        assertTrue(step(10_000).shown().isEmpty())
        assertTrue(device.decisionsAfter(0u).isEmpty())
    }

    @Test
    fun `events that waited are judged by the time at which they were seen`() {
        val late = device.step(listOf(TimedEvent(1_000u, tap()), TimedEvent(2_000u, reacted())), now(9_000))
        assertTrue(late.shown().isEmpty())
        val dead = device.step(listOf(TimedEvent(9_500u, tap())), now(12_500))
        assertEquals("dead_tap", dead.shown().single().kind)
    }

    @Test
    fun `another person is not told about it`() {
        step(1_000, tap())
        val message = step(4_000).shown().single()
        val changed = step(4_001, Event.Person("Alex"))
        assertEquals(listOf(Effect.Hide(message.id)), changed.effects.filterIsInstance<Effect.Hide>())
    }

    @Test
    fun `Retry-After is read in both forms`() {
        assertEquals(120_000uL, retryAfterMs("120", now(0)))
        assertEquals(7_000uL, retryAfterMs("Fri, 15 Jan 2027 08:00:07 GMT", now(0)))
        assertNull(retryAfterMs("soon", now(0)))
    }

    @Test
    fun `unusable settings are refused, each by its name`() {
        fun open(configure: AmendsSettings.() -> Unit) {
            val settings = AmendsSettings().apply { directory = dir.resolve("own") }
            settings.serviceName = "virtual"
            settings.endpoint = "https://canary.example.com"
            Device.open(settings.apply(configure).given(), now(0)).close()
        }
        open { }
        assertThrows(OpenException.ServiceName::class.java) { open { serviceName = " " } }
        assertThrows(OpenException.Endpoint::class.java) { open { endpoint = "canary.example.com" } }
        val file = dir.resolve("a file").apply { writeText("") }
        assertThrows(OpenException.Directory::class.java) { open { directory = file.resolve("below") } }
    }

    private fun reacted() = Event.Reacted(Reaction.NAVIGATION)

    @Test
    fun `after five starts that did not last it rests, says so, and the app goes on`() {
        val settings = AmendsSettings().apply {
            serviceName = "virtual"
            release = "1"
            endpoint = "http://127.0.0.1:9"
            directory = dir.resolve("crashing")
        }
        repeat(5) { Device.open(settings.given(), JvmClock.now()).close() }
        val lines = LinkedBlockingQueue<String>()
        settings.log = Log { lines += it }
        val driver = settings.ownDriver()
        driver.start()
        driver.stop()
        assertTrue(lines.single().startsWith("Amends is off for up to four hours"), lines.toString())
    }
}

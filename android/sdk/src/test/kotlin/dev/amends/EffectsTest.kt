package dev.amends

import dev.amends.core.Event
import dev.amends.core.UploadAnswer
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit

/** The host's renderer and transport: called rightly, and survived. */
class EffectsTest : DriverBench() {
    private val unreachable = Event.Uploaded(1u, UploadAnswer.Unreachable)

    private fun uploaded(status: Int) = Event.Uploaded(1u, UploadAnswer.Status(status.toUShort(), null))

    private fun FakeDevice.next(count: Int) = List(count) { next() }

    private class Screen(val hidden: (Long) -> Unit = {}, val show: (Message) -> Unit) : MessageRenderer {
        override fun show(message: Message) = show.invoke(message)

        override fun hide(id: Long) = hidden(id)
    }

    @Test
    fun `what becomes of a message is reported by its number`() {
        val device = FakeDevice { if (Event.Foreground in it) asking(show(7u)) else idle() }
        val shown = CompletableFuture<Message>()
        renderer = Screen { shown.complete(it) }
        drive(device).send(Event.Foreground)
        val message = shown.get(10, TimeUnit.SECONDS)
        assertEquals(listOf(7L, "dead_tap", "סליחה."), listOf(message.id, message.kind, message.text))
        assertEquals(4_000L to Long.MAX_VALUE, message.onScreenMs to message.onScreenWithScreenReaderMs)
        assertEquals(Purpose.MAKE_GOOD, message.purpose)
        assertEquals(listOf(Action(ActionKind.STATUS, "מצב", "https://status.example.com")), message.actions)
        assertEquals(listOf("סגירה", "he", true), listOf(message.dismiss, message.language, message.rightToLeft))
        message.shown()
        message.responded(Response.STATUS)
        val expected = listOf(Event.Foreground, Event.Shown(7u), Event.Responded(7u, Response.STATUS))
        assertEquals(expected, device.next(3))
    }

    @Test
    fun `effects are carried out in their order`() {
        val calls = mutableListOf<String>()
        renderer = Screen({ calls += "hide $it" }) { calls += "show ${it.id}" }
        transport = Transport { _, receipt ->
            calls += "upload"
            receipt.answered(200)
        }
        val effects = asking(show(7u), hide(7u), upload(1u), show(8u))
        val device = FakeDevice { if (Event.Foreground in it) effects else idle() }
        drive(device).send(Event.Foreground)
        assertEquals(listOf(Event.Foreground, uploaded(200)), device.next(2))
        assertEquals(listOf("show 7", "hide 7", "upload", "show 8"), calls)
    }

    @Test
    fun `an app without a renderer draws nothing and says so`() {
        val device = FakeDevice { if (Event.Foreground in it) asking(show(7u), hide(7u)) else idle() }
        drive(device).send(Event.Foreground)
        assertEquals(listOf(Event.Foreground, Event.NotShown(7u)), device.next(2))
    }

    @Test
    fun `a renderer that throws costs its message and nothing else`() {
        val device = FakeDevice { if (Event.Foreground in it) asking(show(7u), upload(1u)) else idle() }
        renderer = Screen { error("no window") }
        drive(device).send(Event.Foreground)
        assertEquals(listOf(Event.Foreground, Event.NotShown(7u), uploaded(200)), device.next(3))
        assertTrue("no window" in lines.single(), lines.toString())
    }

    @Test
    fun `an upload is answered exactly once, however often the transport says so`() {
        transport = Transport { batch, receipt ->
            assertEquals("b", batch.headers["A"])
            repeat(3) { receipt.answered(503) }
            receipt.unreachable()
            error("and it throws")
        }
        val device = FakeDevice { if (Event.Foreground in it) asking(upload(1u)) else idle() }
        drive(device).send(Event.Foreground)
        assertEquals(listOf(Event.Foreground, uploaded(503)), device.next(2))
        driver.send(Event.Background)
        assertEquals(Event.Background, device.next(), "no second answer")
    }

    @Test
    fun `a transport that throws at once, or answers nonsense, was not reachable`() {
        var times = 0
        transport = Transport { _, receipt -> if (times++ == 0) error("no network") else receipt.answered(-1) }
        val device = FakeDevice { events -> if (events.any { it !is Event.Uploaded }) asking(upload(1u)) else idle() }
        drive(device).send(Event.Foreground)
        assertEquals(listOf(Event.Foreground, unreachable), device.next(2))
        driver.send(Event.Background)
        assertEquals(listOf(Event.Background, unreachable), device.next(2))
    }
}

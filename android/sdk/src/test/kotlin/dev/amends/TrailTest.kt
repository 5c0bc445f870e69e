package dev.amends

import dev.amends.core.Event
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.util.concurrent.CopyOnWriteArrayList

/** What the app's crash reporter hears. */
class TrailTest : DriverBench() {
    private val crumbs = CopyOnWriteArrayList<Breadcrumb>()
    private val texts: List<String> get() = crumbs.map { it.text }
    private val asked = asking(show(7u), ask(8u))
    private val device = FakeDevice { if (Event.Foreground in it) asked else idle() }

    private fun decision(number: Int, screen: String? = "Search", atMs: Long = 400) =
        Decision(number.toULong(), atMs.toULong(), "dead_tap", screen, "shown", "said sorry")

    /** Says nothing by itself. */
    private val screen = object : MessageRenderer {
        override fun show(message: Message) = Unit

        override fun ask(question: Question) = Unit

        override fun hide(id: Long) = Unit
    }

    private fun drive(sink: BreadcrumbSink): Driver {
        val log = Log { lines += it }
        val effects = Effects(screen, transport, time, log)
        driver = Driver(time, log) { Equipment(device, effects, Trail(sink, log)) }
        driver.start()
        return driver
    }

    private fun send(vararg events: Event) {
        events.forEach(driver::send)
        events.forEach { assertEquals(it, device.next()) }
        settle()
    }

    @Test
    fun `each failure once, when it was decided, in parts and in words`() {
        var thread = ""
        drive {
            thread = Thread.currentThread().name
            crumbs += it
        }
        device.decisions += decision(1)
        send(Event.Background)
        device.decisions += decision(2, screen = null)
        send(Event.Background)
        assertEquals(listOf("dead_tap on Search", "dead_tap"), texts)
        val (first, second) = crumbs
        assertEquals(listOf("amends.failure", Breadcrumb.Level.WARNING), listOf(first.category, first.level))
        val data = mapOf("kind" to "dead_tap", "outcome" to "shown", "reason" to "said sorry")
        assertEquals(listOf(data + ("screen" to "Search"), data), listOf(first.data, second.data))
        assertEquals(time.unixMs - 600, first.unixMs, "the clock stands at 1,000")
        assertEquals("amends", thread)
    }

    @Test
    fun `messages and questions as they come and go, without their words`() {
        drive { crumbs += it }
        send(Event.Foreground)
        assertEquals(emptyList<String>(), texts, "nothing is drawn yet")
        send(
            Event.Shown(7u),
            Event.Shown(7u),
            Event.Responded(7u, Response.TELL_US),
            Event.Responded(7u, Response.TELL_US),
        )
        send(Event.Shown(8u), Event.Answered(8u, 1u), Event.Responded(8u, Response.DISMISSED))
        val expected = listOf(
            "said that dead_tap is over",
            "said that dead_tap is over: tell_us",
            "asked how it is going",
            "asked how it is going: answered",
        )
        assertEquals(expected, texts)
        val (_, gone, question) = crumbs
        assertEquals(listOf("amends.message", Breadcrumb.Level.INFO), listOf(gone.category, gone.level))
        assertEquals(mapOf("purpose" to "make_good", "kind" to "dead_tap", "response" to "tell_us"), gone.data)
        assertEquals(mapOf("purpose" to "question"), question.data)
        assertEquals(time.unixMs, gone.unixMs)
    }

    @Test
    fun `what was never drawn neither came nor went`() {
        drive { crumbs += it }
        send(Event.Foreground)
        send(Event.NotShown(7u), Event.Shown(7u), Event.Responded(8u, Response.EXPIRED), Event.Shown(99u))
        assertEquals(emptyList<String>(), texts)
    }

    @Test
    fun `a sink that throws is left alone, with one line`() {
        var calls = 0
        drive {
            calls++
            throw StackOverflowError("theirs")
        }
        device.decisions += decision(1)
        send(Event.Background)
        device.decisions += decision(2)
        send(Event.Background)
        assertEquals(1, calls)
        assertTrue("without breadcrumbs" in lines.single() && "theirs" in lines.single(), "$lines")
    }
}

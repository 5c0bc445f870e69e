package dev.amends

import dev.amends.core.Event
import dev.amends.core.Tap
import dev.amends.core.TimedEvent
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class EventQueueTest {
    private val queue = EventQueue()
    private var now = 0uL

    private fun put(event: Event, times: Int = 1) = repeat(times) { queue.put(TimedEvent(now++, event)) }

    private fun taken(): List<Event> = queue.takeAll().map { it.event }

    @Test
    fun `a flood of evidence costs evidence, oldest first, is said, and keeps every report`() {
        put(Event.Tapped(Tap(1u, Role.BUTTON, true, 1u)))
        put(Event.ErrorReported)
        put(Event.RequestStarted(1u))
        put(Event.LoadProgress(1u))
        put(Event.Reacted(Reaction.FRAME), EventQueue.MOST)

        val taken = queue.takeAll()

        assertEquals(EventQueue.MOST + 1, taken.size)
        assertEquals(TimedEvent(1u, Event.QueueDropped(4u)), taken[0], "as old as what comes next")
        assertEquals(Event.ErrorReported, taken[1].event)
        assertTrue(taken.drop(2).all { it.event is Event.Reacted })
        assertTrue(queue.isEmpty)
    }

    @Test
    fun `a loss is said once`() {
        put(Event.Reacted(Reaction.FRAME), EventQueue.MOST + 1)
        taken()
        put(Event.ErrorReported)
        assertEquals(listOf(Event.ErrorReported), taken())
    }

    @Test
    fun `evidence never pushes out reports`() {
        put(Event.ErrorReported, EventQueue.MOST)
        put(Event.Reacted(Reaction.FRAME), 3)
        assertEquals(listOf(Event.QueueDropped(3u)) + List(EventQueue.MOST) { Event.ErrorReported }, taken())
    }

    @Test
    fun `answers to effects outlive a flood of reports`() {
        put(Event.Screen("first"))
        put(Event.Shown(7u))
        put(Event.ErrorReported, 2 * EventQueue.MOST)
        val taken = taken()
        assertEquals(EventQueue.MOST + 1, taken.size, "bounded whatever comes")
        assertEquals(Event.Shown(7u), taken[1])
    }

    @Test
    fun `order is kept`() {
        put(Event.Foreground)
        put(Event.Screen("A"))
        put(Event.Background)
        assertEquals(listOf(Event.Foreground, Event.Screen("A"), Event.Background), taken())
        assertEquals(emptyList<Event>(), taken())
    }
}

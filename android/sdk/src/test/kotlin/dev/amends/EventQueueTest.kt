package dev.amends

import dev.amends.core.Event
import dev.amends.core.Playback
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
        put(Event.Tapped(Tap(1u, Role.BUTTON, true, 1u, 0, 0)))
        put(Event.ErrorReported)
        put(Event.RequestStarted(1u, null))
        put(Event.LoadProgress(1u))
        put(Event.PlaybackChanged(1u, Playback.SOUGHT))
        put(Event.ContentShown(Content.GOOD))
        put(Event.Reacted(Reaction.FRAME), MOST_WAITING)

        val taken = queue.takeAll()

        assertEquals(MOST_WAITING + 1, taken.size)
        assertEquals(TimedEvent(1u, Event.QueueDropped(6u)), taken[0], "as old as what comes next")
        assertEquals(Event.ErrorReported, taken[1].event)
        assertTrue(taken.drop(2).all { it.event is Event.Reacted })
        assertTrue(queue.isEmpty)
    }

    @Test
    fun `a loss is said once`() {
        put(Event.Reacted(Reaction.FRAME), MOST_WAITING + 1)
        taken()
        put(Event.ErrorReported)
        assertEquals(listOf(Event.ErrorReported), taken())
    }

    @Test
    fun `evidence never pushes out reports`() {
        put(Event.ErrorReported, MOST_WAITING)
        put(Event.Reacted(Reaction.FRAME), 3)
        assertEquals(listOf(Event.QueueDropped(3u)) + List(MOST_WAITING) { Event.ErrorReported }, taken())
    }

    @Test
    fun `answers to effects outlive a flood of reports`() {
        put(Event.Screen("first"))
        put(Event.Shown(7u))
        put(Event.ErrorReported, 2 * MOST_WAITING)
        put(Event.Answered(8u, 5u))
        put(Event.ErrorReported, MOST_WAITING)
        val taken = taken()
        assertEquals(MOST_WAITING + 1, taken.size, "bounded whatever comes")
        assertEquals(listOf(Event.Shown(7u), Event.Answered(8u, 5u)), taken.filterNot { it.isReport() })
    }

    @Test
    fun `who is there and what they want outlives a flood of whatever else`() {
        val wishes = listOf(
            Event.Languages(listOf("he")),
            Event.Person(null),
            Event.OptedOut(OptOut.EVERYTHING),
            Event.Pause,
            Event.Background,
        )
        wishes.forEach { put(it) }
        put(Event.ContentShown(Content.POOR), MOST_WAITING)
        put(Event.Reacted(Reaction.FRAME), MOST_WAITING)
        put(Event.Shown(7u), 2 * MOST_WAITING)
        val taken = taken()
        assertEquals(MOST_WAITING + 1, taken.size, "bounded whatever comes")
        assertEquals(wishes, taken.drop(1).filter { it != Event.Shown(7u) })
    }

    @Test
    fun `of many words on one thing the last stays, and where it stood`() {
        put(Event.OptedOut(OptOut.NOTHING))
        put(Event.Person("first"))
        put(Event.OptedOut(OptOut.MESSAGES))
        repeat(MOST_WAITING) {
            put(Event.Pause)
            put(Event.Resume)
        }
        val taken = taken()
        assertEquals(MOST_WAITING + 1, taken.size)
        assertEquals(listOf(Event.Person("first"), Event.OptedOut(OptOut.MESSAGES)), taken.subList(1, 3))
        assertEquals(Event.Resume, taken.last())
    }

    @Test
    fun `a report is not worth an answer`() {
        put(Event.Shown(7u), MOST_WAITING)
        put(Event.ErrorReported)
        assertEquals(listOf(Event.QueueDropped(1u)) + List(MOST_WAITING) { Event.Shown(7u) }, taken())
    }

    @Test
    fun `order is kept`() {
        put(Event.Foreground)
        put(Event.Screen("A"))
        put(Event.Background)
        assertEquals(listOf(Event.Foreground, Event.Screen("A"), Event.Background), taken())
        assertEquals(emptyList<Event>(), taken())
    }

    private fun Event.isReport() = this is Event.ErrorReported || this is Event.Screen || this is Event.QueueDropped
}

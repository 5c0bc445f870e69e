package dev.amends

import dev.amends.core.Event
import dev.amends.core.TimedEvent

/**
 * What waits to be stepped, at most [MOST] events. When full, the oldest evidence goes: the engine then judges nothing
 * of that time, and a report is never lost to a flood of taps and frames. What was dropped is counted and said.
 */
internal class EventQueue {
    private val waiting = ArrayDeque<TimedEvent>()
    private var dropped = 0u

    val isEmpty: Boolean get() = waiting.isEmpty()

    fun put(timed: TimedEvent) {
        if (waiting.size >= MOST && !makeRoom(timed.event)) return
        waiting.addLast(timed)
    }

    /** Everything that waits, oldest first, and before it how much is missing. */
    fun takeAll(): List<TimedEvent> {
        val first = waiting.firstOrNull() ?: return emptyList()
        val all = ArrayList<TimedEvent>(waiting.size + 1)
        if (dropped > 0u) all += TimedEvent(first.atMs, Event.QueueDropped(dropped))
        dropped = 0u
        all += waiting
        waiting.clear()
        return all
    }

    fun clear(): Unit = waiting.clear()

    /** Drops one event. Says whether there is room now; if not, the new one is what was dropped. */
    private fun makeRoom(coming: Event): Boolean {
        dropped++
        val oldest = waiting.indexOfFirst { it.event.isEvidence }
        if (oldest >= 0) {
            waiting.removeAt(oldest)
            return true
        }
        if (coming.isEvidence) return false
        // Nothing but reports: an app that calls in a loop. The answers to effects still outlive it.
        waiting.removeAt(waiting.indexOfFirst { !it.event.isAnswer }.coerceAtLeast(0))
        return true
    }

    companion object {
        const val MOST: Int = 1_024
    }
}

/** Whether losing it loses only evidence. */
private val Event.isEvidence: Boolean
    get() = this is Event.Tapped || this is Event.Reacted || this is Event.RequestStarted || this is Event.LoadProgress

/** Whether the device waits for it. */
private val Event.isAnswer: Boolean
    get() = this is Event.Shown || this is Event.NotShown || this is Event.Responded || this is Event.Uploaded

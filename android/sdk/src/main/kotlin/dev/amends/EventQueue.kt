package dev.amends

import dev.amends.core.Event
import dev.amends.core.TimedEvent

/**
 * What waits to be stepped, at most [MOST_WAITING] events. When full, the oldest evidence goes: the engine then judges nothing
 * of that time, and a report is never lost to a flood of taps and frames. What was dropped is counted and said.
 */
internal class EventQueue {
    private val waiting = ArrayList<TimedEvent>()
    private var dropped = 0u

    val isEmpty: Boolean get() = waiting.isEmpty()

    fun put(timed: TimedEvent) {
        if (waiting.size >= MOST_WAITING && !makeRoom(timed.event)) return
        waiting.add(timed)
    }

    /** Before all that waits. There is always room for it. */
    fun putFirst(timed: TimedEvent): Unit = waiting.add(0, timed)

    /** Everything that waits, oldest first, and before it how much is missing. */
    fun takeAll(): List<TimedEvent> {
        val first = waiting.firstOrNull() ?: return emptyList()
        val all = ArrayList<TimedEvent>(waiting.size + 1)
        if (dropped > 0u) all += TimedEvent(first.atMs, Event.QueueDropped(dropped))
        dropped = 0u
        all.addAll(waiting)
        waiting.clear()
        return all
    }

    fun clear(): Unit = waiting.clear()

    /** Drops one event. Says whether there is room now; if not, the new one is what was dropped. */
    private fun makeRoom(coming: Event): Boolean {
        dropped++
        val comingWorth = coming.worth
        for (worth in Worth.entries) {
            val oldest = when (worth) {
                Worth.STANDING -> oldestSuperseded(coming)
                else -> waiting.indexOfFirst { it.event.worth == worth }
            }
            if (oldest >= 0) {
                waiting.removeAt(oldest)
                return true
            }
            if (worth == comingWorth && worth < Worth.STANDING) return false
        }
        return false
    }

    /** The oldest word on something on which a later one waits or comes. */
    private fun oldestSuperseded(coming: Event): Int {
        val settled = mutableSetOf<Standing>()
        coming.standing?.let(settled::add)
        var oldest = -1
        for (at in waiting.indices.reversed()) {
            val standing = waiting[at].event.standing ?: continue
            if (!settled.add(standing)) oldest = at
        }
        return oldest
    }
}

internal const val MOST_WAITING: Int = 1_024

/** What may go when there is no room, the least first. The last word on something [STANDING] always stays. */
private enum class Worth {
    /** Losing it loses only evidence: after a loss the engine judges no tap and no playback anyway. */
    EVIDENCE,

    /** Something happened. Nothing but these: an app that calls in a loop. */
    REPORT,

    /** It holds until it is said anew: a lost sign-out or opt-out would be worse than any lost count. */
    STANDING,

    /** The device waits for it. */
    ANSWER,
}

/** What an event settles until it is said anew. */
private enum class Standing { IN_FRONT, PERSON, SEGMENT, LANGUAGES, PAUSE, OPT_OUT }

private val Event.worth: Worth
    get() = when {
        isEvidence -> Worth.EVIDENCE
        isAnswer -> Worth.ANSWER
        standing != null -> Worth.STANDING
        else -> Worth.REPORT
    }

/** Good content is a denominator, no failure: a list full of pictures says it at each. */
private val Event.isEvidence: Boolean
    get() = this is Event.Tapped || this is Event.Reacted || this is Event.RequestStarted ||
        this is Event.LoadProgress || this is Event.PlaybackChanged ||
        (this is Event.ContentShown && content == Content.GOOD)

private val Event.isAnswer: Boolean
    get() = this is Event.Shown || this is Event.NotShown || this is Event.Responded || this is Event.Answered ||
        this is Event.Uploaded

private val Event.standing: Standing?
    get() = when (this) {
        is Event.Foreground, is Event.Background -> Standing.IN_FRONT
        is Event.Person -> Standing.PERSON
        is Event.Segment -> Standing.SEGMENT
        is Event.Languages -> Standing.LANGUAGES
        is Event.Pause, is Event.Resume -> Standing.PAUSE
        is Event.OptedOut -> Standing.OPT_OUT
        else -> null
    }

package dev.amends.hooks

import dev.amends.core.Event

/** Where the hooks say what they saw. Any thread; returns at once. */
internal interface Sink {
    /** Whether anybody listens; if not nothing needs to be looked at. */
    val isOn: Boolean

    /** Just now. */
    fun send(event: Event)

    /** As [send], and nobody has to hear of it before [flush] or the next thing that is sent. */
    fun sendLater(event: Event)

    /** What was sent is to be heard now. */
    fun flush()

    /** At this moment, in milliseconds of `SystemClock.elapsedRealtime`. */
    fun sendAt(elapsedMs: Long, event: Event)
}

package dev.amends.hooks

import dev.amends.core.Event

/** Where the hooks say what they saw. Any thread; returns at once. */
internal interface Sink {
    /** Whether anybody listens; if not nothing needs to be looked at. */
    val isOn: Boolean

    /** Just now. */
    fun send(event: Event)

    /** At this moment, in milliseconds of `SystemClock.elapsedRealtime`. */
    fun sendAt(elapsedMs: Long, event: Event)
}

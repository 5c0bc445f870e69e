package dev.amends

import dev.amends.core.Event
import dev.amends.core.Playback
import java.util.concurrent.atomic.AtomicBoolean

/**
 * A video or sound that plays, from [Amends.playback]. Its first end counts, and nothing after it; each call returns at
 * once, on any thread.
 */
public class Playing internal constructor(private val playback: ULong, private val send: (Event) -> Unit) {
    private val ended = AtomicBoolean()

    /** It stands still for want of data. */
    public fun stalled(): Unit = changed(Playback.STALLED)

    /** It goes on, after whatever held it up. */
    public fun resumed(): Unit = changed(Playback.RESUMED)

    /** The person jumped to another place: the wait that follows is theirs. */
    public fun sought(): Unit = changed(Playback.SOUGHT)

    /** The person or the app paused it. */
    public fun paused(): Unit = changed(Playback.PAUSED)

    /** It is over, or was closed. */
    public fun ended() {
        if (ended.compareAndSet(false, true)) send(Event.PlaybackChanged(playback, Playback.ENDED))
    }

    private fun changed(how: Playback) {
        if (!ended.get()) send(Event.PlaybackChanged(playback, how))
    }
}

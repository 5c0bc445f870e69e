package dev.amends

import dev.amends.core.Event
import dev.amends.core.LoadEnd
import dev.amends.core.RequestEnd
import java.util.concurrent.atomic.AtomicBoolean

/** A running load, from [Amends.loadStarted]. Its first end counts; each call returns at once, on any thread. */
public class Load internal constructor(private val load: ULong, private val send: (Event) -> Unit) {
    private val ended = AtomicBoolean()

    /** It began to show progress: people wait longer then. */
    public fun progressShown() {
        if (!ended.get()) send(Event.LoadProgress(load))
    }

    /** What was waited for is there. */
    public fun succeeded(): Unit = end(LoadEnd.SUCCEEDED)

    /**
     * It is there, but with nothing in it where the person expects something: a search without results. A list that is
     * rightly empty (no orders yet) has [succeeded].
     */
    public fun empty(): Unit = end(LoadEnd.EMPTY)

    /** It will not come. */
    public fun failed(): Unit = end(LoadEnd.FAILED)

    /** The person left, or the app gave it up on purpose. */
    public fun cancelled(): Unit = end(LoadEnd.CANCELLED)

    private fun end(end: LoadEnd) {
        if (ended.compareAndSet(false, true)) send(Event.LoadEnded(load, end))
    }
}

/** A running network request, from [Amends.request]. Its first end counts; each call returns at once, on any thread. */
public class Request internal constructor(private val request: ULong, private val send: (Event) -> Unit) {
    private val ended = AtomicBoolean()

    /** The server answered with this HTTP status; 5xx is a failure. */
    public fun answered(status: Int): Unit =
        end(RequestEnd.Status(status.coerceIn(0, UShort.MAX_VALUE.toInt()).toUShort()))

    /** No answer in time. */
    public fun timedOut(): Unit = end(RequestEnd.TimedOut)

    /** No connection, or it broke. */
    public fun unreachable(): Unit = end(RequestEnd.Unreachable)

    /** The app cancelled it. */
    public fun cancelled(): Unit = end(RequestEnd.Cancelled)

    private fun end(end: RequestEnd) {
        if (ended.compareAndSet(false, true)) send(Event.RequestEnded(request, end))
    }
}

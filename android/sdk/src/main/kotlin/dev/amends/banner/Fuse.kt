package dev.amends.banner

import dev.amends.Guard
import dev.amends.Log
import dev.amends.quietly

/** The banner's [Guard]: the first throw blows it, and nothing is drawn any more. */
internal class Fuse(private val log: Log) {
    /** Clears away what is on screen, a moment later: a window may be in the middle of laying it out. */
    var onBlown: () -> Unit = {}

    private val guard = Guard("drawing messages", log) { onBlown() }

    /** Nothing is drawn any more. */
    val isBlown: Boolean get() = !guard.isOn

    /** Does it, if nothing went wrong so far. */
    fun guarded(work: () -> Unit): Unit = guard.run(work)

    /** The app's own code: what it throws costs that one call. Errors as well: what `TODO()` throws is one. */
    fun app(what: String, work: () -> Unit): Unit = try {
        work()
    } catch (failure: Throwable) {
        say("The app's $what threw; Amends goes on. $failure")
    }

    fun say(line: String): Unit = log.quietly(line)
}

package dev.amends.banner

import dev.amends.Log
import dev.amends.quietly

/**
 * Goes around all that runs inside the app's own callbacks. The first throw blows it: one line in the log, and nothing is
 * drawn any more. The app goes on.
 */
internal class Fuse(private val log: Log) {
    /** Nothing is drawn any more. */
    var isBlown = false
        private set

    /** Clears away what is on screen, a moment later: a window may be in the middle of laying it out. */
    var onBlown: () -> Unit = {}

    /** Does it, if nothing went wrong so far. */
    fun guarded(work: () -> Unit) {
        if (isBlown) return
        try {
            work()
        } catch (failure: Throwable) {
            blow(failure)
        }
    }

    /** The app's own code: what it throws costs that one call. */
    fun app(what: String, work: () -> Unit): Unit = try {
        work()
    } catch (failure: Exception) {
        say("The app's $what threw; Amends goes on. $failure")
    }

    fun say(line: String): Unit = log.quietly(line)

    private fun blow(failure: Throwable) {
        if (isBlown) return
        isBlown = true
        say("Messages cannot be drawn any more; the app goes on. $failure")
        try {
            onBlown()
        } catch (_: Throwable) {
            // It was said above.
        }
    }
}

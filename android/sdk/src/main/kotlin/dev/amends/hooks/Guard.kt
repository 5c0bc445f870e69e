package dev.amends.hooks

import dev.amends.Log

/**
 * Keeps what our own code throws away from the app that called it: the piece that threw is off from then on, and one line
 * in the log says so. Each piece of the hooks has its own.
 */
internal class Guard(private val what: String, private val log: Log) {
    /** Whether this piece still works. */
    @Volatile
    var isOn: Boolean = true
        private set

    inline fun run(piece: () -> Unit) {
        if (!isOn) return
        try {
            piece()
        } catch (failure: Exception) {
            switchOff(failure)
        } catch (failure: LinkageError) {
            switchOff(failure)
        }
    }

    fun switchOff(failure: Throwable) {
        isOn = false
        log.warn("Amends does without $what from now on; the app goes on. $failure")
    }
}

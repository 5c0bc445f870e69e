package dev.amends

/**
 * Keeps what our own code throws away from the app that called it: the piece that threw is off from then on, and one line
 * in the log says so. Each piece has its own, so that each fails alone.
 *
 * Errors as well: a thread that cannot be made is an `OutOfMemoryError`, and no reason to end the app.
 */
internal class Guard(private val what: String, private val log: Log, private val onOff: () -> Unit = {}) {
    /** Whether this piece still works. */
    @Volatile
    var isOn: Boolean = true
        private set

    inline fun run(piece: () -> Unit) {
        if (!isOn) return
        try {
            piece()
        } catch (failure: Throwable) {
            switchOff(failure)
        }
    }

    fun switchOff(failure: Throwable) {
        if (!isOn) return
        isOn = false
        log.quietly("Amends does without $what from now on; the app goes on. $failure")
        try {
            onOff()
        } catch (_: Throwable) {
            // It was said above.
        }
    }
}

package dev.amends

import java.util.logging.Logger

/** Where the SDK says what the app's developer should know: at most a line or two a process. */
public fun interface Log {
    /** Takes one line, on the driver's thread. It never holds anything about the person. */
    public fun warn(line: String)
}

/** Goes to logcat on Android and to standard error on the JVM. */
internal val platformLog: Log = Log { line -> Logger.getLogger("amends").warning(line) }

/** The host's log is the host's: what it throws is no matter. */
internal fun Log.quietly(line: String) {
    try {
        warn(line)
    } catch (_: Throwable) {
        // Where would it be said?
    }
}

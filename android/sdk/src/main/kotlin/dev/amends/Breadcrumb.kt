package dev.amends

/**
 * What the SDK did just before something else went wrong, for a crash reporter: a failure was noticed, a message came or
 * went. It never holds the person's name, what was said to them, or what a request or load is called.
 */
public class Breadcrumb internal constructor(
    /** [FAILURE] or [MESSAGE]. */
    public val category: String,
    /** What happened, in English: "dead_tap on Checkout", "said sorry for dead_tap". */
    public val text: String,
    /** How bad it is. */
    public val level: Level,
    /**
     * The same in parts. Of a failure `kind`, `screen` if there is one, `outcome` and `reason` as in a [Decision]; of a
     * message `purpose` (`apology`, `make_good` or `question`), the `kind` it is about, and once it ended `response`.
     */
    public val data: Map<String, String>,
    /** When, in milliseconds since 1970 UTC, as the device believes. */
    public val unixMs: Long,
) {
    override fun toString(): String = "$category: $text $data"

    /** How bad it is. */
    public enum class Level {
        /** Nothing went wrong. */
        INFO,

        /** Something did. */
        WARNING,
    }

    /** The categories. */
    public companion object {
        /** A failure was noticed, and what becomes of it is known. */
        public const val FAILURE: String = "amends.failure"

        /** A message or question was drawn, or left the screen. */
        public const val MESSAGE: String = "amends.message"
    }
}

/** Takes breadcrumbs, for the app's crash reporter: see docs/crash-reporters.md. */
public fun interface BreadcrumbSink {
    /**
     * Takes one, on the driver's thread: hand it over and return. A sink that throws gets no further ones, with one line
     * in the log.
     */
    public fun add(breadcrumb: Breadcrumb)
}

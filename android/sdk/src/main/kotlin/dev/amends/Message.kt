package dev.amends

import dev.amends.core.Event

/**
 * A message for the person, to be drawn now. Say what became of it: [shown] or [notShown] once, and [responded] when a
 * drawn one leaves the screen. Only what is reported as shown counts as an apology. All three return at once and may be
 * called on any thread.
 */
public class Message internal constructor(message: dev.amends.core.Message, private val report: (Event) -> Unit) {
    private val number = message.id

    /** Its number, by which [MessageRenderer.hide] names it; no [Question] has the same. */
    public val id: Long = number.toLong()

    /** What it is for: to say sorry, or that it works again. */
    public val purpose: Purpose = message.purpose

    /** What it is about: `slow_load`, `dead_tap`, … */
    public val kind: String = message.kind

    /** The whole text. */
    public val text: String = message.text

    /**
     * What the person can do about it, at most three, as buttons. The app carries out what is tapped, and reports the
     * [Response] of the same name.
     */
    public val actions: List<Action> = message.actions

    /** The label of the button that takes it away, for screen readers. */
    public val dismiss: String = message.dismiss

    /** The language of all its texts, a BCP 47 tag. */
    public val language: String = message.language

    /** Whether that language is written from right to left. */
    public val rightToLeft: Boolean = message.rightToLeft

    /** How long it stays at least. */
    public val onScreenMs: Long = message.onScreenMs.orForever()

    /** How long it stays at least while a screen reader is on. */
    public val onScreenWithScreenReaderMs: Long = message.onScreenWithScreenReaderMs.orForever()

    /** It was really drawn: the person can read it. */
    public fun shown(): Unit = report(Event.Shown(number))

    /** It could not or must not be drawn: no window, app lock, hidden before it was drawn. */
    public fun notShown(): Unit = report(Event.NotShown(number))

    /** The person answered it, or it left by itself. */
    public fun responded(how: Response): Unit = report(Event.Responded(number, how))
}

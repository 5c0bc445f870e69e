package dev.amends

import dev.amends.core.Event

/**
 * A message for the person, to be drawn now. Say what became of it: [shown] or [notShown] once, and [responded] when a
 * drawn one leaves the screen. Only what is reported as shown counts as an apology. All three return at once and may be
 * called on any thread.
 */
public class Message internal constructor(message: dev.amends.core.Message, private val report: (Event) -> Unit) {
    private val number = message.id

    /** Its number, by which [MessageRenderer.hide] names it. */
    public val id: Long = number.toLong()

    /** What it is about: `slow_load`, `dead_tap`, … */
    public val kind: String = message.kind

    /** The whole text. */
    public val text: String = message.text

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

/**
 * Draws messages. Called on the driver's thread, one call at a time: hand over to the main thread and return.
 * An exception costs that message and nothing else.
 */
public interface MessageRenderer {
    /** Draw this message now, then report on it. Without a report within 5 s it is given up and hidden. */
    public fun show(message: Message)

    /**
     * Take away the message with this id. If it was not drawn yet, do not draw it, and report [Message.notShown].
     * One that left already is no matter.
     */
    public fun hide(id: Long)
}

/** For an app that draws nothing: failures are counted, in silence. */
internal object NoScreen : MessageRenderer {
    override fun show(message: Message): Unit = message.notShown()

    override fun hide(id: Long): Unit = Unit
}

package dev.amends

import dev.amends.core.Event
import java.util.concurrent.atomic.AtomicBoolean

/**
 * A question with one tap for an answer, to be asked now. Say what became of it: [shown] or [notShown] once, then
 * [answered], [dismissed] or [expired]. All return at once and may be called on any thread.
 */
public class Question internal constructor(
    question: dev.amends.core.Question,
    private val report: (Event) -> Unit,
    private val refuse: (line: String) -> Unit,
) {
    private val number = question.id
    private val refused = AtomicBoolean()

    /** Its number, by which [MessageRenderer.hide] names it; no [Message] has the same. */
    public val id: Long = number.toLong()

    /** The question. */
    public val text: String = question.text

    /** The answers in words, from the worst (1) to the best (5): labels for screen readers, or to be drawn. */
    public val answers: List<String> = question.answers

    /** The label of the button that takes it away, for screen readers. */
    public val dismiss: String = question.dismiss

    /** The language of all its texts, a BCP 47 tag. */
    public val language: String = question.language

    /** Whether that language is written from right to left. */
    public val rightToLeft: Boolean = question.rightToLeft

    /** How long it stays at least. */
    public val onScreenMs: Long = question.onScreenMs.orForever()

    /** How long it stays at least while a screen reader is on. */
    public val onScreenWithScreenReaderMs: Long = question.onScreenWithScreenReaderMs.orForever()

    /** It was really drawn: the person can answer it. */
    public fun shown(): Unit = report(Event.Shown(number))

    /** It could not or must not be drawn: no window, app lock, hidden before it was drawn. */
    public fun notShown(): Unit = report(Event.NotShown(number))

    /** The person answered, from 1 (worst) to 5 (best). Anything else is not counted, and a line in the log says so. */
    public fun answered(answer: Int) {
        if (answer in 1..MOST) {
            report(Event.Answered(number, answer.toUByte()))
        } else if (refused.compareAndSet(false, true)) {
            refuse("An answer is a number from 1 to $MOST; $answer is not counted")
        }
    }

    /** The person swiped or tapped it away. */
    public fun dismissed(): Unit = responded(Response.DISMISSED)

    /** Its time was over. */
    public fun expired(): Unit = responded(Response.EXPIRED)

    /** It left the screen without an answer. */
    public fun responded(how: Response): Unit = report(Event.Responded(number, how))

    private companion object {
        const val MOST = 5
    }
}

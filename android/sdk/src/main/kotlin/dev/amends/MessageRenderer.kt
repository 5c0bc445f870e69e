package dev.amends

/**
 * Draws messages, and where it can, questions and the status of operations. Called on the driver's thread, one call at
 * a time: hand over to the main thread and return. An exception costs that one call and nothing else.
 */
public interface MessageRenderer {
    /** Draw this message now, then report on it. Without a report within 5 s it is given up and hidden. */
    public fun show(message: Message)

    /**
     * Take away the message or question with this id. If it was not drawn yet, do not draw it, and report
     * [Message.notShown] or [Question.notShown]. One that left already is no matter.
     */
    public fun hide(id: Long)

    /**
     * Ask this now, then report on it as on a message. A renderer that does not ask leaves this as it is: nobody is
     * asked, and nothing is counted.
     */
    public fun ask(question: Question): Unit = question.notShown()

    /** What the person set going, for a status view: the whole list, latest first, each time something changed. */
    public fun operations(list: List<OperationStatus>): Unit = Unit
}

/** For an app that draws nothing: failures are counted, in silence. */
internal object NoScreen : MessageRenderer {
    override fun show(message: Message): Unit = message.notShown()

    override fun hide(id: Long): Unit = Unit
}

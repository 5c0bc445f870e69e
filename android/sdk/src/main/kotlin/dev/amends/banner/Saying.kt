package dev.amends.banner

import android.app.Activity
import dev.amends.Action
import dev.amends.ActionKind
import dev.amends.Message
import dev.amends.Purpose
import dev.amends.Question
import dev.amends.Response
import java.util.Locale

/** A button under a text: what it says, what is reported when it is tapped, and what is done then. */
internal class Choice(val label: String, val report: () -> Unit, val act: (Activity) -> Unit = {})

/**
 * A message or a question on its way over the screen. However it goes, there is one report of whether it was drawn, and
 * if it was, one of how it ended. For the main thread.
 */
internal class Saying(
    val id: Long,
    val text: String,
    val dismiss: String,
    language: String,
    val rightToLeft: Boolean,
    val glyph: Glyph,
    val choices: List<Choice>,
    val stayMs: Long,
    val stayWithScreenReaderMs: Long,
    private val report: Report,
) {
    /** Where a [Saying] reports. */
    interface Report {
        fun shown()

        fun notShown()

        fun responded(how: Response)
    }

    val locale: Locale = Locale.forLanguageTag(language)

    /** It was drawn once. */
    var isShown = false
        private set
    private var isOver = false

    /** It was drawn. Says whether for the first time. */
    fun shown(): Boolean {
        if (isShown || isOver) return false
        isShown = true
        report.shown()
        return true
    }

    /** It left, or never came. */
    fun end(how: Response): Unit = finish { report.responded(how) }

    /** It left because this was tapped. */
    fun end(choice: Choice): Unit = finish(choice.report)

    private inline fun finish(answer: () -> Unit) {
        if (isOver) return
        isOver = true
        if (isShown) answer() else report.notShown()
    }
}

internal fun Message.toSaying(choices: List<Choice>): Saying = Saying(
    id = id,
    text = text,
    dismiss = dismiss,
    language = language,
    rightToLeft = rightToLeft,
    glyph = if (purpose == Purpose.MAKE_GOOD) Glyph.DONE else Glyph.SORRY,
    choices = choices,
    stayMs = onScreenMs,
    stayWithScreenReaderMs = onScreenWithScreenReaderMs,
    report = object : Saying.Report {
        override fun shown() = this@toSaying.shown()

        override fun notShown() = this@toSaying.notShown()

        override fun responded(how: Response) = this@toSaying.responded(how)
    },
)

internal fun Question.toSaying(): Saying = Saying(
    id = id,
    text = text,
    dismiss = dismiss,
    language = language,
    rightToLeft = rightToLeft,
    glyph = Glyph.ASK,
    choices = answers.mapIndexed { index, words -> Choice(words, { answered(index + 1) }) },
    stayMs = onScreenMs,
    stayWithScreenReaderMs = onScreenWithScreenReaderMs,
    report = object : Saying.Report {
        override fun shown() = this@toSaying.shown()

        override fun notShown() = this@toSaying.notShown()

        override fun responded(how: Response) = this@toSaying.responded(how)
    },
)

/** The calls to action that the app can carry out. */
internal fun Message.choices(options: BannerOptions, fuse: Fuse): List<Choice> = actions.mapNotNull { action ->
    when (action.kind) {
        ActionKind.RETRY -> {
            handled(action, Response.RETRY, options.onRetry, fuse)
        }

        ActionKind.SUPPORT -> {
            handled(action, Response.SUPPORT, options.onSupport, fuse)
        }

        ActionKind.TELL_US -> {
            handled(action, Response.TELL_US, options.onTellUs, fuse)
        }

        ActionKind.STATUS -> {
            val link = action.url?.let(::httpsLink) ?: return@mapNotNull null
            Choice(action.label, { responded(Response.STATUS) }) { it.open(link, fuse) }
        }
    }
}

private fun Message.handled(
    action: Action,
    response: Response,
    handler: (Activity.(Message) -> Unit)?,
    fuse: Fuse,
): Choice? {
    if (handler == null) return null
    return Choice(action.label, { responded(response) }) { activity ->
        fuse.app("handler of a call to action") { activity.handler(this) }
    }
}

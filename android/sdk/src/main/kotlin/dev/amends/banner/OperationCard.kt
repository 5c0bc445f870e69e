package dev.amends.banner

import android.content.Context
import android.graphics.drawable.GradientDrawable
import android.text.SpannableStringBuilder
import android.text.Spanned
import android.text.style.ForegroundColorSpan
import android.view.Gravity
import android.view.View
import android.widget.LinearLayout
import android.widget.TextView
import dev.amends.OperationProgress
import dev.amends.OperationStatus
import dev.amends.OperationStep

/** One operation in an [OperationStatusView]. It stays the same view while the operation goes on, so that what changes is announced. */
internal class OperationCard(
    private val context: Context,
    private val look: Look,
    private val times: Times,
    private val fuse: Fuse,
) {
    private val title = context.plainText(TITLE_SP, look.colours.text).apply { typeface = typeface.strong() }
    private val progress = context.plainText(TEXT_SP, look.colours.text).apply {
        typeface = typeface.strong()
        compoundDrawablePadding = look.px(GAP_DP)
        gravity = Gravity.CENTER_VERTICAL or Gravity.START
        accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE
    }
    private val expected = context.plainText(SMALL_SP, look.colours.quietText)
    private val steps = LinearLayout(context).apply { orientation = LinearLayout.VERTICAL }
    private val faq = LinearLayout(context).apply { visibility = View.GONE }
    private var shown: OperationStatus? = null

    val view: View = LinearLayout(context).apply {
        orientation = LinearLayout.VERTICAL
        background = GradientDrawable().apply {
            setColor(look.colours.background)
            setStroke(look.px(1), look.colours.hairline)
            cornerRadius = look.cornerRadius
        }
        val edge = look.px(EDGE_DP)
        setPadding(edge, edge, edge, edge)
        addView(title)
        addView(progress, below(TITLE_GAP_DP))
        addView(expected, below(2).apply { marginStart = look.px(SIGN_DP + GAP_DP) })
        addView(steps, below(STEPS_GAP_DP))
        addView(faq, below(TITLE_GAP_DP))
    }

    fun show(status: OperationStatus) {
        if (status == shown) return
        val before = shown
        shown = status
        title.show(status.title)
        if (before?.progressText != status.progressText) progress.text = status.progressText
        if (before?.progress != status.progress) progress.sign(status.progress)
        steps.removeAllViews()
        val last = status.steps.lastIndex
        status.steps.forEachIndexed { index, step -> steps.addView(stop(step, Rail.Stop(index == 0, index == last))) }
        if (before?.faqUrl != status.faqUrl || before?.faqText != status.faqText) link(status)
        tick()
    }

    /** Says anew how far off the end is. Says whether it has to be said again. */
    fun tick(): Boolean {
        val status = shown
        val at = status?.expectedByUnixMs?.takeIf { !status.progress.isOver() }
        expected.show(at?.let { "${times.fromNow(it)} · ${times.at(it)}" })
        return at != null
    }

    private fun TextView.show(words: String?) {
        if (words != null && text.toString() != words) text = words
        visibility = if (words.isNullOrEmpty()) View.GONE else View.VISIBLE
    }

    private fun TextView.sign(progress: OperationProgress) {
        val colour = progress.colour()
        setTextColor(colour)
        val sign = GlyphDrawable(progress.glyph(), look.px(SIGN_DP), colour, look.colours.disc(colour))
        setCompoundDrawablesRelativeWithIntrinsicBounds(sign, null, null, null)
    }

    /** A step: what was reached, and when, in one text for screen readers. */
    private fun stop(
        step: OperationStep,
        stop: Rail.Stop,
    ): View = context.plainText(SMALL_SP, look.colours.text).apply {
        val time = times.at(step.unixMs)
        val both = SpannableStringBuilder(step.progressText).append(" · ").append(time)
        val quiet = ForegroundColorSpan(look.colours.quietText)
        both.setSpan(quiet, step.progressText.length, both.length, Spanned.SPAN_EXCLUSIVE_EXCLUSIVE)
        text = both
        background = Rail(
            middle = look.px(SIGN_DP) / 2f,
            dot = look.px(DOT_DP) / 2f,
            line = look.px(LINE_DP).toFloat(),
            stop,
            colour = if (stop.isLast) step.progress.colour() else look.colours.outline,
            lineColour = look.colours.outline,
        )
        setPaddingRelative(look.px(SIGN_DP + GAP_DP), look.px(STEP_DP), 0, look.px(STEP_DP))
    }

    private fun OperationProgress.colour() = when (this) {
        OperationProgress.SCHEDULED, OperationProgress.PROCESSING -> look.colours.action
        OperationProgress.DELAYED -> look.colours.attention
        OperationProgress.SENT -> look.colours.good
        OperationProgress.FAILED -> look.colours.bad
    }

    private fun link(status: OperationStatus) {
        faq.removeAllViews()
        val link = status.faqUrl?.let(::httpsLink)
        faq.visibility = if (link == null) View.GONE else View.VISIBLE
        if (link == null) return
        faq.addView(context.pill(status.faqText, look) { fuse.guarded { context.open(link, fuse) } })
    }

    private fun below(dp: Int) = LinearLayout.LayoutParams(
        LinearLayout.LayoutParams.MATCH_PARENT,
        LinearLayout.LayoutParams.WRAP_CONTENT,
    ).apply { topMargin = look.px(dp) }

    private companion object {
        const val TITLE_SP = 16f
        const val TEXT_SP = 14f
        const val SMALL_SP = 14f
        const val EDGE_DP = 16
        const val TITLE_GAP_DP = 8
        const val STEPS_GAP_DP = 12
        const val STEP_DP = 4
        const val DOT_DP = 8
        const val LINE_DP = 2
        const val SIGN_DP = 24
        const val GAP_DP = 10

        fun OperationProgress.glyph() = when (this) {
            OperationProgress.SCHEDULED -> Glyph.CLOCK
            OperationProgress.PROCESSING -> Glyph.AT_WORK
            OperationProgress.DELAYED -> Glyph.SORRY
            OperationProgress.SENT -> Glyph.DONE
            OperationProgress.FAILED -> Glyph.CLOSE
        }

        fun OperationProgress.isOver() = this == OperationProgress.SENT || this == OperationProgress.FAILED
    }
}

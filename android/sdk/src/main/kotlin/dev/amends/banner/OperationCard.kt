package dev.amends.banner

import android.content.Context
import android.graphics.drawable.GradientDrawable
import android.text.SpannableStringBuilder
import android.text.Spanned
import android.text.style.ForegroundColorSpan
import android.view.View
import android.widget.LinearLayout
import android.widget.TextView
import dev.amends.OperationProgress
import dev.amends.OperationStatus

/** One operation in an [OperationStatusView]. It stays the same view while the operation goes on, so that what changes is announced. */
internal class OperationCard(
    private val context: Context,
    private val look: Look,
    private val times: Times,
    private val fuse: Fuse,
) {
    private val title = context.plainText(TITLE_SP, look.text).apply { typeface = typeface.strong() }
    private val progress = context.plainText(TEXT_SP, look.text).apply {
        typeface = typeface.strong()
        compoundDrawablePadding = look.px(GAP_DP)
        accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE
    }
    private val expected = context.plainText(SMALL_SP, look.quietText)
    private val steps = LinearLayout(context).apply { orientation = LinearLayout.VERTICAL }
    private val faq = LinearLayout(context)
    private var shown: OperationStatus? = null

    val view: View = LinearLayout(context).apply {
        orientation = LinearLayout.VERTICAL
        background = GradientDrawable().apply {
            setColor(look.background)
            setStroke(look.px(1), look.hairline)
            cornerRadius = look.cornerRadius
        }
        val edge = look.px(EDGE_DP)
        setPadding(edge, edge, edge, edge)
        addView(title)
        addView(progress, below(TITLE_GAP_DP))
        addView(expected, below(2).apply { marginStart = look.px(SIGN_DP + GAP_DP) })
        addView(steps, below(EDGE_DP))
        addView(faq, below(0))
    }

    fun show(status: OperationStatus) {
        if (status == shown) return
        val before = shown
        shown = status
        title.show(status.title)
        if (before?.progressText != status.progressText) progress.text = status.progressText
        if (before?.progress != status.progress) progress.sign(status.progress)
        steps.removeAllViews()
        for (step in status.steps) steps.addView(line(step.progressText, times.at(step.unixMs)), below(STEP_GAP_DP))
        if (before?.faqUrl != status.faqUrl || before?.faqText != status.faqText) link(status)
        tick()
    }

    /** Says anew how far off the end is. Says whether it has to be said again. */
    fun tick(): Boolean {
        val status = shown
        val at = status?.expectedByUnixMs?.takeIf { !status.progress.isOver() }
        expected.show(at?.let { "${times.at(it)} · ${times.fromNow(it)}" })
        return at != null
    }

    private fun TextView.show(words: String?) {
        if (words != null && text.toString() != words) text = words
        visibility = if (words.isNullOrEmpty()) View.GONE else View.VISIBLE
    }

    private fun TextView.sign(progress: OperationProgress) {
        val (glyph, colour) = when (progress) {
            OperationProgress.SCHEDULED -> Glyph.CLOCK to look.action
            OperationProgress.PROCESSING -> Glyph.AT_WORK to look.action
            OperationProgress.DELAYED -> Glyph.SORRY to look.attention
            OperationProgress.SENT -> Glyph.DONE to look.good
            OperationProgress.FAILED -> Glyph.CLOSE to look.bad
        }
        setTextColor(colour)
        val sign = GlyphDrawable(glyph, look.px(SIGN_DP), colour, look.tint(colour))
        setCompoundDrawablesRelativeWithIntrinsicBounds(sign, null, null, null)
    }

    /** A step: what was reached, and when, in one text for screen readers. */
    private fun line(words: String, time: String): View = context.plainText(SMALL_SP, look.text).apply {
        val both = SpannableStringBuilder(words).append(" · ").append(time)
        both.setSpan(ForegroundColorSpan(look.quietText), words.length, both.length, Spanned.SPAN_EXCLUSIVE_EXCLUSIVE)
        text = both
    }

    private fun link(status: OperationStatus) {
        faq.removeAllViews()
        val link = status.faqUrl?.let(::httpsLink) ?: return
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
        const val STEP_GAP_DP = 4
        const val SIGN_DP = 24
        const val GAP_DP = 10

        fun OperationProgress.isOver() = this == OperationProgress.SENT || this == OperationProgress.FAILED
    }
}

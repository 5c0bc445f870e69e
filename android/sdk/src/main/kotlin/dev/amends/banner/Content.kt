package dev.amends.banner

import android.content.Context
import android.os.Bundle
import android.text.Layout
import android.view.Gravity
import android.view.View
import android.view.accessibility.AccessibilityEvent
import android.view.accessibility.AccessibilityManager
import android.view.accessibility.AccessibilityNodeInfo
import android.widget.ImageView
import android.widget.LinearLayout
import android.widget.ScrollView
import android.widget.TextView

/** What stands on the card: sign, text and choices, and the button that takes it away. */
internal class Content(val row: LinearLayout, val scroll: ScrollView, private val text: TextView) {
    /** Screen readers say the text when they have finished what they are saying. */
    @Suppress("DEPRECATION") // What there was before Android 11.
    fun announce() {
        val accessibility = text.context.getSystemService(AccessibilityManager::class.java)
        if (accessibility?.isEnabled != true) return
        val event = AccessibilityEvent.obtain(AccessibilityEvent.TYPE_WINDOW_CONTENT_CHANGED)
        event.contentChangeTypes = AccessibilityEvent.CONTENT_CHANGE_TYPE_TEXT
        text.sendAccessibilityEventUnchecked(event)
    }
}

internal fun View.content(saying: Saying, look: Look, events: BannerEvents): Content {
    val text = context.sentence(saying, look, events)
    val column = LinearLayout(context).apply {
        orientation = LinearLayout.VERTICAL
        addView(text)
        if (saying.choices.isNotEmpty()) addView(context.choices(saying, look, events))
    }
    val scroll = ScrollView(context, null, 0).apply {
        isVerticalFadingEdgeEnabled = true
        isFocusable = false
        overScrollMode = View.OVER_SCROLL_NEVER
        addView(column)
    }
    val side = (look.px(SIGN_DP) * look.scale).toInt()
    val touch = look.px(TOUCH_DP)
    val middle = text.middleOfFirstLine()
    val sign = ImageView(context, null, 0).apply {
        val colour = look.colours.of(saying.glyph)
        setImageDrawable(GlyphDrawable(saying.glyph, side, colour, look.colours.disc(colour)))
        importantForAccessibility = View.IMPORTANT_FOR_ACCESSIBILITY_NO
    }
    val close = context.signButton(Glyph.CLOSE, saying.dismiss.spokenIn(saying.locale), look, events::dismissed)
    val row = LinearLayout(context).apply {
        isBaselineAligned = false
        gravity = Gravity.TOP
        addView(sign, at(side, start = look.px(EDGE_DP), top = middle - side / 2))
        addView(scroll, LinearLayout.LayoutParams(0, LinearLayout.LayoutParams.WRAP_CONTENT, 1f))
        addView(close, at(touch, top = middle - touch / 2).apply { marginEnd = look.px(CLOSE_END_DP) })
    }
    return Content(row, scroll, text)
}

/** From the top of the view to where the eye sees the middle of the letters in its first line. */
private fun TextView.middleOfFirstLine(): Int {
    val letters = paint.fontMetrics
    return paddingTop + ((letters.ascent + letters.descent) / 2 - letters.top).toInt()
}

private fun at(side: Int, start: Int = 0, top: Int = 0) = LinearLayout.LayoutParams(side, side).apply {
    marginStart = start
    topMargin = top
}

private fun Context.sentence(saying: Saying, look: Look, events: BannerEvents): TextView =
    plainText(TEXT_SP, look.colours.text).apply {
        if (look.textAppearance != 0) {
            setTextAppearance(look.textAppearance)
            if (look.hasTextColour) setTextColor(look.colours.text)
        }
        textLocale = saying.locale
        textDirection = if (saying.rightToLeft) View.TEXT_DIRECTION_RTL else View.TEXT_DIRECTION_LTR
        setLineSpacing(0f, LINE_SPACING)
        breakStrategy = Layout.BREAK_STRATEGY_BALANCED
        val bottom = if (saying.choices.isEmpty()) TEXT_BOTTOM_DP else TEXT_OVER_CHOICES_DP
        setPaddingRelative(look.px(TEXT_START_DP), look.px(TEXT_TOP_DP), 0, look.px(bottom))
        text = saying.text.spokenIn(saying.locale)
        accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE
        accessibilityDelegate = Dismissable(events)
    }

private fun Context.choices(saying: Saying, look: Look, events: BannerEvents): Flow =
    Flow(this, look.px(CHOICE_GAP_DP)).apply {
        setPaddingRelative(0, 0, 0, 0)
        for (choice in saying.choices) {
            val words = choice.label.spokenIn(saying.locale)
            addView(pill(words, look) { events.chosen(choice) }.apply { textLocale = saying.locale })
        }
        layoutParams = LinearLayout.LayoutParams(
            LinearLayout.LayoutParams.MATCH_PARENT,
            LinearLayout.LayoutParams.WRAP_CONTENT,
        ).apply {
            marginStart = look.px(TEXT_START_DP)
            bottomMargin = look.px(CHOICES_BOTTOM_DP)
        }
    }

/** Offers to take the card away where screen readers look for it. */
private class Dismissable(private val events: BannerEvents) : View.AccessibilityDelegate() {
    override fun onInitializeAccessibilityNodeInfo(host: View, info: AccessibilityNodeInfo) {
        super.onInitializeAccessibilityNodeInfo(host, info)
        info.isDismissable = true
        info.addAction(AccessibilityNodeInfo.AccessibilityAction.ACTION_DISMISS)
    }

    override fun performAccessibilityAction(host: View, action: Int, arguments: Bundle?): Boolean {
        if (action !=
            AccessibilityNodeInfo.ACTION_DISMISS
        ) {
            return super.performAccessibilityAction(host, action, arguments)
        }
        events.dismissed()
        return true
    }
}

private const val TEXT_SP = 15f
private const val LINE_SPACING = 1.15f
private const val EDGE_DP = 16
private const val SIGN_DP = 28
private const val CLOSE_END_DP = 4
private const val TEXT_START_DP = 12
private const val TEXT_TOP_DP = 17
private const val TEXT_BOTTOM_DP = 17
private const val TEXT_OVER_CHOICES_DP = 8
private const val CHOICE_GAP_DP = 8
private const val CHOICES_BOTTOM_DP = 8

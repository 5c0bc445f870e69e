package dev.amends.banner

import android.content.Context
import android.content.res.ColorStateList
import android.graphics.Typeface
import android.graphics.drawable.Drawable
import android.graphics.drawable.GradientDrawable
import android.graphics.drawable.InsetDrawable
import android.graphics.drawable.RippleDrawable
import android.os.Build
import android.text.SpannableString
import android.text.Spanned
import android.text.style.LocaleSpan
import android.util.TypedValue
import android.view.Gravity
import android.view.View
import android.view.accessibility.AccessibilityNodeInfo
import android.widget.Button
import android.widget.ImageView
import android.widget.TextView
import dev.amends.NewerAndroid
import java.util.Locale

/** The smallest side of what is tapped (Material, and WCAG 2.2, 2.5.8 with room to spare). */
internal const val TOUCH_DP = 48

/** Text that screen readers speak in its own language. */
internal fun String.spokenIn(locale: Locale): CharSequence = SpannableString(this).also {
    it.setSpan(LocaleSpan(locale), 0, length, Spanned.SPAN_INCLUSIVE_INCLUSIVE)
}

/** A text view that takes the font of the app's theme, and nothing else of its styles. */
internal fun Context.plainText(sp: Float, colour: Int): TextView = TextView(this, null, 0).apply {
    setTextSize(TypedValue.COMPLEX_UNIT_SP, sp)
    setTextColor(colour)
    textAlignment = View.TEXT_ALIGNMENT_VIEW_START
}

/** A button with words, in a pill of its own colour. The pill is lower than what can be tapped. */
internal fun Context.pill(
    words: CharSequence,
    look: Look,
    onTap: () -> Unit,
): TextView = plainText(PILL_SP, look.colours.action).apply {
    text = words
    typeface = typeface.strong()
    gravity = Gravity.CENTER
    val colours = look.colours
    val side = look.px(PILL_PADDING_DP)
    val inset = look.px(PILL_INSET_DP)

    fun shape(colour: Int): Drawable = InsetDrawable(
        GradientDrawable().apply {
            setColor(colour)
            if (colour == colours.background) setStroke(look.px(1), colours.outline)
            cornerRadius = look.px(PILL_RADIUS_DP).toFloat()
        },
        0,
        inset,
        0,
        inset,
    )
    background = RippleDrawable(ripple(colours.action), shape(colours.tint(colours.action)), shape(colours.action))
    setPadding(side, inset + look.px(PILL_TEXT_DP), side, inset + look.px(PILL_TEXT_DP))
    minWidth = look.px(TOUCH_DP)
    minHeight = look.px(TOUCH_DP)
    isButton(onTap)
}

/** A button with a sign, for which screen readers say the words. */
internal fun Context.signButton(glyph: Glyph, words: CharSequence, look: Look, onTap: () -> Unit): ImageView =
    ImageView(this, null, 0).apply {
        setImageDrawable(GlyphDrawable(glyph, (look.px(SIGN_DP) * look.scale).toInt(), look.colours.quietText))
        scaleType = ImageView.ScaleType.CENTER
        contentDescription = words
        background = RippleDrawable(ripple(look.colours.text), null, null).apply { radius = look.px(SIGN_RIPPLE_DP) }
        minimumWidth = look.px(TOUCH_DP)
        minimumHeight = look.px(TOUCH_DP)
        isButton(onTap)
    }

private fun ripple(colour: Int) = ColorStateList.valueOf(colour and 0xFFFFFF or RIPPLE_ALPHA)

/** Tapped, and reached with a keyboard; never focused by a touch, which would take the focus from the app's field. */
private fun View.isButton(onTap: () -> Unit) {
    setOnClickListener { onTap() }
    isFocusable = true
    isFocusableInTouchMode = false
    accessibilityDelegate = object : View.AccessibilityDelegate() {
        override fun onInitializeAccessibilityNodeInfo(host: View, info: AccessibilityNodeInfo) {
            super.onInitializeAccessibilityNodeInfo(host, info)
            info.className = Button::class.java.name
        }
    }
}

/** The same font for what stands out. */
internal fun Typeface?.strong(): Typeface =
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) semiBold() else Typeface.create(this, Typeface.BOLD)

@NewerAndroid(Build.VERSION_CODES.P)
private fun Typeface?.semiBold(): Typeface = Typeface.create(this, SEMI_BOLD, false)

private const val PILL_SP = 14f
private const val PILL_PADDING_DP = 16
private const val PILL_INSET_DP = 5
private const val PILL_RADIUS_DP = 19
private const val PILL_TEXT_DP = 6
private const val SIGN_DP = 20
private const val SIGN_RIPPLE_DP = 20
private const val SEMI_BOLD = 600
private const val RIPPLE_ALPHA = 0x33000000

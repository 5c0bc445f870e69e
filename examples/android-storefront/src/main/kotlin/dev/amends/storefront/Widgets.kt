package dev.amends.storefront

import android.content.Context
import android.content.res.ColorStateList
import android.graphics.Color
import android.graphics.Typeface
import android.graphics.drawable.GradientDrawable
import android.graphics.drawable.RippleDrawable
import android.util.TypedValue
import android.view.Gravity
import android.view.View
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.Button
import android.widget.LinearLayout
import android.widget.TextView

// The shop's own look, in code: this sample is built without Android's resource compiler.

internal fun Context.px(dp: Int): Int =
    TypedValue.applyDimension(TypedValue.COMPLEX_UNIT_DIP, dp.toFloat(), resources.displayMetrics).toInt()

internal fun column(
    context: Context,
    vararg views: View,
): LinearLayout =
    LinearLayout(context).apply {
        orientation = LinearLayout.VERTICAL
        for (view in views) addView(view, LinearLayout.LayoutParams(MATCH_PARENT, WRAP_CONTENT).apply { topMargin = context.px(12) })
    }

internal fun text(
    context: Context,
    words: CharSequence,
    sp: Float = 16f,
    bold: Boolean = false,
): TextView =
    TextView(context).apply {
        text = words
        textSize = sp
        setTextColor(Palette.ink)
        if (bold) setTypeface(typeface, Typeface.BOLD)
    }

internal fun note(
    context: Context,
    words: CharSequence = "",
): TextView = text(context, words, 15f).apply { setTextColor(Palette.quiet) }

/** A button; the important one of a screen is filled. */
internal fun button(
    context: Context,
    words: CharSequence,
    filled: Boolean = false,
): Button =
    Button(context).apply {
        text = words
        isAllCaps = false
        textSize = 16f
        minHeight = context.px(52)
        stateListAnimator = null
        setTextColor(if (filled) Color.WHITE else Palette.green)
        background = rounded(context, if (filled) Palette.green else Palette.pale)
    }

/** What is for sale: its name and price on a card. */
internal fun thing(
    context: Context,
    thing: Thing,
): View =
    LinearLayout(context).apply {
        gravity = Gravity.CENTER_VERTICAL
        background = rounded(context, Palette.card)
        setPadding(context.px(16), context.px(18), context.px(16), context.px(18))
        addView(text(context, thing.name), LinearLayout.LayoutParams(0, WRAP_CONTENT, 1f))
        addView(text(context, thing.price, bold = true))
    }

internal fun rounded(
    context: Context,
    colour: Int,
): RippleDrawable {
    val shape =
        GradientDrawable().apply {
            cornerRadius = context.px(14).toFloat()
            setColor(colour)
        }
    return RippleDrawable(ColorStateList.valueOf(Color.argb(40, 0, 0, 0)), shape, null)
}

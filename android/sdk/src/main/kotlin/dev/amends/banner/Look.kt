package dev.amends.banner

import android.content.Context
import android.content.res.Configuration
import android.graphics.Color
import android.util.TypedValue
import dev.amends.R

/**
 * The colours and measures of what is drawn, as the theme of the window says (`res/values/attrs.xml`), else by day or
 * night. All text has a contrast of at least 4.5 : 1 to what it stands on (WCAG 2.2, 1.4.3), unless the theme says
 * otherwise; a colour of the theme that was not meant for this is only used if it has.
 */
internal class Look(private val context: Context) {
    private val value = TypedValue()
    private val density = context.resources.displayMetrics.density

    val background: Int = colour(own { R.attr.amendsBackground })
        ?: if (context.resources.configuration.isNight()) NIGHT else DAY

    /** Whether light text stands on it. */
    private val isDark = contrast(Color.WHITE, background) > contrast(Color.BLACK, background)

    val text: Int = colour(own { R.attr.amendsTextColor }) ?: if (isDark) ON_NIGHT else ON_DAY
    val quietText: Int = mixed(text, background, QUIET)

    /** The same on the app's own ground, of which nothing else is known. */
    val quietTextOnScreen: Int = colour(android.R.attr.textColorSecondary) ?: quietText
    val hairline: Int = mixed(text, background, HAIRLINE)
    val action: Int = colour(own { R.attr.amendsActionTextColor })
        ?: colour(android.R.attr.colorAccent)?.takeIf { contrast(it, tint(it)) >= LEAST_CONTRAST }
        ?: if (isDark) ACTION_ON_NIGHT else ACTION_ON_DAY
    val attention: Int = if (isDark) ATTENTION_ON_NIGHT else ATTENTION_ON_DAY
    val good: Int = if (isDark) GOOD_ON_NIGHT else GOOD_ON_DAY
    val bad: Int = if (isDark) BAD_ON_NIGHT else BAD_ON_DAY

    val cornerRadius: Float = if (has(own { R.attr.amendsCornerRadius })) dimension() else CORNER_DP * density

    /** How far from the edge, over the system's bars. */
    val edgeOffset: Int = if (has(own { R.attr.amendsEdgeOffset })) dimension().toInt() else 0
    val isAtTop: Boolean = has(own { R.attr.amendsPosition }) && value.data == POSITION_TOP

    /** A style of the app's, or 0. */
    val textAppearance: Int = if (has(own { R.attr.amendsTextAppearance })) value.resourceId else 0

    /** Whether the app chose the text's colour, and not just its style. */
    val hasTextColour: Boolean = has(own { R.attr.amendsTextColor })

    fun px(dp: Int): Int = (dp * density + ROUND).toInt()

    fun colourOf(glyph: Glyph): Int = when (glyph) {
        Glyph.SORRY -> attention
        Glyph.DONE -> good
        else -> action
    }

    /** A ground of this colour's own, on which it can be read. */
    fun tint(colour: Int): Int = mixed(colour, background, TINT)

    private fun colour(attribute: Int): Int? {
        if (!has(attribute)) return null
        if (value.type in TypedValue.TYPE_FIRST_COLOR_INT..TypedValue.TYPE_LAST_COLOR_INT) return value.data
        return if (value.resourceId != 0) context.getColor(value.resourceId) else null
    }

    private fun dimension(): Float =
        if (value.type == TypedValue.TYPE_DIMENSION) value.getDimension(context.resources.displayMetrics) else 0f

    /** The class R is made by the app's build: where a build makes none, there are no attributes to be set. */
    private inline fun own(attribute: () -> Int): Int = try {
        attribute()
    } catch (_: LinkageError) {
        0
    }

    private fun has(attribute: Int): Boolean = attribute != 0 && context.theme.resolveAttribute(attribute, value, true)

    internal companion object {
        const val DAY = 0xFFFFFFFF.toInt()
        const val NIGHT = 0xFF2B2E38.toInt()
        const val LEAST_CONTRAST = 4.5
        private const val ON_DAY = 0xFF1B1D26.toInt()
        private const val ON_NIGHT = 0xFFF2F3F7.toInt()
        private const val ACTION_ON_DAY = 0xFF1B4DB8.toInt()
        private const val ACTION_ON_NIGHT = 0xFFAFC8FF.toInt()
        private const val ATTENTION_ON_DAY = 0xFF8A4B00.toInt()
        private const val ATTENTION_ON_NIGHT = 0xFFFFC978.toInt()
        private const val GOOD_ON_DAY = 0xFF17663A.toInt()
        private const val GOOD_ON_NIGHT = 0xFF8EDCAB.toInt()
        private const val BAD_ON_DAY = 0xFFA8231B.toInt()
        private const val BAD_ON_NIGHT = 0xFFFFB4AB.toInt()
        private const val QUIET = 0.72f
        private const val HAIRLINE = 0.12f
        private const val TINT = 0.12f
        private const val CORNER_DP = 16
        private const val ROUND = 0.5f
        private const val POSITION_TOP = 1

        /** The contrast of two colours, from 1 to 21 (WCAG 2.2). */
        fun contrast(one: Int, other: Int): Double {
            val (a, b) = (Color.luminance(one) + DARKEST) to (Color.luminance(other) + DARKEST)
            return maxOf(a, b) / minOf(a, b)
        }

        private const val DARKEST = 0.05

        /** This much of a colour over another. */
        fun mixed(colour: Int, over: Int, part: Float): Int {
            fun mix(a: Int, b: Int) = (a * part + b * (1 - part) + ROUND).toInt()
            return Color.rgb(
                mix(Color.red(colour), Color.red(over)),
                mix(Color.green(colour), Color.green(over)),
                mix(Color.blue(colour), Color.blue(over)),
            )
        }
    }
}

internal fun Configuration.isNight(): Boolean =
    uiMode and Configuration.UI_MODE_NIGHT_MASK == Configuration.UI_MODE_NIGHT_YES

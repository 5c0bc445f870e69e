package dev.amends.banner

import android.graphics.Color

/**
 * The colours of a card. All text has a contrast of at least 4.5 : 1 to what it stands on (WCAG 2.2, 1.4.3), whatever the
 * [background] is, unless the app gave the text's colour; what was not meant for this is only used if it has.
 */
internal class Palette(val background: Int, text: Int?, action: Int?, accent: Int?) {
    /** Whether light text stands on it. */
    private val isDark = contrast(Color.WHITE, background) > contrast(Color.BLACK, background)

    val text: Int = text
        ?: byLight(ON_DAY, ON_NIGHT).takeIf { contrast(it, background) >= LEAST_FOR_TEXT }
        ?: byLight(Color.BLACK, Color.WHITE)
    val quietText: Int =
        mixed(this.text, background, QUIET).takeIf { contrast(it, background) >= LEAST_FOR_TEXT } ?: this.text

    /** Around the card. */
    val hairline: Int = mixed(this.text, background, HAIRLINE)

    /** Around what is tapped, where its ground does not tell it from the card. */
    val outline: Int = mixed(this.text, background, OUTLINE)
    val action: Int = action ?: accent?.ifRead() ?: byLight(ACTION_ON_DAY, ACTION_ON_NIGHT).ifRead() ?: this.text
    val attention: Int = byLight(ATTENTION_ON_DAY, ATTENTION_ON_NIGHT).ifRead() ?: this.text
    val good: Int = byLight(GOOD_ON_DAY, GOOD_ON_NIGHT).ifRead() ?: this.text
    val bad: Int = byLight(BAD_ON_DAY, BAD_ON_NIGHT).ifRead() ?: this.text

    fun of(glyph: Glyph): Int = when (glyph) {
        Glyph.SORRY -> attention
        Glyph.DONE -> good
        else -> action
    }

    /** A ground of this colour's own, on which text of it can be read; the card itself where there is none. */
    fun tint(colour: Int): Int = ground(colour, LEAST_FOR_TEXT)

    /** The same for a sign. */
    fun disc(colour: Int): Int = ground(colour, LEAST_FOR_SIGNS)

    private fun ground(colour: Int, least: Double): Int =
        mixed(colour, background, TINT).takeIf { contrast(colour, it) >= least } ?: background

    private fun byLight(dark: Int, light: Int) = if (isDark) light else dark

    private fun Int.ifRead(): Int? = takeIf { contrast(it, tint(it)) >= LEAST_FOR_TEXT }

    internal companion object {
        const val DAY = 0xFFFFFFFF.toInt()
        const val NIGHT = 0xFF2B2E38.toInt()
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
        private const val LEAST_FOR_TEXT = 4.5

        /** WCAG 2.2, 1.4.11. */
        private const val LEAST_FOR_SIGNS = 3.0
        private const val QUIET = 0.72f
        private const val HAIRLINE = 0.08f
        private const val OUTLINE = 0.35f
        private const val TINT = 0.12f
        private const val DARKEST = 0.05
        private const val ROUND = 0.5f

        /** The contrast of two colours, from 1 to 21 (WCAG 2.2). */
        fun contrast(one: Int, other: Int): Double {
            val (a, b) = (Color.luminance(one) + DARKEST) to (Color.luminance(other) + DARKEST)
            return maxOf(a, b) / minOf(a, b)
        }

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

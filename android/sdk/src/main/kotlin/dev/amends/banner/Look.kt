package dev.amends.banner

import android.content.Context
import android.content.res.Configuration
import android.content.res.Resources
import android.util.TypedValue
import dev.amends.R

/**
 * The colours and measures of what is drawn, as the theme of the window says (`res/values/attrs.xml`), else by day or
 * night. An attribute that holds something else than it should counts as not set.
 */
internal class Look(private val context: Context, isFloating: Boolean = false) {
    private val value = TypedValue()
    private val density = context.resources.displayMetrics.density

    val colours: Palette = Palette(
        background = colour(own { R.attr.amendsBackground })
            ?: if (context.resources.configuration.isNight()) Palette.NIGHT else Palette.DAY,
        text = colour(own { R.attr.amendsTextColor }),
        action = colour(own { R.attr.amendsActionTextColor }),
        accent = colour(android.R.attr.colorAccent),
    )

    /** For text on the app's own ground, of which nothing else is known. */
    val quietTextOnScreen: Int = colour(android.R.attr.textColorSecondary) ?: colours.quietText

    val cornerRadius: Float = dimension(own { R.attr.amendsCornerRadius }) ?: (CORNER_DP * density)

    /** How far from the edge, over the system's bars. */
    val edgeOffset: Int = dimension(own { R.attr.amendsEdgeOffset })?.toInt() ?: 0

    /** In a dialog at the top, unless the theme says otherwise: its buttons are at the bottom. */
    val isAtTop: Boolean = if (has(own { R.attr.amendsPosition })) value.data == POSITION_TOP else isFloating

    /** A style of the app's, or 0. */
    val textAppearance: Int = if (has(own { R.attr.amendsTextAppearance })) value.resourceId else 0

    /** Whether the app chose the text's colour, and not just its style. */
    val hasTextColour: Boolean = colour(own { R.attr.amendsTextColor }) != null

    /** How much larger than usual letters are, and signs with them; these not without end. */
    val scale: Float = context.resources.configuration.fontScale.coerceIn(1f, LARGEST_SIGN)

    fun px(dp: Int): Int = (dp * density + ROUND).toInt()

    private fun colour(attribute: Int): Int? {
        if (!has(attribute)) return null
        if (value.type in TypedValue.TYPE_FIRST_COLOR_INT..TypedValue.TYPE_LAST_COLOR_INT) return value.data
        return try {
            if (value.resourceId != 0) context.getColor(value.resourceId) else null
        } catch (_: Resources.NotFoundException) {
            null
        }
    }

    private fun dimension(attribute: Int): Float? {
        if (!has(attribute) || value.type != TypedValue.TYPE_DIMENSION) return null
        return value.getDimension(context.resources.displayMetrics)
    }

    /** The class R is made by the app's build: where a build makes none, there are no attributes to be set. */
    private inline fun own(attribute: () -> Int): Int = try {
        attribute()
    } catch (_: LinkageError) {
        0
    }

    private fun has(attribute: Int): Boolean = attribute != 0 && context.theme.resolveAttribute(attribute, value, true)

    private companion object {
        const val CORNER_DP = 16
        const val ROUND = 0.5f
        const val POSITION_TOP = 1
        const val LARGEST_SIGN = 1.5f
    }
}

internal fun Configuration.isNight(): Boolean =
    uiMode and Configuration.UI_MODE_NIGHT_MASK == Configuration.UI_MODE_NIGHT_YES

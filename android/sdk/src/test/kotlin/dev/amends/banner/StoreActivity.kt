package dev.amends.banner

import android.app.Activity
import android.content.res.Configuration
import android.graphics.Rect
import android.graphics.Typeface
import android.graphics.drawable.GradientDrawable
import android.os.Bundle
import android.text.TextUtils
import android.util.TypedValue
import android.view.Gravity
import android.view.View
import android.view.ViewGroup
import android.widget.LinearLayout
import android.widget.ScrollView
import android.widget.TextView

/** A shop as people have it on their phones: a title, a search, a list, by day and by night, in three languages. */
class StoreActivity : Activity() {
    private val isNight get() = resources.configuration.uiMode and Configuration.UI_MODE_NIGHT_MASK ==
        Configuration.UI_MODE_NIGHT_YES
    private val ground get() = if (isNight) 0xFF14121A.toInt() else 0xFFFBF8FF.toInt()
    private val raised get() = if (isNight) 0xFF24212C.toInt() else 0xFFEFEAF6.toInt()
    val ink get() = if (isNight) 0xFFE7E1EC.toInt() else 0xFF1D1A22.toInt()
    private val quiet get() = if (isNight) 0xFFA9A3B3.toInt() else 0xFF625C6B.toInt()
    private val brand
        get() = TypedValue().also { theme.resolveAttribute(android.R.attr.colorAccent, it, true) }.data
    private val shelves get() = SHELVES.getValue(resources.configuration.locales[0].language)

    /** What its content keeps clear of: the status bar, the line for gestures, and in landscape a camera. */
    val bars get() = if (resources.configuration.orientation == Configuration.ORIENTATION_LANDSCAPE) {
        Rect(dp(CAMERA_DP), dp(STATUS_DP), 0, dp(GESTURES_DP))
    } else {
        Rect(0, dp(STATUS_DP), 0, dp(GESTURES_DP))
    }

    override fun onCreate(state: Bundle?) {
        val light = android.R.style.Theme_Material_Light_NoActionBar
        setTheme(if (isNight) android.R.style.Theme_Material_NoActionBar else light)
        super.onCreate(state)
    }

    /** Builds the screen with the shelves. */
    fun fill(): Unit = show(title(shelves.shop, "🛒"), search(), list())

    /** Builds the screen that says how orders are getting on. */
    fun showOrders(orders: View) {
        val padded = column().apply { addView(orders, wide(0, 16, 8)) }
        show(title("Your orders", "🛒"), View(this), padded)
    }

    private fun show(title: View, search: View, list: View) {
        val page = column().apply {
            setBackgroundColor(ground)
            setPadding(bars.left, bars.top, bars.right, 0)
            addView(title, wide(0, 20, 12))
            addView(search, wide(if (search is TextView) 52 else 1, 16, 4))
            addView(ScrollView(this@StoreActivity).apply { addView(list) }, wide(-1, 0, 8))
        }
        setContentView(page)
    }

    fun dp(of: Int): Int = (of * resources.displayMetrics.density).toInt()

    fun column(): LinearLayout = LinearLayout(this).apply { orientation = LinearLayout.VERTICAL }

    fun wide(height: Int, side: Int, top: Int): LinearLayout.LayoutParams = LinearLayout.LayoutParams(
        ViewGroup.LayoutParams.MATCH_PARENT,
        if (height > 0) {
            dp(height)
        } else if (height < 0) {
            height
        } else {
            ViewGroup.LayoutParams.WRAP_CONTENT
        },
    ).apply { setMargins(dp(side), dp(top), dp(side), 0) }

    private fun title(words: String, sign: String) = LinearLayout(this).apply {
        gravity = Gravity.CENTER_VERTICAL
        addView(words(words, 26f, ink, isStrong = true), LinearLayout.LayoutParams(0, -2, 1f))
        addView(words(sign, 20f, ink).apply { setPadding(dp(8), dp(8), dp(8), dp(8)) })
    }

    private fun search() = words("⌕  ${shelves.search}", 16f, quiet).apply {
        gravity = Gravity.CENTER_VERTICAL or Gravity.START
        setPadding(dp(20), 0, dp(20), 0)
        background = rounded(raised, 26)
    }

    private fun list() = column().apply {
        for (thing in shelves.things) {
            addView(thing(thing.split('|')), wide(0, 16, 0))
        }
    }

    private fun thing(words: List<String>) = LinearLayout(this).apply {
        val (picture, name, what) = words
        gravity = Gravity.CENTER_VERTICAL
        setPadding(0, dp(8), 0, dp(8))
        addView(
            words(picture, 26f, ink).apply {
                gravity = Gravity.CENTER
                background = rounded(raised, 16)
            },
            LinearLayout.LayoutParams(dp(64), dp(64)),
        )
        val lines = column().apply {
            addView(words(name, 16f, ink, isStrong = true))
            addView(words(what, 14f, quiet))
            addView(words(words.last(), 14f, ink))
        }
        addView(
            lines,
            LinearLayout.LayoutParams(0, -2, 1f).apply {
                marginStart = dp(16)
                marginEnd = dp(12)
            },
        )
        addView(
            words(shelves.add, 14f, brand, isStrong = true).apply {
                setPadding(dp(20), dp(9), dp(20), dp(9))
                background = rounded(0, 20).apply { setStroke(dp(1), quiet and 0xFFFFFF or 0x66000000) }
            },
        )
    }

    private fun rounded(colour: Int, corner: Int) = GradientDrawable().apply {
        setColor(colour)
        cornerRadius = dp(corner).toFloat()
    }

    private fun words(text: String, sp: Float, colour: Int, isStrong: Boolean = false) = TextView(this).apply {
        this.text = text
        textSize = sp
        setTextColor(colour)
        maxLines = 1
        ellipsize = TextUtils.TruncateAt.END
        if (isStrong) typeface = Typeface.create(Typeface.DEFAULT, 600, false)
    }

    private companion object {
        const val STATUS_DP = 32
        const val GESTURES_DP = 24
        const val CAMERA_DP = 40
    }
}

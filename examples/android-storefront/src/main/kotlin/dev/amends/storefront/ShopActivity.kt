package dev.amends.storefront

import android.app.Activity
import android.os.Build
import android.os.Bundle
import android.view.View
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.view.WindowInsets
import android.widget.FrameLayout
import android.widget.LinearLayout
import android.widget.ScrollView

/** The one activity: a search field and tabs, and below them the screen that is chosen. */
class ShopActivity : Activity() {
    /** Where the person is. */
    var screen: Screen? = null
        private set
    private val shop get() = Shop.current
    private lateinit var place: FrameLayout
    private lateinit var head: Head

    override fun onCreate(savedInstanceState: Bundle?) {
        setTheme(android.R.style.Theme_Material_Light_NoActionBar)
        super.onCreate(savedInstanceState)
        place = FrameLayout(this)
        head = Head(this, shop)
        val all =
            LinearLayout(this).apply {
                orientation = LinearLayout.VERTICAL
                setBackgroundColor(Palette.paper)
                setPadding(px(20), px(12), px(20), 0)
                addView(head.view)
                addView(ScrollView(context).apply { addView(place) }, LinearLayout.LayoutParams(MATCH_PARENT, 0, 1f))
                setOnApplyWindowInsetsListener { view, insets -> insets.also { view.keepClearOf(it) } }
            }
        setContentView(all)
        open(HomeScreen(shop))
    }

    /** Goes to a screen. */
    fun open(next: Screen) {
        screen?.leave()
        screen = next
        shop.amends.screen(next.name)
        head.choose(next.name)
        place.removeAllViews()
        place.addView(next.view(this), FrameLayout.LayoutParams(MATCH_PARENT, WRAP_CONTENT))
    }

    /** "Try again" on a message. */
    fun retry() {
        screen?.retry(this)
    }

    override fun onDestroy() {
        screen?.leave()
        super.onDestroy()
    }
}

private fun View.keepClearOf(insets: WindowInsets) {
    val (top, bottom) =
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
            insets.getInsets(WindowInsets.Type.systemBars()).let { it.top to it.bottom }
        } else {
            @Suppress("DEPRECATION")
            (insets.systemWindowInsetTop to insets.systemWindowInsetBottom)
        }
    setPadding(paddingLeft, context.px(12) + top, paddingRight, bottom)
}

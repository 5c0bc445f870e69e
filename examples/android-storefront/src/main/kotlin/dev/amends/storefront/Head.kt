package dev.amends.storefront

import android.graphics.Color
import android.graphics.Typeface
import android.text.InputType
import android.view.Gravity
import android.view.View
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.view.inputmethod.EditorInfo
import android.widget.EditText
import android.widget.LinearLayout
import android.widget.TextView

/** The shop's name, its search field and its tabs. */
class Head(
    private val activity: ShopActivity,
    private val shop: Shop,
) {
    val field: EditText =
        EditText(activity).apply {
            id = android.R.id.input
            hint = "Search the shop"
            inputType = InputType.TYPE_CLASS_TEXT
            imeOptions = EditorInfo.IME_ACTION_SEARCH
            isSingleLine = true
            setTextColor(Palette.ink)
            background = rounded(activity, Palette.card)
            minHeight = activity.px(52)
            setPadding(activity.px(16), 0, activity.px(16), 0)
            // The fault: in the broken release nobody listens to Enter.
            if (!shop.isBroken) {
                setOnEditorActionListener { _, _, _ ->
                    search()
                    true
                }
            }
        }
    private val icon =
        button(activity, "⌕").apply {
            contentDescription = "Search now"
            textSize = 22f
            setOnClickListener { search() }
        }
    private val tabs =
        listOf<Pair<String, () -> Screen>>(
            "Home" to { HomeScreen(shop) },
            "Catalogue" to { CatalogueScreen(shop) },
            "Basket" to { BasketScreen(shop) },
            "Orders" to { OrdersScreen(shop) },
        ).map { (name, make) -> tab(name, make) }

    val view: View = column(activity, text(activity, "Corner Store", 26f, bold = true), searchRow(), tabRow())

    /** Marks the tab of this screen. */
    fun choose(name: String) {
        for (tab in tabs) {
            tab.isSelected = tab.text == name
            tab.setTextColor(if (tab.isSelected) Palette.green else Palette.quiet)
            tab.setTypeface(null, if (tab.isSelected) Typeface.BOLD else Typeface.NORMAL)
        }
    }

    private fun search() = activity.open(SearchScreen(shop, field.text.toString()))

    private fun searchRow() =
        LinearLayout(activity).apply {
            addView(field, LinearLayout.LayoutParams(0, WRAP_CONTENT, 1f))
            addView(icon, LinearLayout.LayoutParams(activity.px(60), MATCH_PARENT).apply { marginStart = activity.px(8) })
        }

    private fun tabRow() =
        LinearLayout(activity).apply {
            for (tab in tabs) addView(tab, LinearLayout.LayoutParams(0, activity.px(48), 1f))
        }

    private fun tab(
        name: String,
        make: () -> Screen,
    ): TextView =
        text(activity, name, 15f).apply {
            gravity = Gravity.CENTER
            background = rounded(activity, Color.TRANSPARENT)
            isClickable = true
            setOnClickListener { activity.open(make()) }
        }
}

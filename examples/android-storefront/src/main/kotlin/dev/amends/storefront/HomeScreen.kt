package dev.amends.storefront

import android.view.View

/** What is new, and a wish list. The fault: in the broken release the wish button is dead. */
class HomeScreen(
    shop: Shop,
) : Screen(shop, "Home") {
    override fun view(activity: ShopActivity): View {
        val wish = button(activity, "Add to wish list")
        var wished = false
        if (!shop.isBroken) {
            wish.setOnClickListener {
                wished = !wished
                wish.text = if (wished) "On your wish list ✓" else "Add to wish list"
            }
        }
        return column(
            activity,
            text(activity, "New this week", 20f, bold = true),
            thing(activity, Thing("Walnut desk lamp", "€ 64")),
            thing(activity, Thing("Fern in a pot", "€ 21")),
            wish,
            button(activity, "Look at the lamp").apply { setOnClickListener { activity.open(LampScreen(shop)) } },
        )
    }
}

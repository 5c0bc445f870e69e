package dev.amends.storefront

import android.os.Handler
import android.os.Looper
import android.os.SystemClock
import android.view.View
import dev.amends.OperationProgress
import dev.amends.banner.OperationStatusView

/**
 * What is bought. The faults: the broken release's checkout answers 503 the first time, its warehouse never hears of an
 * order, and "Gift wrap" lays out every paper there is, on the main thread.
 */
class BasketScreen(
    shop: Shop,
) : Screen(shop, "Basket") {
    private var earlier = 0
    private lateinit var pay: View

    override fun view(activity: ShopActivity): View {
        val answer = note(activity)
        val wrapped = note(activity, "No gift wrap")
        val wrap =
            button(activity, "Gift wrap").apply {
                setOnClickListener {
                    repeat(if (shop.isBroken) PAPERS else 1) { SystemClock.sleep(PAPER_MS) }
                    wrapped.text = "Wrapped in plain paper ✓"
                }
            }
        pay =
            button(activity, "Check out, € 85", filled = true).apply {
                setOnClickListener {
                    shop.backend.checkout(earlier++) { taken ->
                        answer.text = if (taken) "Thank you. Your order is on its way." else "Could not place the order."
                        if (taken) placeOrder()
                    }
                }
            }
        return column(
            activity,
            text(activity, "Your basket", 20f, bold = true),
            thing(activity, Thing("Walnut desk lamp", "€ 64")),
            thing(activity, Thing("Fern in a pot", "€ 21")),
            wrapped,
            wrap,
            pay,
            answer,
            OperationStatusView(activity),
        )
    }

    private fun placeOrder() {
        val id = "order-${number++}"
        val main = Handler(Looper.getMainLooper())

        fun say(progress: OperationProgress) = shop.amends.operation(id, progress)
        shop.amends.operation(
            id,
            OperationProgress.SCHEDULED,
            title = "Order ${id.removePrefix("order-")}",
            expectedWithinMs = 8_000,
            faqUrl = "https://shop.example/help/orders",
        )
        main.postDelayed({ say(OperationProgress.PROCESSING) }, 1_200)
        if (!shop.isBroken) main.postDelayed({ say(OperationProgress.SENT) }, 4_000)
    }

    override fun retry(activity: ShopActivity) {
        pay.performClick()
    }

    private companion object {
        const val PAPERS = 49
        const val PAPER_MS = 50L
        var number = 1042
    }
}

/** The orders of today. */
class OrdersScreen(
    shop: Shop,
) : Screen(shop, "Orders") {
    override fun view(activity: ShopActivity): View =
        column(
            activity,
            text(activity, "Your orders", 20f, bold = true),
            OperationStatusView(activity).apply { emptyText = "No orders yet." },
        )
}

package dev.amends.storefront

import android.content.Context
import android.view.View

/** One screen of the shop. */
abstract class Screen(
    protected val shop: Shop,
    val name: String,
) {
    /** Makes it, and begins what it needs. */
    abstract fun view(activity: ShopActivity): View

    /** Does again what failed. */
    open fun retry(activity: ShopActivity): Unit = Unit

    /** The person goes elsewhere. */
    open fun leave(): Unit = Unit
}

/** A screen of things, which the server has to send. */
abstract class ThingsScreen(
    shop: Shop,
    name: String,
    private val operation: String,
) : Screen(shop, name) {
    private var end: () -> Unit = {}

    /** Asks for them; returns how to stop that. */
    protected abstract fun ask(done: (List<Thing>?) -> Unit): () -> Unit

    override fun view(activity: ShopActivity): View {
        val note = note(activity)
        val list = column(activity, note)
        val load = shop.amends.loadStarted(operation)
        val stop =
            ask { things ->
                end = {}
                when {
                    things == null -> load.failed()
                    things.isEmpty() -> load.empty()
                    else -> load.succeeded()
                }
                fill(activity, list, things)
                note.text = if (things == null) "The shop did not answer." else "${things.size} things"
            }
        end = {
            load.cancelled()
            stop()
        }
        return list
    }

    private fun fill(
        context: Context,
        list: android.widget.LinearLayout,
        things: List<Thing>?,
    ) {
        for (thing in things.orEmpty()) list.addView(column(context, thing(context, thing)))
    }

    override fun leave(): Unit = end()
}

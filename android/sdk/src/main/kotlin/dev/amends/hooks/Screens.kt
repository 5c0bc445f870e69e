package dev.amends.hooks

import android.app.Activity
import dev.amends.core.Event

/** Names the screen that is seen: what the app says, else the activity's class. */
internal class Screens(private val sink: Sink, private val nameOf: (Activity) -> String?) {
    fun resumed(activity: Activity) {
        val name = nameOf(activity) ?: return
        sink.send(Event.Screen(name))
    }
}

/** `CheckoutActivity` is "Checkout". */
internal fun screenNameOf(activity: Activity): String {
    val name = activity.javaClass.simpleName
    return name.removeSuffix("Activity").ifEmpty { name }
}

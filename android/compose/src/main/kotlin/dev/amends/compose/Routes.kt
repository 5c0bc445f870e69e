package dev.amends.compose

import androidx.navigation.NavController
import dev.amends.Amends

/**
 * From now on each destination of this controller is a screen, named by its route without arguments and ids: "order/{id}" is
 * "order", the route of a class `Order(id)` is "Order". To be called once for each controller, in a `LaunchedEffect` or where
 * it is made; the listener is returned, so that it can be removed. Only in an app with
 * androidx.navigation.
 */
public fun NavController.trackScreens(): NavController.OnDestinationChangedListener {
    val listener = NavController.OnDestinationChangedListener { _, destination, _ ->
        destination.route?.let(::screenOf)?.let { Amends.started?.screen(it) }
    }
    addOnDestinationChangedListener(listener)
    return listener
}

/** The screen's name in a route; `null` if nothing of it is one. */
internal fun screenOf(route: String): String? {
    val parts = route.substringBefore('?').substringBefore('#').split('/')
        .filter { it.isNotBlank() && '{' !in it && !isId(it) }
    if (parts.isEmpty()) return null
    // A route that is a class is its full name.
    val first = parts.first().substringAfterLast('.').substringAfterLast('$')
    return (listOf(first) + parts.drop(1)).joinToString("/")
}

/** Whether this part of a route stands for one thing among many: a number, a UUID, an address. */
private fun isId(part: String): Boolean =
    part.all { it.isDigit() || it == '-' } || '@' in part || part.count(Char::isDigit) >= ID_DIGITS

private const val ID_DIGITS = 3

package dev.amends

import android.view.View
import java.util.WeakHashMap

/** What the app said about its views. For the main thread alone, as views are. */
internal object ViewMarks {
    private val ignored = WeakHashMap<View, Unit>()
    private val names = WeakHashMap<View, String>()

    fun ignore(view: View) {
        ignored[view] = Unit
    }

    fun name(view: View, name: String) {
        names[view] = name
    }

    fun isIgnored(view: View): Boolean = ignored.isNotEmpty() && ignored.containsKey(view)

    fun nameOf(view: View): String? = if (names.isEmpty()) null else names[view]
}

/** Taps on this view and on all within it are never judged: a game, a map, a canvas of your own. Main thread. */
public fun View.amendsIgnore(): Unit = ViewMarks.ignore(this)

/**
 * The name by which this element is known over launches ("pay"), where it has no id of its own. It stays on the device.
 * Main thread.
 */
public fun View.amendsName(name: String): Unit = ViewMarks.name(this, name)

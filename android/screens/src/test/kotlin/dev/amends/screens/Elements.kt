package dev.amends.screens

import android.graphics.Rect
import android.view.View
import android.view.ViewGroup
import android.widget.AbsListView
import java.util.WeakHashMap

/** What a tap on an element does, by the screen's own word: against it the SDK is judged. */
internal enum class Truth {
    /** The app answers, with something that the person sees, within 3 s. */
    REACTS,

    /** The same, but only after a while. Whoever taps it again and again until then has every reason to. */
    REACTS_LATE,

    /** Nothing comes of it. */
    DEAD,

    /** A field: what is submitted in it goes nowhere. A tap into it is answered. */
    DEAD_SUBMIT,
}

/**
 * An element that a screen has marked. One whose handler does nothing but [hear][Phone.hear] is known to be touched by that
 * ([isHeard]): where it is rounded its bounds do not tell.
 */
internal class Element(val name: String, val truth: Truth, val isHeard: Boolean = false) {
    override fun toString(): String = "$name (${truth.name.lowercase()})"
}

/** An element, where in its window it is seen, and from how far around a finger still reaches it. */
internal class Seen(
    val element: Element,
    val bounds: Rect,
    val reach: Rect = bounds,
    /** Whether it is a row of one of Android's lists, or such a list. */
    val isRow: Boolean = false,
)

/** Says that this view, and all in it that is not marked itself, reacts. */
internal fun <V : View> V.reacts(name: String = javaClass.simpleName): V = mark(Element(name, Truth.REACTS))

/** Says that it reacts, but not at once. */
internal fun <V : View> V.reactsLate(name: String = javaClass.simpleName): V = mark(Element(name, Truth.REACTS_LATE))

/** Says that nothing comes of a tap on it. */
internal fun <V : View> V.dead(name: String = javaClass.simpleName): V = mark(Element(name, Truth.DEAD))

/** Says that what is submitted in this field goes nowhere. */
internal fun <V : View> V.deadSubmit(name: String = javaClass.simpleName): V = mark(Element(name, Truth.DEAD_SUBMIT))

private fun <V : View> V.mark(element: Element): V = also { Elements.marked[it] = element }

/** Finds what screens have marked. */
internal object Elements {
    val marked = WeakHashMap<View, Element>()

    /** Finds what is marked inside of a view that draws its elements by itself; `null` if it is none. */
    var inSurface: (View) -> List<Seen>? = { null }

    /** All that can be seen in this window; of two at one place the later one is on top, or inside. */
    fun seenIn(root: View): List<Seen> = ArrayList<Seen>().also { collect(root, it) }

    /** What this view is, or is in. */
    fun of(view: View): Element? = marked[view] ?: (view.parent as? View)?.let(::of)

    fun at(root: View, x: Float, y: Float): Seen? =
        seenIn(root).run {
            lastOrNull { it.bounds.contains(x.toInt(), y.toInt()) }
                ?: lastOrNull { it.reach.contains(x.toInt(), y.toInt()) }
        }

    private fun collect(view: View, into: MutableList<Seen>) {
        if (view.visibility != View.VISIBLE) return
        marked[view]?.let { element ->
            val bounds = Rect()
            if (!view.getGlobalVisibleRect(bounds)) return@let
            // A list that was flung beyond its end, and stopped there, is touched as if it were not.
            val list = view.parent as? AbsListView
            if (list != null) bounds.offset(0, list.scrollY)
            into += Seen(element, bounds, isRow = list != null || view is AbsListView)
        }
        inSurface(view)?.let { into += it }
        if (view is ViewGroup) for (index in 0 until view.childCount) collect(view.getChildAt(index), into)
    }
}

package dev.amends.hooks

import android.view.SurfaceView
import android.view.View
import android.view.ViewGroup
import dev.amends.OwnView

/**
 * A number that differs once the app's windows show anything else: layout, text, visibility, state, pictures
 * ([Looks]). What a finger does by itself (ripple, pressed state, a blinking cursor) leaves it as it is, and so does typing.
 * Nothing is kept of what was read. Taken of a window that is about to draw it also says whether a view that paints by
 * itself is painted anew.
 */
internal class Fingerprint(private val painters: Painters = Painters()) {
    private val looks = Looks()
    private var left = 0
    private var isDrawing = false

    /** Whether the last one taken while drawing met a view of the app's own that is painted anew. */
    var paints: Boolean = false
        private set

    /** The surfaces that the last one met and somebody reads. */
    val surfaces: List<View> get() = found
    private val found = ArrayList<View>()

    /** The largest of those that nobody can read (a camera, a map, a game), in pixels. */
    var blindSpot: Long = 0
        private set

    /** Of these roots and all in them; of very many views, the first [MOST_VIEWS]. [drawn] is the one about to draw. */
    fun of(roots: List<View>, drawn: View? = null): Long {
        left = MOST_VIEWS
        paints = false
        blindSpot = 0
        found.clear()
        var print = 1L
        for (index in roots.indices) {
            isDrawing = roots[index] === drawn
            print = add(print, roots[index])
        }
        return print
    }

    /** Lets go of the views. */
    fun forget(): Unit = found.clear()

    private fun add(number: Long, view: View): Long {
        if (left-- <= 0) return number
        val print = mix(number, view.visibility.toLong())
        if (view.visibility != View.VISIBLE) return print
        if (isDrawing && painters.paints(view)) paints = true
        if (view is SurfaceView) blindSpot = maxOf(blindSpot, view.width.toLong() * view.height)
        val looked = looks.add(print, view)
        return if (view is ViewGroup) addGroup(looked, view) else looked
    }

    private fun addGroup(number: Long, group: ViewGroup): Long {
        var print = number
        var count = 0
        val isSurface = Surfaces.readerOf(group) != null
        for (index in 0 until group.childCount) {
            val child = group.getChildAt(index) ?: continue
            // Compose draws its ripples in a view without a size of its own.
            if (child is OwnView || (isSurface && (child.width == 0 || child.height == 0))) continue
            count++
            print = add(print, child)
        }
        if (isSurface && found.size < MOST_SURFACES) found += group
        return mix(print, count.toLong())
    }

    private companion object {
        const val MOST_VIEWS = 600
        const val MOST_SURFACES = 8
    }
}

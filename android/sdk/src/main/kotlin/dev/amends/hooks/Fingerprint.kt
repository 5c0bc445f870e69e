package dev.amends.hooks

import android.view.SurfaceView
import android.view.View
import android.view.ViewGroup
import dev.amends.OwnView

/**
 * A number for each view of the app's windows, of which one differs once they show anything else: layout, text, visibility,
 * state, pictures ([Looks]). What a finger does by itself (ripple, pressed state, a blinking cursor) leaves them as they are,
 * and so does typing. Nothing is kept of what was read.
 */
internal class Fingerprint(private val painters: Painters = Painters()) {
    private val looks = Looks()
    private val before = LongArray(MOST_NUMBERS)
    private var next = 0
    private var views = 0
    private var isComparing = false
    private var isDrawing = false
    private var passedOver: View? = null
    private var isOther = false

    /** The surfaces that were met when it was taken and that somebody reads. */
    val surfaces: List<View> get() = found
    private val found = ArrayList<View>()

    /** Whether a picture that moves by itself was met when it was taken. */
    val isRunning: Boolean get() = looks.hasRunning

    /** The largest of those that nobody can read (a camera, a map, a game), in pixels. */
    var blindSpot: Long = 0
        private set

    /** Whether there were more views than are read: what the others show is not known. */
    var isCutOff: Boolean = false
        private set

    /** Takes it of these roots and all in them; of very many views, of the first [MOST_VIEWS]. */
    fun take(roots: List<View>) {
        blindSpot = 0
        isCutOff = false
        looks.hasRunning = false
        found.clear()
        begin(isComparing = false)
        for (index in roots.indices) add(roots[index])
    }

    /**
     * Whether anything in the first root differs from when it was taken, or, if it [isDrawing], a view that paints by itself
     * is painted anew. Reads no further than to the first difference. [passedOver] is not compared, but what is in it.
     */
    fun hasChanged(first: View, isDrawing: Boolean, passedOver: View? = null): Boolean {
        begin(isComparing = true)
        this.passedOver = passedOver
        return differs(first, isDrawing).also { this.passedOver = null }
    }

    /** The same of the root that was taken after it; to be asked when that one has not changed. */
    fun hasChangedToo(next: View, isDrawing: Boolean): Boolean = differs(next, isDrawing)

    /** Lets go of the views. */
    fun forget(): Unit = found.clear()

    private fun begin(isComparing: Boolean) {
        this.isComparing = isComparing
        isDrawing = false
        next = 0
        views = 0
        isOther = false
    }

    private fun differs(root: View, isDrawing: Boolean): Boolean {
        this.isDrawing = isDrawing
        add(root)
        return isOther
    }

    private fun add(view: View) {
        if (isOther) return
        if (views++ >= MOST_VIEWS) {
            if (!isComparing) isCutOff = true
            return
        }
        if (view.visibility != View.VISIBLE) return note(view.visibility.toLong())
        if (isDrawing && painters.paints(view)) {
            isOther = true
            return
        }
        if (!isComparing && view is SurfaceView) {
            blindSpot = maxOf(blindSpot, view.width.toLong() * view.height)
        }
        if (view === passedOver) next++ else note(looks.of(view))
        if (view is ViewGroup) addGroup(view)
    }

    private fun addGroup(group: ViewGroup) {
        var count = 0
        val isSurface = Surfaces.readerOf(group) != null
        for (index in 0 until group.childCount) {
            val child = group.getChildAt(index) ?: continue
            // Compose draws its ripples in a view without a size of its own.
            if (child is OwnView || (isSurface && (child.width == 0 || child.height == 0))) continue
            count++
            add(child)
        }
        if (!isComparing && isSurface && found.size < MOST_SURFACES) found += group
        note(count.toLong())
    }

    private fun note(number: Long) {
        if (isComparing) {
            if (before[next] != number) isOther = true
        } else {
            before[next] = number
        }
        next++
    }

    private companion object {
        const val MOST_VIEWS = 600

        /** Of each view one, and of each group one more. */
        const val MOST_NUMBERS = 2 * MOST_VIEWS
        const val MOST_SURFACES = 8
    }
}

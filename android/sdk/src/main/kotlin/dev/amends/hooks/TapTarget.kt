package dev.amends.hooks

import android.graphics.Matrix
import android.graphics.Rect
import android.text.Spanned
import android.text.style.ClickableSpan
import android.view.View
import android.view.ViewGroup
import android.widget.AbsListView
import android.widget.AdapterView
import android.widget.TextView
import dev.amends.OwnView
import dev.amends.Role
import dev.amends.ViewMarks

/**
 * The element under a finger, found as Android finds it and without asking it anything that it could answer by doing
 * something (hit testing with the live event has closed popovers). One instance serves all taps: nothing is allocated.
 */
internal class TapTarget(private val roles: Roles = Roles()) {
    private val path = arrayOfNulls<View>(MOST_LEVELS)
    private val point = FloatArray(2)
    private val place = Rect()
    private var levels = 0

    /** The element: a number that stays the same while it lives, and over launches if it or what it is in has an id. */
    var id: Long = 0
        private set
    var role: Role = Role.PLAIN
        private set
    var isEnabled: Boolean = false
        private set

    /** The view that was hit; held no longer than [forget]. */
    var view: View? = null
        private set

    /** The surface on the way, with the reader that knows it. */
    var surface: View? = null
        private set

    /** Whether a tap here can be found dead. */
    val isJudged: Boolean
        get() = isEnabled && (role == Role.BUTTON || role == Role.LINK || role == Role.TOGGLE || role == Role.TAB)

    /** Whether it is in something that the SDK itself draws: no affair of the app's. */
    val isOurs: Boolean
        get() {
            for (level in 0 until levels) if (path[level] is OwnView) return true
            return false
        }

    /** Looks for what a tap at [x], [y] (pixels of [decor]) would set off. */
    fun find(decor: View, x: Float, y: Float) {
        forget()
        point[0] = x
        point[1] = y
        if (!descend(decor, 0)) {
            id = decor.hashOfId()
            return
        }
        val hit = path[levels - 1] ?: return
        view = hit
        id = number()
        isEnabled = hit.isEnabled
        role = roles.of(path, levels)
        role = when {
            role == Role.LINK && hit is TextView -> roleInText(hit)
            role == Role.BUTTON && hit is AdapterView<*> -> roleInList(hit)
            else -> role
        }
        readSurface(hit)
    }

    /** Lets go of the views. */
    fun forget() {
        for (level in path.indices) {
            if (path[level] == null && level >= levels) break
            path[level] = null
        }
        levels = 0
        view = null
        surface = null
        role = Role.PLAIN
        isEnabled = false
        id = 0
    }

    /** Whether this view or one in it would take the touch; if so the way to it is in [path]. */
    private fun descend(view: View, level: Int): Boolean {
        if (level >= MOST_LEVELS) return false
        path[level] = view
        if (view is ViewGroup) {
            val x = point[0]
            val y = point[1]
            // Top-most first. A surface in this group that stands higher by its z alone is met in another order; rare.
            for (index in view.childCount - 1 downTo 0) {
                val child = view.getChildAt(index) ?: continue
                if (child.visibility != View.VISIBLE || !child.holds(view, x, y)) continue
                if (descend(child, level + 1)) return true
                path[level + 1] = null
            }
            point[0] = x
            point[1] = y
        }
        if (!view.takesTouches()) return false
        levels = level + 1
        return true
    }

    /** Whether the point of the [parent] is inside; if so it becomes the child's. */
    private fun View.holds(parent: View, x: Float, y: Float): Boolean {
        point[0] = x + parent.scrollX
        point[1] = y + parent.scrollY
        if (isElsewhere()) return false
        if (scaleX == 1f && scaleY == 1f && rotation == 0f) {
            point[0] -= left + translationX
            point[1] -= top + translationY
        } else {
            val inverse = Matrix()
            if (!matrix.invert(inverse)) return false
            point[0] -= left
            point[1] -= top
            inverse.mapPoints(point)
        }
        return point[0] >= 0 && point[1] >= 0 && point[0] < width && point[1] < height
    }

    /** Whether the point, of the parent, is outside: quickly, of one that nothing moves. */
    private fun View.isElsewhere(): Boolean {
        getHitRect(place)
        val isPlain = place.left == left && place.top == top && place.right == right && place.bottom == bottom
        return isPlain && (point[0] < left || point[0] >= right || point[1] < top || point[1] >= bottom)
    }

    /** As far as one can see from outside; a view with a touch listener of its own is `Role.PLAIN` and not judged. */
    private fun View.takesTouches(): Boolean =
        isClickable || isLongClickable || this is AdapterView<*> || this is OwnView ||
            onCheckIsTextEditor() || ViewMarks.isIgnored(this) || roles.takesTouches(this)

    /** Beside its links a text does nothing, unless it can be clicked as a whole. */
    private fun roleInText(view: TextView): Role {
        val layout = view.layout
        val text = view.text
        if (layout != null && text is Spanned) {
            val x = point[0] - view.totalPaddingLeft + view.scrollX
            val y = point[1] - view.totalPaddingTop + view.scrollY
            val letter = layout.getOffsetForHorizontal(layout.getLineForVertical(y.toInt()), x)
            if (text.getSpans(letter, letter, ClickableSpan::class.java).isNotEmpty()) return Role.LINK
        }
        return if (view.hasOnClickListeners()) Role.BUTTON else Role.PLAIN
    }

    /** Beside its rows a list does nothing, and nor does the row that was chosen already. */
    private fun roleInList(list: AdapterView<*>): Role {
        val row = rowAt(list)
        return when {
            row < 0 -> Role.PLAIN

            list is AbsListView && list.choiceMode == AbsListView.CHOICE_MODE_SINGLE && list.isItemChecked(
                row,
            ) -> Role.SEGMENTED

            else -> Role.BUTTON
        }
    }

    private fun readSurface(hit: View) {
        val reader = Surfaces.readerOf(hit) ?: return
        surface = hit
        val element = reader.elementAt(hit, point[0], point[1])
        if (role == Role.IGNORED) return
        if (element == null) {
            role = Role.PLAIN
            return
        }
        id = element.id
        role = element.role
        isEnabled = element.isEnabled
    }

    /** By name, else by the ids on the way, else by the places among the siblings. */
    private fun number(): Long {
        val hit = path[levels - 1]
        hit?.let(ViewMarks::nameOf)?.let { return mix(NAMED, it.hashCode().toLong()) }
        var number = SEED
        for (level in 0 until levels) {
            val view = path[level] ?: break
            val parent = if (level > 0) path[level - 1] as? ViewGroup else null
            val isAmongEquals = view.id == View.NO_ID || parent is AdapterView<*>
            number = mix(number, if (isAmongEquals) indexIn(parent, view).toLong() else view.hashOfId())
        }
        // Rows of a list share their ids: where the row is tells them apart.
        return if (hit != null && hit is AdapterView<*>) mix(number, rowAt(hit).toLong()) else number
    }

    private fun rowAt(list: AdapterView<*>): Int {
        for (index in 0 until list.childCount) {
            val row = list.getChildAt(index)
            if (point[1] >= row.top && point[1] < row.bottom && point[0] >= row.left && point[0] < row.right) {
                return list.firstVisiblePosition + index
            }
        }
        return -1
    }

    private fun indexIn(parent: ViewGroup?, view: View): Int = parent?.indexOfChild(view) ?: 0

    private fun View.hashOfId(): Long = mix(SEED, id.toLong())

    private companion object {
        const val MOST_LEVELS = 64
        const val SEED = 1L
        const val NAMED = 7L
    }
}

/** Mixes a value into a number: the finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
internal fun mix(number: Long, value: Long): Long {
    var mixed = (number xor value) + -0x61c8864680b583ebL
    mixed = (mixed xor (mixed ushr 30)) * -0x40a7b892e31b1a47L
    mixed = (mixed xor (mixed ushr 27)) * -0x6b2fb644ecceee15L
    return mixed xor (mixed ushr 31)
}

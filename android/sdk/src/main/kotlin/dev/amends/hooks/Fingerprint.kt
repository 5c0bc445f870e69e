package dev.amends.hooks

import android.graphics.Canvas
import android.graphics.drawable.Animatable
import android.graphics.drawable.ColorDrawable
import android.graphics.drawable.Drawable
import android.graphics.drawable.GradientDrawable
import android.view.View
import android.view.ViewGroup
import android.widget.Checkable
import android.widget.ImageView
import android.widget.ProgressBar
import android.widget.TextView
import dev.amends.OwnView

/**
 * A number that differs once a window shows anything else: layout, text, visibility, state, pictures. What a finger does
 * by itself (ripple, pressed state, a blinking cursor) leaves it as it is, and so does typing. Nothing is kept of what was
 * read. Taken of a window that is about to draw it also says whether a view that paints by itself is painted anew.
 */
internal class Fingerprint(private val painters: Painters = Painters()) {
    private var left = 0
    private var isDrawing = false

    /** Whether the last one taken while drawing met a view of the app's own that is painted anew. */
    var paints: Boolean = false
        private set

    /** The surface that the last one met, for its reader. */
    var surface: View? = null
        private set

    /** Of this view and all in it; of very many, the first [MOST_VIEWS]. */
    fun of(root: View, isDrawing: Boolean = false): Long {
        left = MOST_VIEWS
        this.isDrawing = isDrawing
        paints = false
        surface = null
        return add(1, root)
    }

    /** Lets go of the views. */
    fun forget() {
        surface = null
    }

    private fun add(number: Long, view: View): Long {
        if (left-- <= 0) return number
        var print = mix(number, view.visibility.toLong())
        if (view.visibility != View.VISIBLE) return print
        print = mix(print, pack(view.left, view.top))
        print = mix(print, pack(view.right, view.bottom))
        print = mix(print, pack(view.scrollX + stateOf(view), view.scrollY))
        print = mix(print, pack(view.translationX.toRawBits(), view.translationY.toRawBits()))
        print = mix(print, pack(view.scaleX.toRawBits(), view.alpha.toRawBits()))
        print = mix(print, hashOf(view.background).toLong())
        return when (view) {
            is TextView -> addText(print, view)
            is ImageView -> mix(print, hashOf(view.drawable).toLong())
            is ProgressBar -> mix(print, pack(view.progress, if (view.isIndeterminate) 1 else 0))
            is ViewGroup -> addGroup(print, view)
            else -> print.also { if (isDrawing && view.isDirty && painters.paints(view)) paints = true }
        }
    }

    private fun addGroup(number: Long, group: ViewGroup): Long {
        var print = number
        var count = 0
        for (index in 0 until group.childCount) {
            val child = group.getChildAt(index) ?: continue
            if (child is OwnView) continue
            count++
            print = add(print, child)
        }
        if (surface == null && Surfaces.readerOf(group) != null) surface = group
        return mix(print, count.toLong())
    }

    private fun addText(number: Long, view: TextView): Long {
        // A field under the fingers: whether there is anything in it. Sending a line empties it, typing changes nothing.
        if (view.isFocused && view.onCheckIsTextEditor()) return mix(number, if (view.length() == 0) 0 else 1)
        var print = mix(number, pack(hashOf(view.text), view.textColors.defaultColor))
        if (view.hint != null) print = mix(print, hashOf(view.hint).toLong())
        return if (view.error == null) print else mix(print, hashOf(view.error).toLong())
    }

    /** A string knows its hash; what is edited is read up to a length that fits any name. */
    private fun hashOf(text: CharSequence?): Int {
        if (text == null) return 0
        if (text is String) return text.hashCode()
        var hash = text.length
        for (index in 0 until minOf(text.length, MOST_LETTERS)) hash = hash * 31 + text[index].code
        return hash
    }

    private fun stateOf(view: View): Int {
        var state = 0
        if (view.isEnabled) state = state or (1 shl 28)
        if (view.isSelected) state = state or (1 shl 29)
        if (view.isActivated) state = state or (1 shl 30)
        if (view is Checkable && view.isChecked) state = state or (1 shl 31)
        return state
    }

    private fun hashOf(drawable: Drawable?): Int = when (drawable) {
        null -> 0
        is ColorDrawable -> drawable.color
        is GradientDrawable -> System.identityHashCode(drawable) + (drawable.color?.defaultColor ?: 0)
        is Animatable -> System.identityHashCode(drawable) + (if ((drawable as Animatable).isRunning) 1 else 0)
        else -> System.identityHashCode(drawable) * 31 + drawable.level
    }

    private fun pack(high: Int, low: Int): Long = (high.toLong() shl 32) xor (low.toLong() and 0xffffffffL)

    private companion object {
        const val MOST_VIEWS = 600
        const val MOST_LETTERS = 256
    }
}

/** Which views paint by themselves, so that nothing but their painting shows a change: those that override `onDraw`. */
internal class Painters {
    private val known = HashMap<Class<*>, Boolean>()

    fun paints(view: View): Boolean = known.getOrPut(view.javaClass) { overridesOnDraw(view.javaClass) }

    private fun overridesOnDraw(view: Class<*>): Boolean {
        var type: Class<*>? = view
        while (type != null && !type.name.startsWith("android.")) {
            try {
                type.getDeclaredMethod("onDraw", Canvas::class.java)
                return true
            } catch (_: NoSuchMethodException) {
                type = type.superclass
            }
        }
        return false
    }
}

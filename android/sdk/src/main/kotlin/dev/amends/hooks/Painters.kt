package dev.amends.hooks

import android.graphics.Canvas
import android.view.TextureView
import android.view.View
import android.view.ViewGroup
import android.webkit.WebView
import android.widget.TextView

/**
 * Which views paint by themselves, so that nothing but their being painted anew shows a change: those of the app's own that
 * override `onDraw`, web pages, and textures with a new frame. Not what paints a text as well: a button of the app's own
 * is painted anew because it is pressed.
 */
internal class Painters {
    private val overrides = Trait(::overridesOnDraw)

    /** Whether this one paints, and is about to. */
    fun paints(view: View): Boolean = view.isDirty && isPainter(view) && !(view is ViewGroup && view.hasDirtyPart())

    private fun isPainter(view: View): Boolean =
        view is WebView || view is TextureView ||
            (view !is TextView && overrides.isOf(view))

    /** A group is dirty with each of its parts: then nobody knows whether it is painted as well. */
    private fun ViewGroup.hasDirtyPart(): Boolean {
        for (index in 0 until childCount) if (getChildAt(index)?.isDirty == true) return true
        return false
    }

    private fun overridesOnDraw(view: Class<*>): Boolean {
        var type: Class<*>? = view
        while (type != null && LIBRARIES.none(type.name::startsWith)) {
            try {
                type.getDeclaredMethod("onDraw", Canvas::class.java)
                return true
            } catch (_: NoSuchMethodException) {
                type = type.superclass
            }
        }
        return false
    }

    private companion object {
        /** Whose views show what they paint in other ways, too; the window's own is painted when a message of ours leaves it. */
        val LIBRARIES = arrayOf("android.", "androidx.", "com.google.android.material.", "com.android.internal.")
    }
}

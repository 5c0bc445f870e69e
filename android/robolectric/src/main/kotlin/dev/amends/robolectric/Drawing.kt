package dev.amends.robolectric

import android.graphics.Picture
import android.os.Build
import android.os.Handler
import android.os.Looper
import android.os.SystemClock
import android.view.View
import android.view.ViewTreeObserver
import android.view.inspector.WindowInspector
import org.robolectric.util.ReflectionHelpers
import java.util.Collections
import java.util.WeakHashMap

/** Draws the windows that have no true surface, when they would draw: right after they have said that they are about to. */
internal object Drawing {
    private val known: MutableSet<View> = Collections.newSetFromMap(WeakHashMap())

    /** Also for the windows that have come since the last time. */
    fun begin() {
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.Q) return // before, nobody lists the windows
        for (root in WindowInspector.getGlobalWindowViews()) {
            if (root.width == 0 || root in known) continue
            known += root
            root.viewTreeObserver.addOnPreDrawListener(OnFrame(root))
            draw(root)
        }
    }

    private fun draw(root: View) {
        val attached = ReflectionHelpers.getField<Any?>(root, "mAttachInfo") ?: return
        // By it animations of the old sort move on; a window without a surface leaves it at 0.
        ReflectionHelpers.setField(attached, "mDrawingTime", SystemClock.uptimeMillis())
        val picture = Picture() // thrown away
        root.draw(picture.beginRecording(root.width, root.height))
        picture.endRecording()
    }

    private class OnFrame(private val root: View) : ViewTreeObserver.OnPreDrawListener {
        private val main = Handler(Looper.getMainLooper())
        private var isDue = false

        override fun onPreDraw(): Boolean {
            if (!isDue) isDue = main.postAtFrontOfQueue(::onDraw)
            return true
        }

        private fun onDraw() {
            isDue = false
            if (root.isDirty && root.isShown) draw(root)
        }
    }
}

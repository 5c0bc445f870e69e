package dev.amends.hooks

import android.os.Build
import android.view.View
import android.view.WindowInsets
import dev.amends.NewerAndroid
import dev.amends.Reaction

/**
 * What all windows of the app showed when the person began to do something in one of them, and what became of it. Calls
 * [surfaceChanged] when a surface shows something else, which none of our looks would find.
 */
internal class Scene(private val windows: Windows, private val surfaceChanged: (Scene) -> Unit) {
    private val fingerprint = Fingerprint()
    private val watches = ArrayList<SurfaceReader.Watch>()
    private var hasSurfaceChanged = false
    private var before = 0L
    private var rootsBefore = 0
    private var keyboardBefore = false

    /** The root of the window in which they do it. */
    var root: View? = null
        private set

    /**
     * Whether the app's answer may be where nobody can look: most of the window is a surface that nobody reads (a camera, a
     * map), and what is touched lies beside it.
     */
    var isBlind: Boolean = false
        private set

    /** How it is now. */
    fun take(root: View) {
        forget()
        this.root = root
        before = fingerprint.of(rootsWith(root))
        isBlind = fingerprint.blindSpot * 2 > root.width.toLong() * root.height
        rootsBefore = windows.rootCount()
        keyboardBefore = isKeyboardUp(root)
        hasSurfaceChanged = false
        for (surface in fingerprint.surfaces) {
            val watch = Surfaces.readerOf(surface)?.watch(surface) {
                hasSurfaceChanged = true
                surfaceChanged(this)
            }
            if (watch != null) watches += watch
        }
    }

    /** The app is about to get the touch that ends the act. */
    fun lifting() {
        for (watch in watches) watch.lifting()
    }

    /** It has had it. */
    fun lifted() {
        // One of them may say that it changed, upon which all are let go.
        for (watch in watches.toTypedArray()) watch.lifted()
    }

    /** Another finger comes down. */
    fun disturbed() {
        for (watch in watches) watch.disturbed()
    }

    /**
     * What is different now; `null` if nothing is. [drawn] is the root that is about to draw, if one is. Surfaces tell by
     * themselves, unless the person [goesOn] before.
     */
    fun change(drawn: View?, goesOn: Boolean = false): Reaction? {
        val root = root ?: return null
        return when {
            hasSurfaceChanged || (goesOn && watches.any { it.hasChanged() }) -> Reaction.FRAME
            windows.rootCount() != rootsBefore -> Reaction.DIALOG
            fingerprint.of(rootsWith(root), drawn) != before || fingerprint.paints -> Reaction.FRAME
            isKeyboardUp(root) != keyboardBefore -> Reaction.KEYBOARD
            else -> null
        }
    }

    /** Lets go of the views. */
    fun forget() {
        root = null
        fingerprint.forget()
        for (watch in watches) watch.close()
        watches.clear()
    }

    /** This one first; then the others: what a dialog's button changes may be behind the dialog. */
    private fun rootsWith(root: View): List<View> {
        val all = ArrayList<View>()
        all += root
        for (other in windows.roots()) if (other !== root) all += other
        return all
    }

    private fun isKeyboardUp(root: View): Boolean =
        Build.VERSION.SDK_INT >= Build.VERSION_CODES.R && isKeyboardUpNow(root)

    @NewerAndroid(Build.VERSION_CODES.R)
    private fun isKeyboardUpNow(root: View): Boolean =
        root.rootWindowInsets?.isVisible(WindowInsets.Type.ime()) ?: false
}

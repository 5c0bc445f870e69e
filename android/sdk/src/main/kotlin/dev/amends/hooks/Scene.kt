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
internal class Scene(
    private val windows: Windows,
    private val pressFeedback: PressFeedback,
    private val surfaceChanged: (Scene) -> Unit,
) {
    private val fingerprint = Fingerprint()
    private val looks = Looks()
    private val watches = ArrayList<SurfaceReader.Watch>()

    // Used again at each look, so that looking makes nothing new.
    private val roots = ArrayList<View>()
    private var rootsNow = 0
    private var hasSurfaceChanged = false
    private var rootsBefore = 0
    private var keyboardBefore = false

    // What is touched, and how it looked: most often it is what changes.
    private var touched: View? = null
    private var touchedBefore = 0L
    private var scaleXBefore = 1f
    private var scaleYBefore = 1f

    // Which windows are in the fingerprint that was taken at rest, and in which order; none is.
    private var atRest = NO_ROOTS

    /** The root of the window in which they do it. */
    var root: View? = null
        private set

    /**
     * Whether the app's answer may be where nobody can look: most of the window is a surface that nobody reads (a camera, a
     * map), and what is touched lies beside it; there are more views than are read; or nobody says which windows there are.
     */
    var isBlind: Boolean = false
        private set

    /** Whether what is touched looks pressed. */
    val isPressed: Boolean get() = touched?.isPressed == true

    /**
     * Reads what the windows show while nothing moves, so that a touch in [root] does not have to wait for that. Holds until
     * [moved]; surfaces have to be watched from the touch on, and where there are some nothing is kept.
     */
    fun rest(root: View) {
        atRest = NO_ROOTS
        listRoots(root)
        fingerprint.take(roots)
        if (fingerprint.surfaces.isEmpty() && !fingerprint.isRunning) atRest = printOfRoots()
        forget()
    }

    /** What was read at [rest] may not be true any more. */
    fun moved() {
        atRest = NO_ROOTS
    }

    /** How it is now. [touched] is looked at first when it is asked for a change; `null` if it is not known. */
    fun take(root: View, touched: View?) {
        forget()
        this.root = root
        listRoots(root)
        rootsBefore = rootsNow
        if (!isAtRest()) fingerprint.take(roots)
        atRest = NO_ROOTS // what is seen from here on is compared with it, and is not at rest
        isBlind = rootsNow == 0 || fingerprint.isCutOff ||
            fingerprint.blindSpot * 2 > root.width.toLong() * root.height
        keyboardBefore = isKeyboardUp(root)
        this.touched = touched
        if (touched != null) {
            touchedBefore = looks.withoutScale(touched)
            scaleXBefore = touched.scaleX
            scaleYBefore = touched.scaleY
        }
        hasSurfaceChanged = false
        val surfaces = fingerprint.surfaces
        for (index in surfaces.indices) {
            val surface = surfaces[index]
            val watch = Surfaces.readerOf(surface)?.watch(surface) {
                hasSurfaceChanged = true
                surfaceChanged(this)
            }
            if (watch != null) watches += watch
        }
    }

    /** The finger still presses what is touched, which did not move before: if it is smaller now, then because of that. */
    fun pressed() {
        val touched = touched ?: return
        if (touched.scaleX < scaleXBefore || touched.scaleY < scaleYBefore) pressFeedback.add(touched)
    }

    /** The app is about to get the touch that ends the act. */
    fun lifting() {
        for (index in watches.indices) watches[index].lifting()
    }

    /** It has had it. */
    fun lifted() {
        // One of them may say that it changed, upon which all are let go.
        if (watches.isNotEmpty()) for (watch in watches.toTypedArray()) watch.lifted()
    }

    /** Another finger comes down. */
    fun disturbed() {
        for (index in watches.indices) watches[index].disturbed()
    }

    /**
     * What is different now; `null` if nothing is. [drawn] is the root that is about to draw, if one is. Surfaces tell by
     * themselves, unless the person [goesOn] before. [mayBePressed]: that what was touched is smaller may be no answer.
     */
    fun change(drawn: View?, goesOn: Boolean = false, mayBePressed: Boolean = false): Reaction? {
        val root = root ?: return null
        if (hasSurfaceChanged || (goesOn && isAnySurfaceOther())) return Reaction.FRAME
        val feedback = touched?.takeIf { mayBePressed && pressFeedback.has(it) }
        if (isTouchedOther(mayBeSmaller = feedback != null)) return Reaction.FRAME
        // Most answers are where the person is. What else there is makes a list, and is asked for after that.
        if (fingerprint.hasChanged(root, root === drawn, feedback)) return Reaction.FRAME
        listRoots(root)
        return when {
            rootsNow != rootsBefore -> Reaction.DIALOG
            areOthersOther(drawn) -> Reaction.FRAME
            isKeyboardUp(root) != keyboardBefore -> Reaction.KEYBOARD
            else -> null
        }
    }

    /** One that was taken away is not seen any more, whatever it looks like. */
    private fun isTouchedOther(mayBeSmaller: Boolean): Boolean {
        val touched = touched ?: return false
        if (!touched.isAttachedToWindow) return false
        return looks.withoutScale(touched) != touchedBefore ||
            isScaleOther(touched.scaleX, scaleXBefore, mayBeSmaller) ||
            isScaleOther(touched.scaleY, scaleYBefore, mayBeSmaller)
    }

    private fun isScaleOther(now: Float, before: Float, mayBeSmaller: Boolean): Boolean =
        if (mayBeSmaller) now > before else now.toRawBits() != before.toRawBits()

    private fun isAnySurfaceOther(): Boolean {
        for (index in watches.indices) if (watches[index].hasChanged()) return true
        return false
    }

    private fun areOthersOther(drawn: View?): Boolean {
        for (index in 1 until roots.size) {
            if (fingerprint.hasChangedToo(roots[index], roots[index] === drawn)) return true
        }
        return false
    }

    /** Lets go of the views. */
    fun forget() {
        root = null
        touched = null
        roots.clear()
        fingerprint.forget()
        for (index in watches.indices) watches[index].close()
        watches.clear()
    }

    /** This one first; then the others: what a dialog's button changes may be behind the dialog. */
    private fun listRoots(root: View) {
        val all = windows.roots()
        rootsNow = all.size
        roots.clear()
        roots += root
        for (index in all.indices) if (all[index] !== root) roots += all[index]
    }

    private fun isAtRest(): Boolean {
        if (atRest == NO_ROOTS) return false
        // Something was changed just now, and its frame has not come yet.
        for (index in roots.indices) if (roots[index].isLayoutRequested) return false
        return atRest == printOfRoots()
    }

    private fun printOfRoots(): Long {
        var print = roots.size.toLong()
        for (index in roots.indices) print = mix(print, System.identityHashCode(roots[index]).toLong())
        return if (print == NO_ROOTS) 1 else print
    }

    private fun isKeyboardUp(root: View): Boolean =
        Build.VERSION.SDK_INT >= Build.VERSION_CODES.R && isKeyboardUpNow(root)

    @NewerAndroid(Build.VERSION_CODES.R)
    private fun isKeyboardUpNow(root: View): Boolean =
        root.rootWindowInsets?.isVisible(WindowInsets.Type.ime()) ?: false

    private companion object {
        const val NO_ROOTS = 0L
    }
}

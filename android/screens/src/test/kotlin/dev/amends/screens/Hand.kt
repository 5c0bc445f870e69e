package dev.amends.screens

import android.view.KeyEvent
import android.view.MotionEvent
import android.view.View
import android.view.inputmethod.EditorInfo
import dev.amends.robolectric.Finger
import kotlin.random.Random

/** A person who touches a screen at random, the same way each time for a seed. */
internal class Hand(private val phone: Phone, private val engine: Engine, private val random: Random) {
    private var stuck = 0

    // The latest gesture was a tap or a submit, and nothing else.
    private var isPlain = false

    /**
     * Does one thing, or several in a hurry; afterwards it waits until whatever was done is judged. Says whether it was one
     * alone, so that nothing else can be taken for its answer.
     */
    fun act(): Boolean {
        val series = if (random.nextInt(100) < 55) 1 else random.nextInt(2, 6)
        repeat(series) {
            gesture()
            if (series > 1) phone.pass(random.nextLong(20, if (random.nextBoolean()) 200 else 900))
        }
        phone.pass(JUDGED_AFTER_MS)
        while (phone.awaited > 0) phone.pass(100)
        // A dialog in which nothing is found is left, as one would.
        stuck = if (phone.canGoBack) stuck + 1 else 0
        if (stuck > 1 && random.nextBoolean()) {
            engine.note("back")
            phone.back()
            phone.pass(JUDGED_AFTER_MS)
        }
        return series == 1 && isPlain
    }

    private fun gesture() {
        val root = phone.top
        val field = root.findFocus()
        isPlain = true
        if (field != null && field.onCheckIsTextEditor() && random.nextInt(100) < 30) return type(root, field)
        val (x, y) = point(root)
        when (random.nextInt(100)) {
            in 0 until 56 -> tap(root, x, y, heldMs = random.nextLong(20, 350))
            in 56 until 66 -> taps(root, x, y, count = 2)
            in 66 until 72 -> taps(root, x, y, count = random.nextInt(3, 7))
            in 72 until 79 -> tap(root, x, y, heldMs = random.nextLong(600, 1_000))
            in 79 until 87 -> drag(root, x, y, steps = random.nextInt(8, 30))
            in 87 until 94 -> fling(root, x, y)
            in 94 until 97 -> drag(root, x, y, steps = 10, heldMs = 700)
            else -> twoFingers(root, x, y)
        }
    }

    /** Mostly on an element, so that something comes of it. */
    private fun point(root: View): Pair<Float, Float> {
        val seen = Elements.seenIn(root)
        if (seen.isNotEmpty() && random.nextInt(100) < 80) {
            val bounds = seen[random.nextInt(seen.size)].bounds
            return bounds.left + random.nextFloat() * bounds.width() to
                bounds.top + random.nextFloat() * bounds.height()
        }
        return random.nextFloat() * root.width to random.nextFloat() * root.height
    }

    private fun begin(what: String, root: View, x: Float, y: Float) {
        val seen = Elements.at(root, x, y)
        engine.touched = seen?.element
        engine.rows.isUnderFinger = seen?.isRow == true
        engine.note("%s at %.0f, %.0f in %s on %s".format(what, x, y, root.javaClass.simpleName, engine.touched))
    }

    private fun comesDown(finger: Finger, x: Float, y: Float) {
        engine.rows.isFingerDown = true
        finger.down(x, y)
    }

    private fun goesUp(finger: Finger, x: Float, y: Float) {
        engine.rows.isFingerDown = false
        finger.up(x, y)
    }

    private fun tap(root: View, x: Float, y: Float, heldMs: Long) {
        begin("tap for $heldMs ms", root, x, y)
        val finger = Finger(root)
        comesDown(finger, x, y)
        phone.pass(heldMs)
        goesUp(finger, x, y)
        phone.pass(10)
    }

    private fun taps(root: View, x: Float, y: Float, count: Int) {
        repeat(count) {
            // A window that has come since then gets the next one.
            if (phone.top !== root) return
            tap(root, x, y, heldMs = random.nextLong(30, 90))
            phone.pass(random.nextLong(30, 160))
        }
    }

    private fun drag(root: View, x: Float, y: Float, steps: Int, heldMs: Long = 0) {
        val (toX, toY) = random.nextFloat() * root.width to random.nextFloat() * root.height
        begin("drag over $steps frames to %.0f, %.0f, held for $heldMs ms,".format(toX, toY), root, x, y)
        move(root, x, y, toX, toY, steps, heldMs)
    }

    /** Ends while the finger is fast; often the next touch stops what goes on. */
    private fun fling(root: View, x: Float, y: Float) {
        val toY = (y + (if (random.nextBoolean()) -1 else 1) * root.height * random.nextDouble(0.2, 0.5)).toFloat()
        begin("fling", root, x, y)
        move(root, x, y, x, toY, steps = 5)
        if (random.nextBoolean()) return
        phone.pass(random.nextLong(30, 500))
        if (phone.top !== root) return
        val (nextX, nextY) = point(root)
        tap(root, nextX, nextY, heldMs = random.nextLong(20, 120))
    }

    private fun move(root: View, x: Float, y: Float, toX: Float, toY: Float, steps: Int, heldMs: Long = 0) {
        isPlain = false
        val finger = Finger(root)
        comesDown(finger, x, y)
        phone.pass(heldMs)
        for (step in 1..steps) {
            phone.pass(16)
            val part = step / steps.toFloat()
            finger.touch(MotionEvent.ACTION_MOVE, x + (toX - x) * part, y + (toY - y) * part)
        }
        goesUp(finger, toX, toY)
        phone.pass(10)
    }

    private fun twoFingers(root: View, x: Float, y: Float) {
        begin("two fingers", root, x, y)
        isPlain = false
        val second = 1 shl MotionEvent.ACTION_POINTER_INDEX_SHIFT
        val both = listOf(x to y, x + 40 to y + 40)
        val finger = Finger(root)
        comesDown(finger, x, y)
        phone.pass(20)
        finger.touch(MotionEvent.ACTION_POINTER_DOWN or second, both)
        phone.pass(20)
        finger.touch(MotionEvent.ACTION_POINTER_UP or second, both)
        phone.pass(20)
        goesUp(finger, x, y)
        phone.pass(20)
    }

    /** Types a letter, and often submits: with the keyboard's own key or with Enter. */
    private fun type(root: View, field: View) {
        val editor = EditorInfo()
        val input = field.onCreateInputConnection(editor) ?: return
        engine.note("types")
        input.commitText("a", 1)
        phone.pass(100)
        if (random.nextBoolean()) return
        engine.touched = Elements.of(field) ?: engine.touched
        val action = editor.imeOptions and EditorInfo.IME_MASK_ACTION
        engine.note(
            "submits with ${if (action > EditorInfo.IME_ACTION_NONE) "action $action" else "Enter"} on ${engine.touched}",
        )
        if (action > EditorInfo.IME_ACTION_NONE && random.nextBoolean()) {
            input.performEditorAction(action)
        } else {
            for (key in listOf(KeyEvent.ACTION_DOWN, KeyEvent.ACTION_UP)) {
                root.dispatchKeyEvent(KeyEvent(key, KeyEvent.KEYCODE_ENTER))
            }
        }
        phone.pass(10)
    }

    companion object {
        /** Longer than the wait after which a tap is dead. */
        const val JUDGED_AFTER_MS = 3_200L
    }
}

package dev.amends.robolectric

import android.os.SystemClock
import android.view.InputDevice
import android.view.MotionEvent
import android.view.View

/** A finger on a window, whose touches come in at its decor view as the system's do: through the `Window.Callback`. */
public class Finger(private val decor: View) {
    private var downAt = 0L

    /** Taps the middle of the view. */
    public fun tap(view: View) {
        val (x, y) = middleOf(view)
        tap(x, y)
    }

    /** Taps here, in pixels of the window. */
    public fun tap(x: Float, y: Float, heldMs: Long = 60) {
        down(x, y)
        idle(heldMs)
        up(x, y)
        idle(20)
    }

    /** Drags from here to there in [steps] of 16 ms. */
    public fun drag(fromX: Float, fromY: Float, toX: Float, toY: Float, steps: Int = 10) {
        down(fromX, fromY)
        for (step in 1..steps) {
            idle(16)
            val part = step / steps.toFloat()
            touch(MotionEvent.ACTION_MOVE, fromX + (toX - fromX) * part, fromY + (toY - fromY) * part)
        }
        up(toX, toY)
        idle(20)
    }

    /** Comes down. */
    public fun down(x: Float, y: Float) {
        downAt = SystemClock.uptimeMillis()
        touch(MotionEvent.ACTION_DOWN, x, y)
    }

    /** Comes down on the middle of the view. */
    public fun down(view: View) {
        val (x, y) = middleOf(view)
        down(x, y)
    }

    /** Lifts from there. */
    public fun up(view: View) {
        val (x, y) = middleOf(view)
        up(x, y)
    }

    /** Lifts. */
    public fun up(x: Float, y: Float): Unit = touch(MotionEvent.ACTION_UP, x, y)

    /** Any one-finger touch of a gesture that has begun. */
    public fun touch(action: Int, x: Float, y: Float): Unit = touch(action, listOf(x to y))

    /** Any touch of a gesture that has begun, with the places of all fingers. */
    public fun touch(action: Int, places: List<Pair<Float, Float>>) {
        val fingers = Array(places.size) { nth ->
            MotionEvent.PointerProperties().apply {
                id = nth
                toolType = MotionEvent.TOOL_TYPE_FINGER // Compose is more lenient with fingers than with a mouse
            }
        }
        val points = Array(places.size) { nth ->
            MotionEvent.PointerCoords().apply {
                x = places[nth].first
                y = places[nth].second
                pressure = 1f
                size = 1f
            }
        }
        val now = SystemClock.uptimeMillis()
        val source = InputDevice.SOURCE_TOUCHSCREEN
        val event = MotionEvent.obtain(downAt, now, action, places.size, fingers, points, 0, 0, 1f, 1f, 0, 0, source, 0)
        decor.dispatchTouchEvent(event)
        event.recycle()
    }

    private fun middleOf(view: View): Pair<Float, Float> {
        val at = IntArray(2).also { view.getLocationInWindow(it) }
        return Pair(at[0] + view.width / 2f, at[1] + view.height / 2f)
    }
}

package dev.amends.banner

import android.view.MotionEvent
import android.view.VelocityTracker
import android.view.View
import android.view.ViewConfiguration
import kotlin.math.abs

/** Takes a view along with the finger: sideways, and towards its [edge] (-1 the top, 1 the bottom). */
internal class Swipe(
    private val view: View,
    private val edge: Int,
    private val canScroll: (direction: Int) -> Boolean,
    private val onAway: () -> Unit,
) {
    private val configuration = ViewConfiguration.get(view.context)
    private val slop = configuration.scaledTouchSlop
    private var speed: VelocityTracker? = null
    private var downX = 0f
    private var downY = 0f
    private var axis = 0

    /** Whether the finger has begun to swipe, so that no button below it is tapped. */
    fun intercepts(event: MotionEvent): Boolean {
        follow(event)
        return axis != 0
    }

    /** What nothing else wanted. */
    fun handles(event: MotionEvent) {
        follow(event)
        when (event.actionMasked) {
            MotionEvent.ACTION_MOVE -> drag(event)
            MotionEvent.ACTION_UP -> if (axis != 0) letGo()
            MotionEvent.ACTION_CANCEL -> if (axis != 0) back()
        }
    }

    private fun follow(event: MotionEvent) {
        if (event.actionMasked == MotionEvent.ACTION_DOWN) {
            downX = event.rawX
            downY = event.rawY
            axis = 0
            speed?.recycle()
            speed = VelocityTracker.obtain()
        }
        measure(event)
        if (event.actionMasked == MotionEvent.ACTION_MOVE && axis == 0) axis = axisOf(event)
    }

    /** Where on the screen is what counts: within a view that moves along, a finger stands still. */
    private fun measure(event: MotionEvent) {
        val onScreen = MotionEvent.obtain(event)
        onScreen.offsetLocation(event.rawX - event.x, event.rawY - event.y)
        speed?.addMovement(onScreen)
        onScreen.recycle()
    }

    private fun axisOf(event: MotionEvent): Int {
        val (x, y) = (event.rawX - downX) to (event.rawY - downY)
        return when {
            abs(x) > slop && abs(x) > abs(y) -> SIDEWAYS
            y * edge > slop && !canScroll(-edge) -> OUT
            else -> 0
        }
    }

    private fun drag(event: MotionEvent) {
        if (axis == SIDEWAYS) {
            view.translationX = event.rawX - downX
            view.alpha = 1 - (abs(view.translationX) / view.width).coerceAtMost(MOST_FADED)
        } else if (axis == OUT) {
            view.translationY = ((event.rawY - downY) * edge).coerceAtLeast(0f) * edge
        }
    }

    private fun letGo() {
        val tracker = speed ?: return back()
        tracker.computeCurrentVelocity(A_SECOND_MS)
        val fling = configuration.scaledMinimumFlingVelocity * FLING
        val (way, velocity, far) = when (axis) {
            SIDEWAYS -> Triple(view.translationX, tracker.xVelocity, view.width * FAR_SIDEWAYS)
            else -> Triple(view.translationY, tracker.yVelocity, view.height * FAR_OUT)
        }
        axis = 0
        if (abs(way) > far || (abs(velocity) > fling && velocity * way > 0)) onAway() else back()
    }

    private fun back() {
        axis = 0
        view.animate().translationX(0f).translationY(0f).alpha(1f)
    }

    private companion object {
        const val SIDEWAYS = 1
        const val OUT = 2
        const val A_SECOND_MS = 1000
        const val FLING = 4
        const val FAR_SIDEWAYS = 0.35f
        const val FAR_OUT = 0.4f
        const val MOST_FADED = 0.8f
    }
}

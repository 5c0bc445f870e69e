package dev.amends.hooks

import android.content.res.Resources
import android.view.KeyEvent
import android.view.MotionEvent
import android.view.View
import android.view.ViewConfiguration
import android.view.Window
import dev.amends.Guard
import dev.amends.Role
import dev.amends.core.Event
import dev.amends.core.Tap
import kotlin.math.abs

/** Makes taps out of a window's touches. A drag, a long press or a swipe is none. */
internal class Touches(
    window: Window,
    private val shared: Shared,
) : WindowInput {
    /** One finger, one gesture: all windows share what they need for it. */
    internal class Shared(
        val sink: Sink,
        val evidence: Evidence,
        val target: TapTarget,
        val submits: Submits,
        val guard: Guard,
        /** Hears of each touch and key: the person does something. */
        val onInput: () -> Unit,
    ) {
        /** When a finger last dragged something: what it let go may fly on. */
        var draggedAt: Long = -FLIES_MS
    }

    private val decor: View = window.decorView
    private val slop = ViewConfiguration.get(decor.context).scaledTouchSlop
    private val longPressMs = ViewConfiguration.getLongPressTimeout()
    private var isTap = false
    private var downAt = 0L
    private var fingers = 0
    private var downX = 0f
    private var downY = 0f

    // Android has told the target that it is pressed.
    private var hasArrived = false
    private var isWatched = false

    // What it does may be nothing but to stop what flies.
    private var mayStop = false

    override fun beforeTouch(event: MotionEvent, action: Int): Unit = shared.guard.run {
        when (action) {
            MotionEvent.ACTION_DOWN -> down(event)
            MotionEvent.ACTION_POINTER_DOWN -> fingers = maxOf(fingers, event.pointerCount)
            MotionEvent.ACTION_MOVE -> if (hasMoved(event)) drag(event)
            MotionEvent.ACTION_CANCEL -> isTap = false
            MotionEvent.ACTION_UP -> up(event)
        }
    }

    override fun afterTouch(action: Int): Unit = shared.guard.run {
        if (isPressed()) hasArrived = true
        when (action) {
            MotionEvent.ACTION_UP -> {
                shared.evidence.dispatched()
                if (isWatched && !hasArrived) shared.evidence.stopped()
            }

            MotionEvent.ACTION_CANCEL -> {
                shared.evidence.dispatched()
            }

            else -> {
                return
            }
        }
        shared.evidence.drop()
        shared.target.forget()
    }

    override fun beforeKey(event: KeyEvent): Unit = shared.guard.run {
        shared.onInput()
        shared.submits.beforeKey(decor, event)
    }

    private fun down(event: MotionEvent) {
        isTap = shared.sink.isOn && shared.evidence.isOn
        if (!isTap) return
        shared.onInput()
        fingers = 1
        downX = event.x
        downY = event.y
        hasArrived = false
        isWatched = false
        downAt = event.eventTime
        mayStop = downAt - shared.draggedAt < FLIES_MS && shared.evidence.isMoving
        val target = shared.target
        target.find(decor, downX, downY)
        shared.evidence.touched()
        if (target.isJudged) shared.evidence.prepare(decor, target.view)
    }

    private fun drag(event: MotionEvent) {
        isTap = false
        shared.draggedAt = event.eventTime
    }

    private fun hasMoved(event: MotionEvent): Boolean = abs(event.x - downX) > slop || abs(event.y - downY) > slop

    private fun up(event: MotionEvent) {
        if (isPressed()) hasArrived = true
        if (event.eventTime - downAt >= longPressMs) isTap = false
        if (hasMoved(event)) drag(event)
        if (!isTap) return mayHaveClicked()
        val target = shared.target
        shared.evidence.lifting(target.id)
        if (target.isOurs) return
        val density = Resources.getSystem().displayMetrics.density
        val tapped = Event.Tapped(
            Tap(
                target.id.toULong(),
                role(),
                target.isEnabled,
                fingers.coerceAtMost(UByte.MAX_VALUE.toInt()).toUByte(),
                (event.rawX / density).toInt(),
                (event.rawY / density).toInt(),
            ),
        )
        isWatched = target.isJudged && fingers == 1 && shared.evidence.isPrepared(decor)
        if (isWatched && !shared.evidence.isRepeated(target.id)) {
            shared.sink.sendLater(tapped)
        } else {
            shared.sink.send(tapped)
        }
        if (isWatched) {
            shared.evidence.open(target.id)
        } else {
            mayHaveClicked()
        }
    }

    /** A finger that stays on a button clicks, however long it was held and wherever on it it moved. */
    private fun mayHaveClicked() {
        if (shared.target.isJudged) shared.evidence.unwatched(shared.target.id)
    }

    /** Whether the target looks so. What is in a surface looks as it likes. */
    private fun isPressed(): Boolean = shared.target.surface != null || shared.target.view?.isPressed == true

    /** That of the target, unless nobody could say of this tap that nothing came of it. */
    private fun role(): Role = when {
        !shared.target.isJudged -> shared.target.role
        !shared.evidence.isPrepared(decor) -> Role.SURFACE
        shared.evidence.isBlind || (mayStop && shared.target.surface != null) -> Role.SURFACE
        shared.evidence.hasJustAnswered(shared.target.id) -> Role.SEGMENTED
        else -> shared.target.role
    }

    private companion object {
        /** A list flies no longer than that. */
        const val FLIES_MS = 3_000L
    }
}

package dev.amends.hooks

import android.animation.ObjectAnimator
import android.animation.StateListAnimator
import android.annotation.SuppressLint
import android.graphics.Rect
import android.view.MotionEvent
import android.view.View
import android.widget.TextView
import dev.amends.Reaction
import dev.amends.robolectric.idle
import dev.amends.robolectric.steadyFrames
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/** Buttons that shrink under the finger: that is no answer. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35], qualifiers = "w360dp-h640dp-xhdpi")
@GraphicsMode(GraphicsMode.Mode.NATIVE)
class PressFeedbackTest {
    private val phone = steadyFrames().let { Phone() }
    private var isSmall = false

    private fun button(then: View.() -> Unit = {}) = phone.show(
        TextView(phone.activity).apply {
            text = "Pay"
            setOnClickListener(then)
        },
    )

    private fun View.shrinking() = apply {
        fun to(scale: Float) = ObjectAnimator.ofFloat(this, View.SCALE_X, scale).setDuration(100)
        stateListAnimator = StateListAnimator().apply {
            addState(intArrayOf(android.R.attr.state_pressed), to(0.9f))
            addState(intArrayOf(), to(1f))
        }
    }

    private fun reactionsTo(view: View, heldMs: Long) = phone.after {
        val place = Rect().also(view::getGlobalVisibleRect)
        phone.finger.down(place.exactCenterX(), place.exactCenterY())
        idle(heldMs)
        isSmall = view.scaleX < 1
        phone.finger.up(place.exactCenterX(), place.exactCenterY())
    }.also { assertEquals(1, it.taps.size) }.reactions

    @Test
    fun `a dead button that shrinks is dead, once it was seen to also when it is touched for a moment`() {
        val dead = button().shrinking()
        assertEquals(emptyList<Reaction>(), reactionsTo(dead, heldMs = 150))
        assertEquals("it does shrink", true, isSmall)
        repeat(3) { assertEquals(emptyList<Reaction>(), reactionsTo(dead, heldMs = 10)) }
    }

    @Test
    @SuppressLint("ClickableViewAccessibility")
    fun `so is one whose touch listener makes it small`() {
        val dead = button().apply {
            setOnTouchListener { view, event ->
                when (event.action) {
                    MotionEvent.ACTION_DOWN -> view.animate().scaleX(0.9f).duration = 100
                    MotionEvent.ACTION_UP -> view.animate().scaleX(1f).duration = 100
                }
                false
            }
        }
        assertEquals(emptyList<Reaction>(), reactionsTo(dead, heldMs = 150))
        assertEquals(true, isSmall)
    }

    @Test
    fun `what is in it, or turns for good, is an answer all the same`() {
        val text = button { (this as TextView).text = "Paid" }.shrinking()
        assertEquals(listOf(Reaction.FRAME), reactionsTo(text, heldMs = 150))
        val arrow = button { rotation += 180 }.shrinking()
        repeat(2) { assertEquals(listOf(Reaction.FRAME), reactionsTo(arrow, heldMs = 150)) }
    }

    @Test
    fun `another view that moves is an answer, and so is a button that moves when it was clicked`() {
        val other = button()
        val works = button { other.animate().scaleX(0.5f + other.scaleX / 2).duration = 50 }.shrinking()
        other.scaleX = 0.5f
        idle(1_000)
        repeat(2) { assertEquals(listOf(Reaction.FRAME), reactionsTo(works, heldMs = 150)) }
        val bounces = button { animate().scaleX(0.8f).setDuration(50).withEndAction { scaleX = 1f } }
        repeat(2) { assertEquals(listOf(Reaction.FRAME), reactionsTo(bounces, heldMs = 150)) }
        assertEquals("not while it is held", false, isSmall)
    }
}

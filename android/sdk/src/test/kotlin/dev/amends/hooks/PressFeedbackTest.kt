package dev.amends.hooks

import android.animation.ObjectAnimator
import android.animation.StateListAnimator
import android.annotation.SuppressLint
import android.graphics.Rect
import android.util.Property
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

    /** Over before its transform is compared. */
    private fun View.plays(property: Property<View, Float>, vararg values: Float) =
        ObjectAnimator.ofFloat(this, property, *values).setDuration(250).start()

    private fun View.shrinking() = apply {
        fun to(scale: Float) = ObjectAnimator.ofFloat(this, View.SCALE_X, scale).setDuration(100)
        stateListAnimator = StateListAnimator().apply {
            addState(intArrayOf(android.R.attr.state_pressed), to(0.9f))
            addState(intArrayOf(), to(1f))
        }
    }

    private fun reactionsTo(view: View, heldMs: Long, waitMs: Long = 3_500) = phone.recorder.run {
        clear()
        val place = Rect().also(view::getGlobalVisibleRect)
        phone.finger.down(place.exactCenterX(), place.exactCenterY())
        idle(heldMs)
        isSmall = view.scaleX < 1
        phone.finger.up(place.exactCenterX(), place.exactCenterY())
        idle(waitMs)
        assertEquals(1, taps.size)
        reactions
    }

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
    fun `so is one that shrinks, and answers by a shake of its own or by growing for a moment`() {
        val shakes = button { plays(View.TRANSLATION_X, 0f, 9f, -9f, 0f) }
        val grows = button { plays(View.SCALE_Y, 1f, 1.2f, 1f) }
        for (button in listOf(shakes, grows)) {
            button.shrinking()
            repeat(2) { assertEquals(listOf(Reaction.FRAME), reactionsTo(button, heldMs = 150)) }
            assertEquals(true, isSmall)
        }
    }

    @Test
    fun `the answer to a tap is not taken for a shrinking by the next one`() {
        val nods = button { plays(View.SCALE_X, 1f, 0.8f, 1f) }
        for (pause in listOf(20L, 120, 200)) {
            reactionsTo(nods, heldMs = 20, waitMs = pause)
            reactionsTo(nods, heldMs = 60)
            assertEquals(listOf(Reaction.FRAME), reactionsTo(nods, heldMs = 60))
        }
    }

    @Test
    fun `what shrinks by itself while a finger happens to be on it is not known for it`() {
        val nods = button { plays(View.SCALE_X, 1f, 0.8f, 1f) }
        nods.animate().scaleX(0.7f).duration = 300
        idle(30)
        reactionsTo(nods, heldMs = 100)
        nods.scaleX = 1f
        idle(3_000)
        assertEquals(listOf(Reaction.FRAME), reactionsTo(nods, heldMs = 60))
    }

    @Test
    fun `a dead one that is tapped again and again stays dead`() {
        val dead = button().shrinking()
        reactionsTo(dead, heldMs = 150)
        for (held in listOf(60L, 250, 60, 250)) {
            assertEquals(emptyList<Reaction>(), reactionsTo(dead, held, waitMs = 500))
        }
        idle(3_500)
        assertEquals(emptyList<Reaction>(), phone.recorder.reactions)
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

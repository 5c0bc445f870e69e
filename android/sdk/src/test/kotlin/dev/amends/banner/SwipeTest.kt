package dev.amends.banner

import android.view.MotionEvent
import android.view.ViewConfiguration
import dev.amends.Response
import dev.amends.robolectric.Finger
import dev.amends.robolectric.idle
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config

/** It goes along with the finger, and leaves if the finger meant it. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [24, 35])
class SwipeTest : BannerBench() {
    private val window = open<ShopActivity>().get().window
    private val finger: Finger = window.finger()
    private val swiped = listOf(shown(), ended(Response.DISMISSED))

    /** Shows it, and drags it by this part of its own size, without haste: a step of the finger in 16 ms. */
    private fun drag(right: Float = 0f, down: Float = 0f, steps: Int = 100, lift: Boolean = true) {
        if (reports.isEmpty()) {
            show(message())
            idle(300)
        }
        val card = window.card
        val (x, y) = card.middle()
        val (toX, toY) = x + right * card.width to y + down * card.height
        finger.down(x, y)
        for (step in 1..steps) {
            idle(FRAME_MS)
            val part = step / steps.toFloat()
            finger.touch(MotionEvent.ACTION_MOVE, x + (toX - x) * part, y + (toY - y) * part)
        }
        if (lift) finger.up(toX, toY)
    }

    private fun assertLeft() {
        idle(300)
        assertNull(window.banner())
        idle(5_000)
        assertEquals(swiped, reports)
    }

    private fun assertStayed() {
        idle(500)
        val card = window.card
        assertEquals(listOf(0f, 0f, 1f), listOf(card.translationX, card.translationY, card.alpha))
        assertEquals(listOf(shown()), reports)
    }

    @Test
    fun `far to the right`() {
        drag(right = 0.5f)
        assertLeft()
    }

    @Test
    fun `far to the left`() {
        drag(right = -0.5f)
        assertLeft()
    }

    @Test
    fun `out over its edge`() {
        drag(down = 0.7f)
        assertLeft()
    }

    @Test
    fun `not far enough, and back`() {
        drag(right = 0.3f)
        assertStayed()
    }

    @Test
    fun `a short flick is enough`() {
        drag(right = 0.25f, steps = 4)
        assertLeft()
    }

    @Test
    fun `a flick back is none`() {
        drag(right = 0.3f, lift = false)
        val (x, y) = window.card.middle()
        for (step in 1..4) {
            idle(FRAME_MS)
            finger.touch(MotionEvent.ACTION_MOVE, x - 15f * step, y)
        }
        finger.up(x - 60f, y)
        assertStayed()
    }

    @Test
    fun `into the window it does not go`() {
        drag(down = -1.5f, lift = false)
        assertEquals(0f, window.card.translationY)
        finger.up(0f, 0f)
        assertStayed()
    }

    @Test
    @Config(sdk = [35])
    fun `a long text is scrolled to its beginning first`() {
        show(message(text = message().text.repeat(30)))
        idle(300)
        drag(down = -0.3f)
        assertTrue(window.card.all().any { it.canScrollVertically(-1) })
        drag(down = 0.6f)
        assertStayed()
        assertTrue(window.card.all().none { it.canScrollVertically(-1) })
        drag(down = 0.6f)
        assertLeft()
    }

    @Test
    fun `it follows the finger and fades, and goes on where it was going`() {
        drag(right = 0.5f, lift = false)
        val card = window.card
        assertEquals(0.5f * card.width, card.translationX, 1f)
        assertTrue("${card.alpha}", card.alpha < 0.7f)
        val (x, y) = card.middle()
        finger.up(x, y)
        idle(80)
        assertTrue("${card.translationX}", card.translationX > 0.5f * card.width)
    }

    @Test
    fun `dragged out, it does not turn round on its way`() {
        drag(down = 0.7f)
        val card = window.card
        val before = card.translationY
        idle(80)
        assertTrue("$before ${card.translationY}", card.translationY >= before)
    }

    @Test
    fun `a finger that trembles taps`() {
        var retried = 0
        options.onRetry = { retried++ }
        show(message(actions = listOf(retry)))
        val (x, y) = window.card.button("Try again").middle()
        val slop = ViewConfiguration.get(application).scaledTouchSlop
        finger.drag(x, y, x + slop - 1, y)
        settle()
        assertEquals(1, retried)
    }

    @Test
    fun `a swipe that begins on a button is no tap`() {
        options.onRetry = { error("tapped") }
        show(message(actions = listOf(retry)))
        val (x, y) = window.card.button("Try again").middle()
        finger.drag(x, y, x + 200f, y)
        assertLeft()
        assertEquals(emptyList<String>(), lines)
    }

    @Test
    fun `a gesture that the system takes away is none`() {
        drag(right = 0.5f, lift = false)
        finger.touch(MotionEvent.ACTION_CANCEL, 0f, 0f)
        assertStayed()
        idle(6_000)
        assertEquals("its time goes on", listOf(shown(), ended(Response.EXPIRED)), reports)
    }
}

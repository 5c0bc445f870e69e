package dev.amends.banner

import dev.amends.Response
import dev.amends.robolectric.idle
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config

/** Comes, stays and goes, and says so. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [24, 35])
class BannerTest : BannerBench() {
    private val controller = open<ShopActivity>()
    private val window = controller.get().window

    @Test
    fun `it is drawn in the window, stays its time and goes`() {
        show(message())
        assertEquals(listOf(shown()), reports)
        assertNotNull(window.banner())
        idle(3_800)
        assertEquals(listOf(shown()), reports)
        idle(600)
        assertEquals(listOf(shown(), ended(Response.EXPIRED)), reports)
        assertNull(window.banner())
    }

    @Test
    fun `the button that takes it away`() {
        show(message())
        window.finger().tap(window.card.button("Dismiss"))
        idle(300)
        assertNull(window.banner())
        idle(10_000)
        assertEquals(listOf(shown(), ended(Response.DISMISSED)), reports)
    }

    @Test
    fun `a call to action is reported as what it is, and nothing after it`() {
        options.onRetry = {}
        show(message(actions = listOf(retry)))
        window.finger().tap(window.card.button("Try again"))
        idle(300)
        assertNull(window.banner())
        idle(10_000)
        assertEquals(listOf(shown(), ended(Response.RETRY)), reports)
    }

    @Test
    fun `what is hidden leaves, and is no more than expired`() {
        show(message())
        renderer.hide(6)
        settle()
        assertNotNull("another one is hidden", window.banner())
        renderer.hide(7)
        renderer.hide(7)
        idle(300)
        assertNull(window.banner())
        idle(10_000)
        assertEquals(listOf(shown(), ended(Response.EXPIRED)), reports)
    }

    @Test
    fun `another one takes its place, and has its own time`() {
        show(message(7))
        idle(3_000)
        show(message(8, text = "The second."))
        idle(200)
        assertEquals(listOf("The second."), window.card.texts())
        idle(3_000)
        val both = listOf(shown(7), ended(Response.EXPIRED, 7), shown(8))
        assertEquals(both, reports)
        idle(1_000)
        assertEquals(both + ended(Response.EXPIRED, 8), reports)
    }

    @Test
    fun `a card on its way out answers nobody, and does not speak for the next`() {
        options.onRetry = { }
        show(message(7, actions = listOf(retry)))
        val old = window.card
        val retry = old.button("Try again")
        renderer.show(message(8))
        idle()
        assertEquals("it is still seen", window.decorView, old.parent)
        retry.performClick()
        old.button("Dismiss").performClick()
        settle()
        assertEquals(listOf(shown(7), ended(Response.EXPIRED, 7), shown(8)), reports)
        assertNotNull(window.banner())
    }

    @Test
    fun `the app goes away, and the message with it`() {
        show(message())
        controller.pause().stop()
        settle()
        assertNull(window.banner())
        idle(10_000)
        assertEquals(listOf(shown(), ended(Response.EXPIRED)), reports)
    }

    @Test
    fun `the activity is finished, and the message with it`() {
        show(message())
        controller.pause().stop().destroy()
        settle()
        idle(10_000)
        assertEquals(listOf(shown(), ended(Response.EXPIRED)), reports)
    }
}

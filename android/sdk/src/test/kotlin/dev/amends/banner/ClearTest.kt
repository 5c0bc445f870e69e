package dev.amends.banner

import android.graphics.Rect
import android.view.Window
import dev.amends.robolectric.idle
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config

/** It stays clear of what covers the window, bars, keyboard, camera, and leaves the rest to the app. One dp is one pixel here. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [24, 35], qualifiers = "w400dp-h800dp-mdpi")
class ClearTest : BannerBench() {
    private val text = "Jackie, this is taking too long. Sorry about that, we are taking a look."

    private fun window(qualifiers: String = "w400dp-h800dp-mdpi"): Window {
        RuntimeEnvironment.setQualifiers(qualifiers)
        return open<ShopActivity>().get().window
    }

    private fun Window.place(): Rect {
        idle(300)
        return card.place()
    }

    @Test
    fun `above the navigation bar, with air around it`() {
        val window = window()
        window.cover(bars = Rect(0, 24, 0, 48))
        show(message())
        val place = window.place()
        assertEquals(listOf(12, 388, 800 - 48 - 12), listOf(place.left, place.right, place.bottom))
    }

    @Test
    fun `above the keyboard when it comes, and down again when it goes`() {
        val window = window()
        window.cover(bars = Rect(0, 24, 0, 48))
        show(message())
        val before = window.place()
        window.cover(bars = Rect(0, 24, 0, 48), keyboard = 300)
        assertEquals(800 - 300 - 12, window.place().bottom)
        window.cover(bars = Rect(0, 24, 0, 48))
        assertEquals(before, window.place())
    }

    @Test
    fun `between a bar on one side and nothing on the other`() {
        val window = window("w800dp-h400dp-land-mdpi")
        for (bars in listOf(Rect(0, 24, 96, 0), Rect(96, 24, 0, 0))) {
            window.cover(bars)
            show(message())
            val place = window.place()
            val room = Rect(bars.left + 12, bars.top + 12, 800 - bars.right - 12, 400 - 12)
            assertTrue("$place in $room", room.contains(place))
            assertEquals("in the middle of what is free", room.centerX(), place.centerX())
        }
    }

    @Test
    @Config(sdk = [35])
    fun `beside a camera`() {
        val window = window("w800dp-h400dp-land-mdpi")
        window.cover(bars = Rect(0, 24, 0, 24), camera = Rect(300, 0, 0, 0))
        show(message())
        assertEquals(listOf(312, 788), window.place().let { listOf(it.left, it.right) })
    }

    @Test
    fun `no wider than can be read, in the middle of what is free`() {
        val window = window("w1000dp-h800dp-mdpi")
        window.cover(bars = Rect(100, 0, 0, 0))
        show(message())
        assertEquals(listOf(270, 830), window.place().let { listOf(it.left, it.right) })
    }

    @Test
    @Config(sdk = [35])
    fun `a text that is too long is scrolled, and covers no more than half`() {
        val window = window()
        show(message(text = text.repeat(30)))
        val place = window.place()
        assertTrue("$place", place.height() in 300..400)
        assertEquals(788, place.bottom)
        assertTrue(window.card.all().any { it.canScrollVertically(1) })
        assertTrue("the button that takes it away is there", place.contains(window.card.button("Dismiss").place()))
    }

    @Test
    fun `over a keyboard there is little room, and it takes what there is`() {
        val window = window("w400dp-h400dp-mdpi")
        window.cover(bars = Rect(0, 24, 0, 0), keyboard = 250)
        show(message(text = text.repeat(3)))
        val place = window.place()
        assertTrue("$place", place.top >= 24 && place.bottom <= 150)
        assertEquals(listOf(shown()), reports)
    }

    @Test
    fun `without any room it is not said`() {
        val window = window("w400dp-h400dp-mdpi")
        window.cover(bars = Rect(0, 24, 0, 0), keyboard = 320)
        show(message())
        assertNull(window.banner())
        assertEquals(listOf(notShown()), reports)
    }

    @Test
    fun `when a keyboard takes the room, it waits until it is there again`() {
        val window = window("w400dp-h400dp-mdpi")
        show(message())
        window.cover(keyboard = 390)
        assertEquals(0, window.place().height())
        window.cover()
        assertNotNull(window.banner())
        assertTrue(window.place().height() > 56)
    }

    @Test
    fun `what goes on beside it is the app's`() {
        val activity = open<ShopActivity>().get()
        show(message())
        idle(300)
        val (x, _) = activity.window.card.middle()
        activity.window.finger().tap(x, activity.window.card.top - 2f)
        assertEquals(1, activity.bought)
        activity.window.finger().tap(x, activity.window.card.top + 2f)
        settle()
        assertEquals("it takes what is on it", 1, activity.bought)
        assertNotNull(activity.window.banner())
    }
}

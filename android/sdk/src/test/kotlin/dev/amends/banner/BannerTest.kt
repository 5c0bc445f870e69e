package dev.amends.banner

import dev.amends.Response
import dev.amends.core.Event
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
    private val shown = Event.Shown(7u)
    private val notShown = Event.NotShown(7u)

    private fun ended(how: Response) = Event.Responded(7u, how)

    @Test
    fun `it is drawn in the window, stays its time and goes`() {
        val window = open<ShopActivity>().get().window
        show(message())
        assertEquals(listOf<Event>(shown), reports)
        val banner = window.banner()
        assertNotNull(banner)
        dev.amends.robolectric.idle(3_000)
        assertEquals(listOf<Event>(shown), reports)
        dev.amends.robolectric.idle(2_000)
        assertEquals(listOf(shown, ended(Response.EXPIRED)), reports)
        assertNull(window.banner())
    }

    @Test
    fun `without a window there is nothing to draw on`() {
        show(message())
        assertEquals(listOf<Event>(notShown), reports)
    }
}

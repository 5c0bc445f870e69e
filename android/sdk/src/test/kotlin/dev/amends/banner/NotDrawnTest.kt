package dev.amends.banner

import android.app.Activity
import android.app.KeyguardManager
import android.content.Context
import dev.amends.Response
import dev.amends.robolectric.idle
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

/** An app that is broken where the banner needs it. */
class BrokenActivity : Activity() {
    override fun getSystemService(name: String): Any? {
        check(name != Context.ACCESSIBILITY_SERVICE) { "no such service" }
        return super.getSystemService(name)
    }
}

/** What could not be drawn is said to be so, once, and never seen. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [24, 35])
class NotDrawnTest : BannerBench() {
    private fun assertNotDrawn() {
        settle()
        idle(10_000)
        assertEquals(listOf(notShown()), reports)
    }

    @Test
    fun `there is no window`() {
        show(message())
        assertNotDrawn()
    }

    @Test
    fun `a window that nobody looks at yet`() {
        Robolectric.buildActivity(ShopActivity::class.java).create()
        show(message())
        assertNotDrawn()
    }

    @Test
    fun `the phone is locked`() {
        open<ShopActivity>()
        shadowOf(application.getSystemService(KeyguardManager::class.java)).setKeyguardLocked(true)
        show(message())
        assertNotDrawn()
    }

    @Test
    fun `it is hidden before it was drawn`() {
        open<ShopActivity>()
        renderer.show(message())
        renderer.hide(7)
        assertNotDrawn()
    }

    @Test
    fun `another one comes before it was drawn`() {
        open<ShopActivity>()
        renderer.show(message(7))
        renderer.show(message(8))
        settle()
        assertEquals(listOf(notShown(7), shown(8)), reports)
    }

    @Test
    fun `the app has gone when its turn comes`() {
        val controller = open<ShopActivity>()
        renderer.show(message())
        controller.windowFocusChanged(false).pause().stop()
        assertNotDrawn()
    }

    @Test
    fun `the window has no room`() {
        RuntimeEnvironment.setQualifiers("w150dp-h300dp")
        val window = open<ShopActivity>().get().window
        show(message())
        assertNotDrawn()
        assertNull(window.banner())
    }

    @Test
    fun `when drawing throws the app goes on, without messages and with one line`() {
        val window = open<BrokenActivity>().get().window
        show(message(7))
        idle(1_000)
        assertNull(window.banner())
        show(message(8))
        renderer.ask(question())
        settle()
        assertEquals(
            listOf(shown(7), ended(Response.EXPIRED, 7), notShown(8), notShown(9)),
            reports,
        )
        assertEquals(lines.toString(), 1, lines.size)
    }
}

package dev.amends.banner

import android.view.accessibility.AccessibilityManager
import android.view.accessibility.AccessibilityNodeInfo
import dev.amends.Response
import dev.amends.robolectric.idle
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.robolectric.shadows.ShadowAccessibilityManager

/** How long it stays: for whom it takes longer, it stays longer. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [24, 35])
class StayTest : BannerBench() {
    private val window = open<ShopActivity>().get().window
    private val accessibility: ShadowAccessibilityManager =
        shadowOf(application.getSystemService(AccessibilityManager::class.java))

    /** From when it was drawn, give or take a frame. */
    private fun assertStays(ms: Long) {
        idle(ms - SETTLED_MS - 100)
        assertEquals(listOf(shown()), reports)
        idle(200)
        assertEquals(listOf(shown(), ended(Response.EXPIRED)), reports)
    }

    @Test
    fun `as long as the message says`() {
        show(message(onScreenMs = 6_000))
        assertStays(6_000)
    }

    @Test
    fun `longer with a screen reader`() {
        accessibility.setEnabled(true)
        accessibility.setTouchExplorationEnabled(true)
        show(message())
        assertStays(10_000)
    }

    @Test
    fun `no longer with another service, which reads nothing`() {
        accessibility.setEnabled(true)
        show(message())
        assertStays(4_000)
    }

    @Test
    @Config(sdk = [35])
    fun `as long as the person has set for what is read`() {
        accessibility.setNonInteractiveUiTimeout(30_000)
        accessibility.setInteractiveUiTimeout(60_000)
        show(message())
        assertStays(30_000)
    }

    @Test
    @Config(sdk = [35])
    fun `as long as the person has set for what is tapped`() {
        options.onRetry = {}
        accessibility.setNonInteractiveUiTimeout(30_000)
        accessibility.setInteractiveUiTimeout(60_000)
        show(message(actions = listOf(retry)))
        assertStays(60_000)
    }

    @Test
    @Config(sdk = [35])
    fun `never shorter than the message says`() {
        accessibility.setNonInteractiveUiTimeout(1_000)
        show(message())
        assertStays(4_000)
    }

    @Test
    fun `it does not go from under a finger`() {
        show(message())
        val finger = window.finger()
        val (x, y) = window.card.middle()
        finger.down(x, y)
        idle(20_000)
        assertEquals(listOf(shown()), reports)
        finger.up(x, y)
        idle(4_000 - SETTLED_MS - 200)
        assertEquals("the time it had left", listOf(shown()), reports)
        idle(400)
        assertEquals(listOf(shown(), ended(Response.EXPIRED)), reports)
    }

    @Test
    fun `who touched it at the last moment can read on`() {
        show(message())
        idle(3_700)
        val (x, y) = window.card.middle()
        window.finger().tap(x, y)
        idle(1_300)
        assertNotNull(window.banner())
        idle(500)
        assertEquals(listOf(shown(), ended(Response.EXPIRED)), reports)
    }

    @Test
    fun `it does not go while a screen reader is on it`() {
        accessibility.setEnabled(true)
        accessibility.setTouchExplorationEnabled(true)
        show(message())
        val close = window.card.button("Dismiss")
        assertTrue(close.performAccessibilityAction(AccessibilityNodeInfo.ACTION_ACCESSIBILITY_FOCUS, null))
        idle(60_000)
        assertEquals(listOf(shown()), reports)
        close.performAccessibilityAction(AccessibilityNodeInfo.ACTION_CLEAR_ACCESSIBILITY_FOCUS, null)
        idle(11_000)
        assertEquals(listOf(shown(), ended(Response.EXPIRED)), reports)
    }

    @Test
    fun `it does not go while a keyboard is on it`() {
        inTouchMode(false)
        val window = open<ShopActivity>().get().window
        show(message())
        val close = window.card.button("Dismiss")
        assertTrue(close.requestFocus())
        idle(60_000)
        assertEquals(listOf(shown()), reports)
        close.clearFocus()
        idle(6_000)
        assertEquals(listOf(shown(), ended(Response.EXPIRED)), reports)
    }
}

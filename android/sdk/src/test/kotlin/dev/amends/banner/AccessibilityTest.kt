package dev.amends.banner

import android.animation.ValueAnimator
import android.provider.Settings
import android.view.View
import android.view.accessibility.AccessibilityEvent
import android.view.accessibility.AccessibilityManager
import android.view.accessibility.AccessibilityNodeInfo
import android.widget.Button
import android.widget.TextView
import dev.amends.Response
import dev.amends.robolectric.idle
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.robolectric.shadows.ShadowAccessibilityManager

/** Said aloud when there is a pause, in nobody's way, and still for those who want stillness. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [24, 35])
class AccessibilityTest : BannerBench() {
    private val activity = open<ShopActivity>().get()
    private val accessibility: ShadowAccessibilityManager =
        shadowOf(application.getSystemService(AccessibilityManager::class.java))

    private val card get() = activity.window.card
    private val text get() = card.all().filterIsInstance<TextView>().first()

    private fun readerIsOn() {
        accessibility.setEnabled(true)
        accessibility.setTouchExplorationEnabled(true)
    }

    /** What the person has set for all apps. */
    private fun animations(scale: Float) {
        Settings.Global.putFloat(application.contentResolver, Settings.Global.ANIMATOR_DURATION_SCALE, scale)
        ValueAnimator.setDurationScale(scale)
    }

    private fun node(view: View) = view.createAccessibilityNodeInfo()

    @After
    fun asItWas(): Unit = animations(1f)

    @Test
    fun `it is said once, politely`() {
        readerIsOn()
        show(message())
        assertEquals(View.ACCESSIBILITY_LIVE_REGION_POLITE, text.accessibilityLiveRegion)
        assertEquals(1, accessibility.announcements().size)
        idle(3_000)
        assertEquals(1, accessibility.announcements().size)
        val loud = accessibility.sentAccessibilityEvents.filter { it.eventType == AccessibilityEvent.TYPE_ANNOUNCEMENT }
        assertEquals("nobody is interrupted", emptyList<Any>(), loud)
    }

    @Test
    fun `the field that is written in keeps the focus`() {
        for (isTouched in listOf(true, false)) {
            inTouchMode(isTouched)
            val activity = open<ShopActivity>().get()
            assertTrue(activity.field.requestFocus())
            options.onRetry = {}
            show(message(actions = listOf(retry)))
            assertTrue(activity.field.hasFocus())
            activity.window.finger().tap(activity.window.card.button("Try again"))
            settle()
            assertTrue("also after a tap on it", activity.field.hasFocus())
        }
    }

    @Test
    fun `where nothing has the focus it takes none`() {
        inTouchMode(false)
        val activity = open<HalfActivity>().get()
        show(message())
        assertNull(activity.currentFocus)
    }

    @Test
    fun `in the order in which it is read, and signs say nothing`() {
        options.onRetry = {}
        show(message(actions = listOf(retry)))
        val read = card.all().filter { it.isImportantForAccessibility && it.childless() }
            .map { (it as? TextView)?.text?.toString() ?: it.contentDescription?.toString() }
        assertEquals(listOf(message().text, "Try again", "Dismiss"), read)
    }

    @Test
    fun `buttons are buttons`() {
        options.onRetry = {}
        show(message(actions = listOf(retry)))
        for (words in listOf("Try again", "Dismiss")) {
            val node = node(card.button(words))
            assertEquals(Button::class.java.name, node.className)
            assertTrue(node.isClickable)
        }
    }

    @Test
    fun `a screen reader can take it away from its text`() {
        show(message())
        val node = node(text)
        assertTrue(node.isDismissable)
        assertTrue(AccessibilityNodeInfo.AccessibilityAction.ACTION_DISMISS in node.actionList)
        assertTrue(text.performAccessibilityAction(AccessibilityNodeInfo.ACTION_DISMISS, null))
        assertFalse(text.performAccessibilityAction(AccessibilityNodeInfo.ACTION_SCROLL_FORWARD, null))
        assertEquals(listOf(shown(), ended(Response.DISMISSED)), reports)
    }

    @Test
    fun `without animations nothing moves`() {
        animations(0f)
        renderer.show(message())
        var frames = 0
        repeat(30) {
            idle(FRAME_MS)
            val card = activity.window.banner() ?: return@repeat
            if (!card.isLaidOut) return@repeat
            frames++
            assertEquals(listOf(0f, 0f, 1f), listOf(card.translationX, card.translationY, card.alpha))
        }
        assertTrue("$frames", frames > 20)
        renderer.hide(7)
        idle(FRAME_MS)
        assertNull(activity.window.banner())
    }

    @Test
    fun `with animations it comes in from its edge`() {
        renderer.show(message())
        val moves = (1..30).mapNotNull {
            idle(FRAME_MS)
            activity.window.banner()?.translationY
        }
        assertTrue("$moves", moves.max() > 0f)
        assertEquals(0f, moves.last())
    }

    private fun View.childless() = this !is android.view.ViewGroup || childCount == 0
}

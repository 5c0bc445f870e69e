package dev.amends.banner

import android.app.Activity
import android.content.res.Configuration
import android.view.accessibility.AccessibilityManager
import dev.amends.Response
import dev.amends.robolectric.idle
import dev.amends.robolectric.steadyFrames
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNotSame
import org.junit.Assert.assertNull
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.robolectric.shadows.ShadowChoreographer
import org.robolectric.util.ReflectionHelpers

/** A rotation, the night, another language: the message goes on where the person is. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [24, 35])
class RecreateTest : BannerBench() {
    private val controller = open<ShopActivity>()
    private val first = controller.get()

    /** Makes the activity anew, as Android does when it is turned. Takes 240 ms. */
    private fun turn(): ShopActivity {
        // Who makes it waits for its first frame, and lets no time pass.
        ShadowChoreographer.setPaused(false)
        settle()
        controller.recreate()
        steadyFrames()
        settle()
        return controller.get().also { assertNotSame(first, it) }
    }

    @Test
    fun `it goes on with the time it had left, and is reported once`() {
        options.onRetry = {}
        show(message(actions = listOf(retry)))
        idle(2_000)
        val second = turn()
        assertNull(first.window.banner())
        assertEquals(message().text, second.window.card.texts().first())
        assertEquals(listOf(shown()), reports)
        idle(1_200)
        assertNotNull(second.window.banner())
        idle(1_000)
        assertNull(second.window.banner())
        assertEquals(listOf(shown(), ended(Response.EXPIRED)), reports)
    }

    @Test
    fun `it is not said again`() {
        val accessibility = shadowOf(application.getSystemService(AccessibilityManager::class.java))
        accessibility.setEnabled(true)
        show(message())
        assertNotNull(turn().window.banner())
        assertEquals(1, accessibility.announcements().size)
    }

    @Test
    fun `its buttons work where it is now`() {
        var retried: ShopActivity? = null
        options.onRetry = { retried = this as ShopActivity }
        show(message(actions = listOf(retry)))
        val second = turn()
        second.window.finger().tap(second.window.card.button("Try again"))
        assertEquals(second, retried)
        assertEquals(listOf(shown(), ended(Response.RETRY)), reports)
    }

    @Test
    fun `a finger that was on it does not hold it for ever`() {
        show(message())
        val (x, y) = first.window.card.middle()
        first.window.finger().down(x, y)
        idle(500)
        turn()
        idle(6_000)
        assertEquals(listOf(shown(), ended(Response.EXPIRED)), reports)
    }

    @Test
    fun `turned before it was drawn, it is drawn after`() {
        renderer.show(message())
        idle()
        assertEquals(emptyList<Any>(), reports)
        val second = turn()
        assertNotNull(second.window.banner())
        assertEquals(listOf(shown()), reports)
    }

    /** The first half of a turn. */
    private fun leave() {
        first.window.focus(false)
        ReflectionHelpers.setField(Activity::class.java, first, "mChangingConfigurations", true)
        controller.pause().stop().destroy()
    }

    @Test
    fun `when nothing comes back it has left`() {
        show(message())
        idle(3_000)
        leave()
        idle(2_900)
        assertEquals(listOf(shown()), reports)
        idle(300)
        assertEquals(listOf(shown(), ended(Response.EXPIRED)), reports)
    }

    @Test
    fun `hidden on the way, it does not come back`() {
        show(message())
        leave()
        renderer.hide(7)
        assertNull(open<ShopActivity>().get().window.banner())
        assertEquals(listOf(shown(), ended(Response.EXPIRED)), reports)
    }

    @Test
    fun `an activity that turns by itself gets a card that fits`() {
        show(message())
        val before = first.window.card
        RuntimeEnvironment.setQualifiers("+land")
        first.window.decorView.dispatchConfigurationChanged(Configuration(first.resources.configuration))
        settle()
        assertNotSame(before, first.window.card)
        assertNull(before.parent)
        val card = first.window.card
        assertEquals("it does not come in again", listOf(0f, 1f), listOf(card.translationY, card.alpha))
        assertEquals(listOf(shown()), reports)
        idle(4_000)
        assertEquals(listOf(shown(), ended(Response.EXPIRED)), reports)
    }
}

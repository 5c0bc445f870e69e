package dev.amends.banner

import android.app.Activity
import android.content.res.Configuration
import android.view.accessibility.AccessibilityManager
import dev.amends.Response
import dev.amends.robolectric.idle
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
import org.robolectric.util.ReflectionHelpers

/** A rotation, the night, another language: the message goes on where the person is. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [24, 35])
class RecreateTest : BannerBench() {
    private val controller = open<ShopActivity>()
    private val first = controller.get()

    /** Makes the activity anew, as Android does when it is turned. Takes 240 ms. */
    private fun turn(): ShopActivity {
        framesTakeNoTime()
        controller.recreate()
        framesTakeTime()
        return controller.get().also { assertNotSame(first, it) }
    }

    @Test
    fun `it goes on with the time it had left, and is reported once`() {
        options.onRetry = {}
        show(message(actions = listOf(retry)))
        pass(2_000)
        val second = turn()
        assertNull(first.window.banner())
        assertEquals(message().text, second.window.card.texts().first())
        assertEquals(listOf(shown()), reports)
        pass(1_200)
        assertNotNull(second.window.banner())
        pass(1_000)
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
        pass(500)
        turn()
        pass(6_000)
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

    @Test
    fun `when nothing comes back it has left`() {
        show(message())
        pass(3_000)
        // Finished while it was turned.
        first.window.focus(false)
        ReflectionHelpers.setField(Activity::class.java, first, "mChangingConfigurations", true)
        controller.pause().stop().destroy()
        pass(2_900)
        assertEquals(listOf(shown()), reports)
        pass(300)
        assertEquals(listOf(shown(), ended(Response.EXPIRED)), reports)
    }

    @Test
    fun `hidden on the way, it does not come back`() {
        show(message())
        framesTakeNoTime()
        renderer.hide(7)
        controller.recreate()
        framesTakeTime()
        assertNull(controller.get().window.banner())
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
        pass(4_000)
        assertEquals(listOf(shown(), ended(Response.EXPIRED)), reports)
    }
}

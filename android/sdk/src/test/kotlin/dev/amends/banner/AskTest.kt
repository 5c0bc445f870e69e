package dev.amends.banner

import android.view.accessibility.AccessibilityManager
import android.widget.ImageView
import dev.amends.Purpose
import dev.amends.Response
import dev.amends.core.Event
import dev.amends.robolectric.idle
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

/** One question, one tap. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [24, 35])
class AskTest : BannerBench() {
    private val window = open<ShopActivity>().get().window
    private val answers = listOf("Very badly", "Badly", "So-so", "Well", "Very well")

    private fun ask() {
        renderer.ask(question())
        settle()
    }

    @Test
    fun `each answer is its number, from the worst to the best`() {
        answers.forEachIndexed { index, words ->
            reports.clear()
            ask()
            assertEquals(answers, window.card.texts().drop(1))
            window.finger().tap(window.card.button(words))
            idle(300)
            assertNull(window.banner())
            idle(10_000)
            assertEquals(listOf(shown(9), Event.Answered(9u, (index + 1).toUByte())), reports)
        }
    }

    @Test
    fun `it can be left alone, or taken away`() {
        ask()
        idle(7_700)
        assertNotNull(window.banner())
        idle(600)
        assertEquals(listOf(shown(9), ended(Response.EXPIRED, 9)), reports)
        reports.clear()
        ask()
        window.finger().tap(window.card.button("Dismiss"))
        settle()
        assertEquals(listOf(shown(9), ended(Response.DISMISSED, 9)), reports)
    }

    @Test
    fun `it waits longer for a screen reader`() {
        val accessibility = shadowOf(application.getSystemService(AccessibilityManager::class.java))
        accessibility.setEnabled(true)
        accessibility.setTouchExplorationEnabled(true)
        ask()
        idle(19_000)
        assertEquals(listOf(shown(9)), reports)
        idle(1_500)
        assertEquals(listOf(shown(9), ended(Response.EXPIRED, 9)), reports)
    }

    @Test
    fun `a message takes its place, and its answers with it`() {
        ask()
        val old = window.card.button("Well")
        show(message(7))
        old.performClick()
        settle()
        assertEquals(listOf(shown(9), ended(Response.EXPIRED, 9), shown(7)), reports)
    }

    @Test
    fun `it is hidden by its number`() {
        ask()
        renderer.hide(9)
        settle()
        assertEquals(listOf(shown(9), ended(Response.EXPIRED, 9)), reports)
    }

    @Test
    fun `not on an app lock`() {
        open<PinActivity>()
        ask()
        assertEquals(listOf(notShown(9)), reports)
    }

    @Test
    fun `a make-good is seen to be one`() {
        fun signs() = window.card.all().filterIsInstance<ImageView>().map { (it.drawable as GlyphDrawable).glyph }
        show(message(purpose = Purpose.APOLOGY))
        assertEquals(listOf(Glyph.SORRY, Glyph.CLOSE), signs())
        show(message(purpose = Purpose.MAKE_GOOD))
        assertEquals(listOf(Glyph.DONE, Glyph.CLOSE), signs())
        ask()
        assertEquals(listOf(Glyph.ASK, Glyph.CLOSE), signs())
    }
}

package dev.amends.banner

import android.app.AlertDialog
import android.graphics.Color
import android.graphics.Rect
import android.graphics.drawable.GradientDrawable
import android.util.TypedValue
import android.view.Window
import android.widget.TextView
import dev.amends.R
import dev.amends.Response
import dev.amends.robolectric.idle
import dev.amends.robolectric.toFront
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config

/**
 * The theme of the window says how it looks. An app's build makes the class R; here its numbers are those of attributes
 * that a theme of Android's own sets.
 */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [24, 35], qualifiers = "w400dp-h800dp-mdpi")
class ThemeTest : BannerBench() {
    private val numbers = R.attr::class.java.fields.associateWith { it.getInt(null) }

    @After
    fun asItWas(): Unit = numbers.forEach { (field, number) -> field.setInt(null, number) }

    /** An activity in this theme of Android's, with these styles over it. */
    private fun window(vararg styles: Int, theme: Int = android.R.style.Theme_Material_Light_NoActionBar): Window {
        val controller = Robolectric.buildActivity(ShopActivity::class.java)
        controller.get().setTheme(theme)
        for (style in styles) controller.get().theme.applyStyle(style, true)
        controller.create().toFront()
        settle()
        return controller.get().window
    }

    private fun Window.card(): BannerView {
        show(message(actions = listOf(retry)))
        idle(300)
        return card as BannerView
    }

    private fun Window.colour(attribute: Int): Int =
        TypedValue().also { context.theme.resolveAttribute(attribute, it, true) }.data

    private val BannerView.shape get() = background as GradientDrawable
    private val BannerView.text get() = all().filterIsInstance<TextView>().first()

    @Test
    fun `its colours`() {
        options.onRetry = {}
        R.attr.amendsBackground = android.R.attr.colorForeground
        R.attr.amendsTextColor = android.R.attr.colorBackground
        R.attr.amendsActionTextColor = android.R.attr.colorPrimaryDark
        val window = window()
        val card = window.card()
        assertEquals(Color.BLACK, card.shape.color?.defaultColor)
        assertEquals(window.colour(android.R.attr.colorBackground), card.text.currentTextColor)
        val button = card.button("Try again") as TextView
        assertEquals(window.colour(android.R.attr.colorPrimaryDark), button.currentTextColor)
    }

    @Test
    fun `its corners`() {
        R.attr.amendsCornerRadius = android.R.attr.dialogPreferredPadding
        assertEquals(24f, window().card().shape.cornerRadius)
    }

    @Test
    fun `its letters, and the card's colour for them where it has none`() {
        R.attr.amendsTextAppearance = android.R.attr.textAppearanceLarge
        val window = window()
        val (plain, large) = TextView(window.context) to window.card().text
        plain.setTextAppearance(android.R.style.TextAppearance_Material_Large)
        assertEquals(plain.textSize, large.textSize)
        assertEquals(plain.currentTextColor, large.currentTextColor)
        R.attr.amendsTextColor = android.R.attr.colorAccent
        assertEquals(window.colour(android.R.attr.colorAccent), window.card().text.currentTextColor)
    }

    @Test
    fun `at the bottom, over a bar of the app's`() {
        R.attr.amendsEdgeOffset = android.R.attr.actionBarSize
        val window = window()
        window.cover(bars = Rect(0, 24, 0, 48))
        assertEquals(800 - 48 - 56 - 12, window.card().place().bottom)
    }

    @Test
    fun `at the top, and it leaves over that edge`() {
        R.attr.amendsEdgeOffset = android.R.attr.actionBarSize
        R.attr.amendsPosition = android.R.attr.datePickerMode
        val window = window(android.R.style.Widget_DatePicker)
        window.cover(bars = Rect(0, 24, 0, 48))
        val card = window.card()
        assertEquals(24 + 56 + 12, card.place().top)
        val (x, y) = card.middle()
        window.finger().drag(x, y, x, y - card.height * 0.7f, steps = 50)
        idle(300)
        assertEquals(listOf(shown(), ended(Response.DISMISSED)), reports)
    }

    private fun dialogOver(window: Window): Window {
        val dialog = AlertDialog.Builder(window.context).setTitle("Pay?").setMessage("It is €12.60. ".repeat(20))
            .setPositiveButton("Pay", null).show()
        settle()
        window.focus(false)
        return dialog.window!!.also { it.focus(true) }
    }

    @Test
    @Config(sdk = [35])
    fun `in a dialog at the top, where it leaves the buttons free`() {
        val dialog = dialogOver(window())
        val card = dialog.card()
        assertTrue(card.place().top < dialog.decorView.height / 4)
        val pay = dialog.decorView.button("Pay").place()
        assertTrue("${card.place()} $pay", card.place().bottom <= pay.top)
    }

    @Test
    @Config(sdk = [35])
    fun `in a dialog at the bottom, if the theme says so`() {
        R.attr.amendsPosition = android.R.attr.windowSoftInputMode // 0 in Android's themes
        val dialog = dialogOver(window())
        assertTrue(dialog.card().place().top > dialog.decorView.height / 3)
    }

    @Test
    fun `what makes no sense counts as not set`() {
        R.attr.amendsBackground = android.R.attr.listDivider
        R.attr.amendsTextColor = android.R.attr.textAppearanceLarge
        R.attr.amendsCornerRadius = android.R.attr.colorAccent
        R.attr.amendsEdgeOffset = android.R.attr.windowIsFloating
        val card = window().card()
        assertEquals(Palette.DAY, card.shape.color?.defaultColor)
        assertEquals(16f, card.shape.cornerRadius)
        assertEquals(800 - 12, card.place().bottom)
        assertEquals(Palette(Palette.DAY, null, null, null).text, card.text.currentTextColor)
        assertEquals(emptyList<String>(), lines)
    }

    @Test
    fun `dark at night`() {
        RuntimeEnvironment.setQualifiers("+night")
        assertEquals(Palette.NIGHT, window().card().shape.color?.defaultColor)
    }
}

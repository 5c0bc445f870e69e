package dev.amends.banner

import android.graphics.Color
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Assert.fail
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config

/** All of it can be read, whatever colours an app has. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [24, 35])
class PaletteTest {
    private fun palette(
        background: Int = Palette.DAY,
        text: Int? = null,
        action: Int? = null,
        accent: Int? = null,
    ) = Palette(background, text, action, accent)

    /** Contrast, computed here anew from the definition in WCAG 2.2. */
    private fun contrast(one: Int, other: Int): Double {
        fun part(value: Int) = (value / 255.0).let {
            if (it <=
                0.04045
            ) {
                it / 12.92
            } else {
                Math.pow((it + 0.055) / 1.055, 2.4)
            }
        }

        fun light(of: Int) =
            0.2126 * part(Color.red(of)) + 0.7152 * part(Color.green(of)) + 0.0722 * part(Color.blue(of))
        val (a, b) = light(one) + 0.05 to light(other) + 0.05
        return maxOf(a, b) / minOf(a, b)
    }

    private fun assertRead(palette: Palette) = with(palette) {
        val unread = listOf(text, quietText, attention, good, bad, action).filter { contrast(it, background) < 4.5 } +
            listOf(action).filter { contrast(it, tint(it)) < 4.5 } +
            listOf(attention, good, bad, action).filter { contrast(it, disc(it)) < 3.0 }
        if (unread.isNotEmpty()) fail("on ${hex(background)}: ${unread.map(::hex)}")
    }

    private fun hex(colour: Int) = "#%08X".format(colour)

    @Test
    fun `by day and by night`() {
        assertRead(palette(Palette.DAY))
        assertRead(palette(Palette.NIGHT))
    }

    @Test
    fun `on a card of any colour`() {
        val steps = listOf(0, 51, 102, 119, 128, 153, 204, 255)
        for (red in steps) for (green in steps) for (blue in steps) assertRead(palette(Color.rgb(red, green, blue)))
    }

    @Test
    fun `with any accent, which is used where it can be read`() {
        val read = listOf(0xFF0B57D0, 0xFFB3261E).map { it.toInt() }
        val unread = listOf(0xFFFFEB3B, 0xFFFFFFFF, 0xFF8BC34A).map { it.toInt() }
        for (accent in read + unread) {
            val palette = palette(accent = accent)
            assertRead(palette)
            assertEquals(accent in read, palette.action == accent)
        }
    }

    @Test
    fun `what the app chose for it is taken as it is`() {
        val palette = palette(Color.WHITE, text = Color.LTGRAY, action = Color.YELLOW)
        assertEquals(Color.LTGRAY, palette.text)
        assertEquals(Color.YELLOW, palette.action)
    }

    @Test
    fun `a button whose ground would drown its words has an outline instead`() {
        val barely = 0xFF767676.toInt()
        val palette = palette(Color.WHITE, action = barely)
        assertEquals(Color.WHITE, palette.tint(barely))
        assertTrue(palette.outline != Color.WHITE)
        assertTrue(palette.tint(palette.good) != Color.WHITE)
    }
}

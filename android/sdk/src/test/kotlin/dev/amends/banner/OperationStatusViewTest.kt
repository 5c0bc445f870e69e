package dev.amends.banner

import android.util.TypedValue
import android.view.View
import android.widget.TextView
import dev.amends.OperationProgress
import dev.amends.R
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotSame
import org.junit.Assert.assertNull
import org.junit.Assert.assertSame
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config

/** The list of what the person waits for: what stands in it, and in which order. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [24, 35])
class OperationStatusViewTest : OperationBench() {
    private fun glyph(of: View) =
        of.all().filterIsInstance<TextView>().flatMap { it.compoundDrawablesRelative.toList() }
            .filterIsInstance<GlyphDrawable>().single().glyph

    @Test
    fun `each state has its words and its sign, in place`() {
        val signs = OperationProgress.entries.associateWith { progress ->
            say(Orders.order("1042", progress))
            assertEquals(listOf("Order 1042", Orders.words(progress)), view.lines().take(2))
            view.getChildAt(0) to glyph(view.getChildAt(0))
        }
        assertEquals(1, signs.values.map { it.first }.distinct().size)
        assertEquals(
            listOf(Glyph.CLOCK, Glyph.AT_WORK, Glyph.SORRY, Glyph.DONE, Glyph.CLOSE),
            OperationProgress.entries.map { signs.getValue(it).second },
        )
    }

    @Test
    fun `it is read in order, title, state, end, steps, questions`() {
        val times = Times(activity) { now }
        say(Orders.late("1042"))
        val expected = listOf(
            "Order 1042",
            "Delayed",
            "${times.fromNow(now + 35 * Orders.MINUTE)} · ${times.at(now + 35 * Orders.MINUTE)}",
        ) + Orders.late("1042").steps.map { "${it.progressText} · ${times.at(it.unixMs)}" } + "Questions and answers"
        assertEquals(expected, view.lines())
    }

    @Test
    fun `what changes is announced, what does not stays the view it was`() {
        say(Orders.order("1", OperationProgress.PROCESSING), Orders.order("2", OperationProgress.SENT))
        val (first, second) = view.getChildAt(0) to view.getChildAt(1)
        say(
            Orders.order("3", OperationProgress.SCHEDULED),
            Orders.order("1", OperationProgress.SENT),
            Orders.order("2", OperationProgress.SENT),
        )
        assertSame(first, view.getChildAt(1))
        assertSame(second, view.getChildAt(2))
        val live = first.all().filter { it.accessibilityLiveRegion == View.ACCESSIBILITY_LIVE_REGION_POLITE }
        assertEquals(listOf("Sent"), live.map { (it as TextView).text.toString() })
        say(Orders.order("2", OperationProgress.SENT))
        assertSame(second, view.getChildAt(0))
        assertNull(first.parent)
    }

    @Test
    fun `an empty list says so, if the app has words for it`() {
        say()
        assertEquals(emptyList<String>(), view.lines())
        view.emptyText = "No orders yet."
        assertEquals(listOf("No orders yet."), view.lines())
        say(Orders.order("1", OperationProgress.SENT))
        assertTrue("No orders yet." !in view.lines())
        say()
        assertEquals(listOf("No orders yet."), view.lines())
    }

    @Test
    fun `two views show the same`() {
        val other = OperationStatusView(activity).also { it.now = view.now }
        frame.addView(other)
        say(Orders.order("1", OperationProgress.SENT))
        assertEquals(view.lines(), other.lines())
        assertNotSame(view.getChildAt(0), other.getChildAt(0))
    }

    @Test
    fun `the words for an empty list can stand in the layout or its theme`() {
        val number = R.attr.amendsEmptyText
        try {
            // In an app the number that its build gives it; here that of something which Android's themes have as a text.
            R.attr.amendsEmptyText = android.R.attr.listDivider
            val text = TypedValue().also {
                activity.theme.resolveAttribute(android.R.attr.listDivider, it, true)
            }.string
            val view = OperationStatusView(activity).also(frame::addView)
            settle()
            assertEquals(listOf(text.toString()), view.lines())
        } finally {
            R.attr.amendsEmptyText = number
        }
    }
}

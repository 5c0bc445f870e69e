package dev.amends.banner

import android.content.Intent
import android.net.Uri
import android.view.ContextThemeWrapper
import android.view.View
import android.widget.FrameLayout
import android.widget.TextView
import dev.amends.OperationProgress
import dev.amends.OperationStatus
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotSame
import org.junit.Assert.assertNull
import org.junit.Assert.assertSame
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.robolectric.util.ReflectionHelpers

/** The list of what the person waits for keeps itself up to date. Only from Android 9 on has Robolectric windows that are seen. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [24, 35])
class OperationStatusViewTest : BannerBench() {
    private val activity = open<ShopActivity>().get()
    private val frame = FrameLayout(activity)
    private var now = Orders.NOW
    private var asked = 0
    private val view = OperationStatusView(activity).also { it.now = { now.also { asked++ } } }

    @Before
    fun onScreen() {
        // As in a new process.
        ReflectionHelpers.setField(OperationBoard, "list", null)
        activity.setContentView(frame)
        frame.addView(view)
        settle()
    }

    @After
    fun gone(): Unit = frame.removeAllViews()

    private fun say(vararg list: OperationStatus) {
        renderer.operations(list.toList())
        settle()
    }

    /** What can be seen, in the order in which it is read. */
    private fun OperationStatusView.lines() = all().filter { it.isShown && it is TextView }.map { (it as TextView).text.toString() }

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
    @Config(sdk = [35])
    fun `how far off the end is goes on by itself, until it is over`() {
        val times = Times(activity) { now }
        say(Orders.late("1042"))
        val end = now + 35 * Orders.MINUTE
        assertTrue(view.lines()[2].startsWith(times.fromNow(end)))
        now += 5 * Orders.MINUTE
        pass(60_000)
        assertTrue(view.lines()[2].startsWith(times.fromNow(end)))
        say(Orders.late("1042").copy(progress = OperationProgress.SENT, progressText = "Sent"))
        assertTrue(view.lines().toString(), view.lines().none { it.startsWith(times.fromNow(end)) })
    }

    @Test
    fun `what changes is announced, what does not stays the view it was`() {
        say(Orders.order("1", OperationProgress.PROCESSING), Orders.order("2", OperationProgress.SENT))
        val (first, second) = view.getChildAt(0) to view.getChildAt(1)
        say(Orders.order("3", OperationProgress.SCHEDULED), Orders.order("1", OperationProgress.SENT), Orders.order("2", OperationProgress.SENT))
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
    fun `what was said while it was away it shows when it comes back`() {
        frame.removeView(view)
        say(Orders.order("1", OperationProgress.SENT))
        assertEquals(emptyList<String>(), view.texts().filter { it.isNotEmpty() })
        frame.addView(view)
        settle()
        assertEquals("Order 1", view.lines().first())
    }

    @Test
    @Config(sdk = [35])
    fun `it looks at the clock once a minute, and only while it is seen`() {
        say(Orders.late("1"))
        val before = asked
        pass(59_000)
        assertEquals(before, asked)
        pass(2_000)
        assertTrue(asked > before)
        frame.removeView(view)
        val left = asked
        pass(180_000)
        assertEquals(left, asked)
    }

    private fun tapQuestions(of: OperationStatusView): Intent? {
        activity.window.finger().tap(of.button("Questions and answers"))
        settle()
        return shadowOf(application).nextStartedActivity
    }

    @Test
    fun `questions open in a browser, also out of a view with the application's context`() {
        say(Orders.late("1"))
        val intent = checkNotNull(tapQuestions(view))
        assertEquals(Uri.parse("https://help.example.com/orders"), intent.data)
        assertEquals(0, intent.flags and Intent.FLAG_ACTIVITY_NEW_TASK)
        frame.removeView(view)
        val themed = ContextThemeWrapper(application, android.R.style.Theme_Material_Light)
        val other = OperationStatusView(themed).also(frame::addView)
        settle()
        val started = checkNotNull(tapQuestions(other))
        assertTrue(started.flags and Intent.FLAG_ACTIVITY_NEW_TASK != 0)
    }

    @Test
    fun `a list of the app's own survives coming on screen`() {
        val own = OperationStatusView(activity)
        own.show(listOf(Orders.order("1", OperationProgress.SENT)))
        frame.addView(own)
        settle()
        assertEquals("Order 1", own.lines().first())
    }

    @Test
    fun `two views show the same`() {
        val other = OperationStatusView(activity)
        frame.addView(other)
        say(Orders.order("1", OperationProgress.SENT))
        assertEquals(view.lines(), other.lines())
        assertNotSame(view.getChildAt(0), other.getChildAt(0))
    }
}

package dev.amends.banner

import android.content.Intent
import android.net.Uri
import android.view.ContextThemeWrapper
import dev.amends.OperationProgress
import dev.amends.robolectric.idle
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

/** It keeps itself up to date while it is on screen, and does nothing while it is not. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [24, 35])
class OperationUpkeepTest : OperationBench() {
    @Test
    @Config(sdk = [35])
    fun `how far off the end is goes on by itself, until it is over`() {
        val times = Times(activity) { now }
        say(Orders.late("1042"))
        val end = now + 35 * Orders.MINUTE
        assertTrue(view.lines()[2].startsWith(times.fromNow(end)))
        now += 5 * Orders.MINUTE
        idle(60_000)
        assertTrue(view.lines()[2].startsWith(times.fromNow(end)))
        say(Orders.late("1042").copy(progress = OperationProgress.SENT, progressText = "Sent"))
        assertTrue(view.lines().toString(), view.lines().none { it.startsWith(times.fromNow(end)) })
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
        idle(59_000)
        assertEquals(before, asked)
        idle(2_000)
        assertTrue(asked > before)
        frame.removeView(view)
        val left = asked
        idle(180_000)
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
}

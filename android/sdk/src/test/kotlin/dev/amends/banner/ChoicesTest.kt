package dev.amends.banner

import android.app.Activity
import android.content.ActivityNotFoundException
import android.content.Intent
import android.net.Uri
import dev.amends.Action
import dev.amends.ActionKind
import dev.amends.Message
import dev.amends.Response
import dev.amends.robolectric.idle
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

/** On a phone without a browser. */
class KioskActivity : Activity() {
    override fun startActivity(intent: Intent?): Unit = throw ActivityNotFoundException("no activity for $intent")
}

/** On a phone whose owner forbids links. */
class StrictActivity : Activity() {
    override fun startActivity(intent: Intent?): Unit = throw SecurityException("not allowed")
}

/** What can be tapped on a message, and what comes of it. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [24, 35])
class ChoicesTest : BannerBench() {
    private val called = mutableListOf<Triple<String, Activity, Message>>()

    private fun Activity.tap(words: String) {
        window.finger().tap(window.card.button(words))
        settle()
    }

    private fun Activity.labels(): List<String> = window.card.texts().drop(1)

    @Test
    fun `each has a handler, which gets the activity and the message`() {
        options.onRetry = { called += Triple("retry", this, it) }
        options.onSupport = { called += Triple("support", this, it) }
        options.onTellUs = { called += Triple("tell us", this, it) }
        val activity = open<ShopActivity>().get()
        val all = listOf(retry to "retry", support to "support", tellUs to "tell us")
        for ((action, name) in all) {
            val message = message(actions = all.map { it.first })
            show(message)
            assertEquals(listOf("Try again", "Get help", "Tell us"), activity.labels())
            activity.tap(action.label)
            assertEquals(Triple(name, activity, message), called.last())
        }
        assertEquals(3, called.size)
        assertEquals(
            listOf(Response.RETRY, Response.SUPPORT, Response.TELL_US).flatMap { listOf(shown(), ended(it)) },
            reports,
        )
    }

    @Test
    fun `one without a handler is not there`() {
        options.onSupport = {}
        val activity = open<ShopActivity>().get()
        show(message(actions = listOf(retry, support, tellUs)))
        assertEquals(listOf("Get help"), activity.labels())
    }

    @Test
    fun `the handler comes when the message has left, and may show something itself`() {
        lateinit var activity: ShopActivity
        options.onRetry = {
            called += Triple("retry", this, it)
            assertEquals(listOf(shown(), ended(Response.RETRY)), reports)
            renderer.show(message(8, actions = listOf(retry)))
        }
        activity = open<ShopActivity>().get()
        show(message(actions = listOf(retry)))
        activity.tap("Try again")
        assertEquals(listOf(shown(7), ended(Response.RETRY), shown(8)), reports)
        assertEquals(emptyList<String>(), lines)
    }

    @Test
    fun `two fingers on two buttons are one choice`() {
        options.onRetry = { called += Triple("retry", this, it) }
        options.onSupport = { called += Triple("support", this, it) }
        val activity = open<ShopActivity>().get()
        show(message(actions = listOf(retry, support)))
        val (first, second) = listOf("Try again", "Get help").map(activity.window.card::button)
        first.performClick()
        second.performClick()
        settle()
        assertEquals(listOf("retry"), called.map { it.first })
        assertEquals(listOf(shown(), ended(Response.RETRY)), reports)
    }

    @Test
    fun `a handler that throws costs its call, and a line in the log`() {
        for (failure in listOf(IllegalStateException("the model is gone"), NotImplementedError())) {
            lines.clear()
            options.onRetry = { throw failure }
            val activity = open<ShopActivity>().get()
            show(message(actions = listOf(retry)))
            activity.tap("Try again")
            assertEquals(lines.toString(), 1, lines.size)
            assertTrue(lines.single(), "handler" in lines.single())
            show(message(8))
            assertEquals(shown(8), reports.last())
        }
    }

    @Test
    fun `the status page opens in what the person browses with`() {
        val activity = open<ShopActivity>().get()
        show(message(actions = listOf(status)))
        activity.tap("See status")
        val intent = shadowOf(activity).nextStartedActivity
        assertEquals(Intent.ACTION_VIEW, intent.action)
        assertEquals(Uri.parse("https://status.example.com/now"), intent.data)
        assertTrue(intent.hasCategory(Intent.CATEGORY_BROWSABLE))
        assertEquals(listOf(shown(), ended(Response.STATUS)), reports)
    }

    @Test
    fun `only an https page is a status page`() {
        val activity = open<ShopActivity>().get()
        val others = listOf("http://a.example", "javascript:alert(1)", "intent://a#Intent;end", "https:", "", null)
        show(message(actions = others.map { Action(ActionKind.STATUS, "See status", it) }))
        assertEquals(emptyList<String>(), activity.labels())
    }

    @Test
    fun `where no page can be opened the app goes on, and so do messages`() {
        for (activity in listOf(open<KioskActivity>().get(), open<StrictActivity>().get())) {
            activity.window.focus(true)
            lines.clear()
            show(message(actions = listOf(status)))
            val window = checkNotNull(windows.focused)
            window.finger().tap(window.card.button("See status"))
            settle()
            assertEquals(ended(Response.STATUS), reports.last())
            assertEquals(lines.toString(), 1, lines.size)
            idle(300)
            assertNull(window.banner())
        }
    }
}

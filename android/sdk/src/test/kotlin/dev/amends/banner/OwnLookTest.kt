package dev.amends.banner

import dev.amends.AmendsSettings
import dev.amends.FakeDevice
import dev.amends.Message
import dev.amends.MessageRenderer
import dev.amends.OperationStatus
import dev.amends.Question
import dev.amends.Response
import dev.amends.ask
import dev.amends.asking
import dev.amends.core.Event
import dev.amends.idle
import dev.amends.operations
import dev.amends.show
import dev.amends.start.AndroidStart
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit

/** An app that draws messages itself gets everything that the banner gets, and nothing is drawn beside it. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [24, 35])
class OwnLookTest : BannerBench() {
    private class Mine : MessageRenderer {
        val said = LinkedBlockingQueue<Any>()

        override fun show(message: Message) {
            said.put(message)
        }

        override fun hide(id: Long): Unit = Unit

        override fun ask(question: Question) {
            said.put(question)
        }

        override fun operations(list: List<OperationStatus>) {
            said.put(list)
        }

        inline fun <reified T> next(): T = said.poll(10, TimeUnit.SECONDS) as T
    }

    @Test
    fun `a renderer of the app's own takes the banner's place`() {
        val mine = Mine()
        val device = FakeDevice { if (Event.Foreground in it) asking(show(7u), ask(9u), operations()) else idle() }
        val settings = AmendsSettings().apply { renderer = mine }
        val amends = AndroidStart(application, settings) { _, _ -> device }.start()
        val activity = open<ShopActivity>().get()
        amends.foreground()
        val message = mine.next<Message>()
        assertEquals(listOf("סליחה.", "he", true), listOf(message.text, message.language, message.rightToLeft))
        assertEquals("How is it going?", mine.next<Question>().text)
        val list = OperationStatusView(activity).also { it.show(mine.next()) }
        assertEquals(listOf("Order 1", "Delayed"), list.texts().filter { it.isNotEmpty() }.take(2))
        settle()
        assertNull(activity.window.banner())
        message.shown()
        message.responded(Response.STATUS)
        val reported = generateSequence { device.next() }.filter { it is Event.Shown || it is Event.Responded }.take(2)
        assertEquals(listOf(shown(), ended(Response.STATUS)), reported.toList())
        amends.stop()
    }
}

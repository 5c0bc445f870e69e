package dev.amends

import dev.amends.core.Event
import dev.amends.core.UploadAnswer
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit

/** What a renderer may do beyond messages: ask, and show how operations are getting on. */
class QuestionTest : DriverBench() {
    private open class Old : MessageRenderer {
        override fun show(message: Message) = Unit

        override fun hide(id: Long) = Unit
    }

    private val asked = CompletableFuture<Question>()
    private val device = FakeDevice { if (Event.Foreground in it) asking(ask(9u)) else idle() }

    private fun next(count: Int) = List(count) { device.next() }

    private fun asked(): Question {
        renderer = object : Old() {
            override fun ask(question: Question) {
                asked.complete(question)
            }
        }
        drive(device).send(Event.Foreground)
        assertEquals(Event.Foreground, device.next())
        return asked.get(10, TimeUnit.SECONDS)
    }

    @Test
    fun `an answer is reported by the question's number`() {
        val question = asked()
        assertEquals(listOf(9L, "How is it going?", "Not now"), listOf(question.id, question.text, question.dismiss))
        assertEquals(listOf("awful", "bad", "so-so", "good", "great"), question.answers)
        assertEquals("en" to false, question.language to question.rightToLeft)
        assertEquals(8_000L to 20_000L, question.onScreenMs to question.onScreenWithScreenReaderMs)
        question.shown()
        question.answered(1)
        question.answered(5)
        assertEquals(listOf(Event.Shown(9u), Event.Answered(9u, 1u), Event.Answered(9u, 5u)), next(3))
        assertTrue(lines.isEmpty(), lines.toString())
    }

    @Test
    fun `an answer out of range is not sent, and one line says so`() {
        val question = asked()
        for (answer in listOf(0, 6, -1, 257)) question.answered(answer)
        question.answered(3)
        assertEquals(Event.Answered(9u, 3u), device.next())
        settle()
        assertEquals(listOf("An answer is a number from 1 to 5; 0 is not counted"), lines)
    }

    @Test
    fun `a question also leaves without an answer`() {
        val question = asked()
        question.dismissed()
        question.expired()
        question.notShown()
        val expected = listOf(Response.DISMISSED, Response.EXPIRED).map { Event.Responded(9u, it) }
        assertEquals(expected + Event.NotShown(9u), next(3))
    }

    @Test
    fun `a renderer that never heard of questions asks nobody, and says so`() {
        val device = FakeDevice { if (Event.Foreground in it) asking(operations(), ask(9u)) else idle() }
        renderer = Old()
        drive(device).send(Event.Foreground)
        assertEquals(listOf(Event.Foreground, Event.NotShown(9u)), List(2) { device.next() })
        assertTrue(lines.isEmpty(), lines.toString())
    }

    @Test
    fun `a renderer that throws in one call costs that call and nothing else`() {
        val effects = asking(operations(), ask(9u), upload(1u))
        val device = FakeDevice { if (Event.Foreground in it) effects else idle() }
        renderer = object : Old() {
            override fun ask(question: Question) = error("no room to ask")

            override fun operations(list: List<OperationStatus>) = error("no view")
        }
        drive(device).send(Event.Foreground)
        val uploaded = Event.Uploaded(1u, UploadAnswer.Status(200u, null))
        assertEquals(listOf(Event.Foreground, Event.NotShown(9u), uploaded), List(3) { device.next() })
        assertEquals(2, lines.size)
        assertTrue("no view" in lines[0] && "no room to ask" in lines[1], lines.toString())
    }

    @Test
    fun `the status view gets the whole list`() {
        val got = CompletableFuture<List<OperationStatus>>()
        val device = FakeDevice { if (Event.Foreground in it) asking(operations()) else idle() }
        renderer = object : Old() {
            override fun operations(list: List<OperationStatus>) {
                got.complete(list)
            }
        }
        drive(device).send(Event.Foreground)
        val expected = OperationStatus(
            id = "order-1",
            title = "Order 1",
            progress = OperationProgress.DELAYED,
            progressText = "Delayed",
            steps = listOf(OperationStep(OperationProgress.SCHEDULED, "Scheduled", 1_800_000_000_000)),
            expectedByUnixMs = 1_800_000_060_000,
            faqUrl = "https://shop.example.com/faq",
            faqText = "Questions",
        )
        assertEquals(listOf(expected), got.get(10, TimeUnit.SECONDS))
    }
}

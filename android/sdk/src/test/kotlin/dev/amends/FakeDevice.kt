package dev.amends

import dev.amends.core.Decision
import dev.amends.core.DeviceInterface
import dev.amends.core.Effect
import dev.amends.core.Event
import dev.amends.core.Now
import dev.amends.core.Step
import dev.amends.core.TimedEvent
import dev.amends.core.Upload
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit

/** A device that notes its steps and documents and answers as it is told; never crosses the FFI. */
class FakeDevice(private val answer: (List<Event>) -> Step = { idle() }) : DeviceInterface {
    class Stepped(val events: List<TimedEvent>, val now: Now, val thread: Thread)

    val steps = CopyOnWriteArrayList<Stepped>()
    private val arrivals = LinkedBlockingQueue<Event>()

    val documents = CopyOnWriteArrayList<String?>()

    /** What becomes of a document. */
    var taking: (String?) -> Unit = {}

    override fun useDocument(json: String?) {
        documents += json
        taking(json)
    }

    override fun step(events: List<TimedEvent>, now: Now): Step {
        steps += Stepped(events, now, Thread.currentThread())
        arrivals += events.map { it.event }
        return answer(events.map { it.event })
    }

    /** What was decided so far. */
    val decisions = CopyOnWriteArrayList<Decision>()

    override fun decisionsAfter(number: ULong): List<Decision> = decisions.filter { it.number > number }

    override fun whatWeSend(): String = "{}"

    override fun isOff(): Boolean = false

    /** The next event that was stepped. */
    fun next(): Event = arrivals.poll(10, TimeUnit.SECONDS) ?: error("no further event was stepped")
}

fun idle() = Step(emptyList(), null)

fun asking(vararg effects: Effect) = Step(effects.toList(), null)

fun show(id: ULong) = Effect.Show(
    dev.amends.core.Message(
        id = id,
        purpose = Purpose.MAKE_GOOD,
        kind = "dead_tap",
        text = "סליחה.",
        actions = listOf(Action(ActionKind.STATUS, "מצב", "https://status.example.com")),
        dismiss = "סגירה",
        language = "he",
        rightToLeft = true,
        onScreenMs = 4_000u,
        onScreenWithScreenReaderMs = ULong.MAX_VALUE,
    ),
)

fun ask(id: ULong) = Effect.Ask(
    dev.amends.core.Question(
        id = id,
        text = "How is it going?",
        answers = listOf("awful", "bad", "so-so", "good", "great"),
        dismiss = "Not now",
        language = "en",
        rightToLeft = false,
        onScreenMs = 8_000u,
        onScreenWithScreenReaderMs = 20_000u,
    ),
)

fun operations() = Effect.Operations(
    listOf(
        dev.amends.core.OperationStatus(
            id = "order-1",
            title = "Order 1",
            progress = OperationProgress.DELAYED,
            progressText = "Delayed",
            steps = listOf(dev.amends.core.OperationStep(OperationProgress.SCHEDULED, "Scheduled", 1_800_000_000_000u)),
            expectedByUnixMs = 1_800_000_060_000u,
            faqUrl = "https://shop.example.com/faq",
            faqText = "Questions",
        ),
    ),
)

fun upload(id: ULong) = Effect.Upload(Upload(id, "http://127.0.0.1:9/v1/metrics", mapOf("A" to "b"), byteArrayOf(1)))

fun hide(id: ULong) = Effect.Hide(id)

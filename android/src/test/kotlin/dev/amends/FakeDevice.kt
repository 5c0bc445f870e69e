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

/** A device that notes its steps and answers as it is told; never crosses the FFI. */
class FakeDevice(private val answer: (List<Event>) -> Step = { idle() }) : DeviceInterface {
    class Stepped(val events: List<TimedEvent>, val now: Now, val thread: Thread)

    val steps = CopyOnWriteArrayList<Stepped>()
    private val arrivals = LinkedBlockingQueue<Event>()

    override fun step(events: List<TimedEvent>, now: Now): Step {
        steps += Stepped(events, now, Thread.currentThread())
        arrivals += events.map { it.event }
        return answer(events.map { it.event })
    }

    override fun decisionsAfter(number: ULong): List<Decision> = emptyList()

    override fun whatWeSend(): String = "{}"

    override fun isOff(): Boolean = false

    /** The next event that was stepped. */
    fun next(): Event = arrivals.poll(10, TimeUnit.SECONDS) ?: error("no further event was stepped")
}

fun idle() = Step(emptyList(), null)

fun asking(vararg effects: Effect) = Step(effects.toList(), null)

fun show(id: ULong) = Effect.Show(dev.amends.core.Message(id, "dead_tap", "Sorry.", 4_000u, 10_000u))

fun upload(id: ULong) = Effect.Upload(Upload(id, "http://127.0.0.1:9/v1/metrics", mapOf("A" to "b"), byteArrayOf(1)))

fun hide(id: ULong) = Effect.Hide(id)

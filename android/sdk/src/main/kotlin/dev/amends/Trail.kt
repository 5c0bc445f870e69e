package dev.amends

import dev.amends.core.DeviceInterface
import dev.amends.core.Effect
import dev.amends.core.Event
import dev.amends.core.Now
import dev.amends.core.Step
import dev.amends.core.TimedEvent

/** Makes breadcrumbs of what goes into a step and comes out of it. For the driver's thread alone. */
internal class Trail(private val sink: BreadcrumbSink, log: Log) {
    private val guard = Guard("breadcrumbs", log)
    private var decided = 0uL

    /** What was handed to the renderer and has not left yet, by its number. */
    private val onTheirWay = LinkedHashMap<ULong, Said>()

    /** To be called after each step, before its effects are carried out. */
    fun stepped(device: DeviceInterface, events: List<TimedEvent>, step: Step, now: Now): Unit = guard.run {
        for (decision in device.decisionsAfter(decided)) {
            decided = decision.number
            sink.add(decision.toBreadcrumb(now))
        }
        for (timed in events) happened(timed.event, unixMs(timed.atMs, now))
        for (effect in step.effects) remember(effect)
    }

    private fun remember(effect: Effect) {
        when (effect) {
            is Effect.Show -> onTheirWay[effect.message.id] = Said(effect.message)

            is Effect.Ask -> onTheirWay[effect.question.id] =
                Said("asked how it is going", mapOf(PURPOSE to "question"))

            else -> return
        }
        if (onTheirWay.size > MOST) onTheirWay.remove(onTheirWay.keys.first())
    }

    private fun happened(event: Event, unixMs: Long) {
        when (event) {
            is Event.Shown -> shown(event.message, unixMs)
            is Event.NotShown -> onTheirWay.remove(event.message)
            is Event.Responded -> ended(event.message, event.response.name.lowercase(), unixMs)
            is Event.Answered -> ended(event.question, "answered", unixMs)
            else -> Unit
        }
    }

    private fun shown(id: ULong, unixMs: Long) {
        val said = onTheirWay[id]?.takeUnless { it.drawn } ?: return
        said.drawn = true
        say(said.text, said.data, unixMs)
    }

    private fun ended(id: ULong, how: String, unixMs: Long) {
        val said = onTheirWay.remove(id)?.takeIf { it.drawn } ?: return
        say("${said.text}: $how", said.data + ("response" to how), unixMs)
    }

    private fun say(text: String, data: Map<String, String>, unixMs: Long): Unit =
        sink.add(Breadcrumb(Breadcrumb.MESSAGE, text, Breadcrumb.Level.INFO, data, unixMs))

    /** A message or question without its words. */
    private class Said(val text: String, val data: Map<String, String>) {
        var drawn = false

        constructor(message: dev.amends.core.Message) : this(
            when (message.purpose) {
                Purpose.APOLOGY -> "said sorry for ${message.kind}"
                Purpose.MAKE_GOOD -> "said that ${message.kind} is over"
            },
            mapOf(PURPOSE to message.purpose.name.lowercase(), "kind" to message.kind),
        )
    }

    private companion object {
        /** Messages come one at a time: what nobody reports on is of no interest. */
        const val MOST = 8
        const val PURPOSE = "purpose"
    }
}

private fun Decision.toBreadcrumb(now: Now): Breadcrumb {
    val screen = screen
    val data = LinkedHashMap<String, String>()
    data["kind"] = kind
    if (screen != null) data["screen"] = screen
    data["outcome"] = outcome
    data["reason"] = reason
    val text = if (screen == null) kind else "$kind on $screen"
    return Breadcrumb(Breadcrumb.FAILURE, text, Breadcrumb.Level.WARNING, data, unixMs(atMs, now))
}

/** A moment of the monotonic clock as a time of day. */
private fun unixMs(atMs: ULong, now: Now): Long =
    now.unixMs.orForever() - (now.monotonicMs.orForever() - atMs.orForever())

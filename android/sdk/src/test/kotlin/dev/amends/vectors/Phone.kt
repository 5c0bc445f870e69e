package dev.amends.vectors

import com.google.gson.JsonElement
import com.google.gson.JsonObject
import com.google.gson.JsonParser
import dev.amends.core.Config
import dev.amends.core.Decision
import dev.amends.core.Device
import dev.amends.core.Event
import dev.amends.core.Now
import dev.amends.core.Pace
import dev.amends.core.Step
import dev.amends.core.TimedEvent
import java.io.File

/** A real device in virtual time: opened, stepped, dropped and opened again. Says only what the device says. */
class Phone(private val vector: Vector, private val directory: File) : AutoCloseable {
    private var device = open(0)
    private var lastDecision = 0uL
    private val closed = mutableMapOf<String, Long>()

    /** When it wants to be stepped even if nothing happens. */
    var deadlineMs: Long? = null
        private set

    /** All decisions so far, over restarts, and the step that told of each. */
    val decisions = mutableListOf<Pair<Long, Decision>>()

    /** Opportunities by kind, of closed windows and the open one. */
    fun opportunities(): Map<String, Long> {
        val open = openWindow()
        return (closed.keys + open.keys).associateWith { (closed[it] ?: 0) + (open[it] ?: 0) }
    }

    fun step(atMs: Long, event: Event?): Step {
        // A window closes with the app: what it held is then read from nowhere else.
        val before = if (event is Event.Background) openWindow() else emptyMap()
        val step = device.step(listOfNotNull(event).map { TimedEvent(atMs.toULong(), it) }, now(atMs))
        if (openWindow().values.sum() < before.values.sum()) {
            for ((kind, count) in before) closed.merge(kind, count, Long::plus)
        }
        // A step handles all that is due, so its deadline lies ahead. If ever it did not, this must end all the same.
        deadlineMs = step.nextDeadlineMs?.toLong()?.coerceAtLeast(atMs + 1)
        val decided = device.decisionsAfter(lastDecision)
        lastDecision = decided.lastOrNull()?.number ?: lastDecision
        decisions += decided.map { atMs to it }
        return step
    }

    /** The process dies and starts again. */
    fun restart(atMs: Long): Step {
        device.close()
        device = open(atMs)
        lastDecision = 0u
        return step(atMs, null)
    }

    override fun close() = device.close()

    private fun open(atMs: Long): Device {
        val config = Config(
            directory = directory.path,
            endpoint = "http://127.0.0.1:9",
            serviceName = "vectors",
            serviceVersion = "1",
            osName = "Android",
            osVersion = "15",
            sdkLanguage = "kotlin",
            holdout = vector.holdout,
            pace = Pace(TEN_YEARS_MS, TEN_YEARS_MS, TEN_YEARS_MS),
            seed = vector.seed,
        )
        // A document is not kept over a restart: an app hands it in at each start.
        return Device.open(config, now(atMs)).apply { vector.document?.let(::useDocument) }
    }

    private fun now(ms: Long) = Now(ms.toULong(), 1_700_000_000_000u + ms.toULong())

    private fun openWindow(): Map<String, Long> {
        val totals = mutableMapOf<String, Long>()
        val body = JsonParser.parseString(device.whatWeSend())
        val metrics = body.items("resourceMetrics").flatMap { it.items("scopeMetrics") }.flatMap { it.items("metrics") }
        for (metric in metrics.filter { it["name"].asString == "amends.opportunities" }) {
            for (point in metric["sum"].items("dataPoints")) {
                val kind = point.items("attributes").single { it["key"].asString == "amends.failure.kind" }
                val name = kind.getAsJsonObject("value")["stringValue"].asString
                totals.merge(name, point["asInt"].asLong, Long::plus)
            }
        }
        return totals
    }

    private fun JsonElement.items(list: String): List<JsonObject> =
        asJsonObject.getAsJsonArray(list)?.map { it.asJsonObject }.orEmpty()

    private companion object {
        const val TEN_YEARS_MS = 315_360_000_000uL
    }
}

package dev.amends.vectors

import com.google.gson.JsonElement
import com.google.gson.JsonObject
import com.google.gson.JsonParser
import dev.amends.core.Event
import java.io.File

/** What becomes of a message that is to be drawn. */
sealed interface Draws {
    data object Never : Draws

    /** After this time; at once: zero. */
    data class After(val ms: Long) : Draws
}

/** One conformance vector: what happens on a phone, and what has to come of it. */
class Vector(
    val name: String,
    val holdout: Double,
    val seed: ULong,
    val document: String?,
    val draws: Draws,
    val restartsAtMs: List<Long>,
    val events: List<Pair<Long, Event>>,
    val untilMs: Long,
    val expect: JsonObject,
)

/** The vectors of a file as they stand there; each is read by [toVector], so that a bad one costs no other. */
fun vectorsIn(file: File): List<JsonElement> = JsonParser.parseString(file.readText()).read(file.name) {
    text("about")
    list("vectors").toList()
}

/** What the element is called, as far as it can be known. */
fun JsonElement.vectorName(): String =
    takeIf { it.isJsonObject }?.asJsonObject?.get("name")?.takeIf { it.isJsonPrimitive }?.asString ?: "without a name"

fun JsonElement.toVector(): Vector = read("the vector") {
    text("why")
    Vector(
        name = text("name"),
        holdout = optional("holdout")?.asDouble ?: 0.0,
        seed = optional("seed")?.asString?.toULong() ?: 1u,
        document = optional("document")?.toString(),
        draws = optional("draws")?.toDraws() ?: Draws.After(0),
        restartsAtMs = optional("restart_at_ms")?.asJsonArray?.map { it.asLong }.orEmpty().inOrder("restart_at_ms"),
        events = list("events").map { it.read("an event") { long("at_ms") to required("event").toEvent() } }
            .also { events -> events.map { it.first }.inOrder("events") },
        untilMs = long("until_ms"),
        expect = required("expect").asJsonObject,
    )
}

private fun JsonElement.toDraws(): Draws = when {
    isJsonObject -> read("draws") { Draws.After(long("after_ms")) }
    asString == "at_once" -> Draws.After(0)
    asString == "never" -> Draws.Never
    else -> throw IllegalArgumentException("draws is no $this")
}

private fun List<Long>.inOrder(what: String): List<Long> = also {
    require(zipWithNext().all { (one, next) -> one <= next }) { "$what: not in the order of time" }
}

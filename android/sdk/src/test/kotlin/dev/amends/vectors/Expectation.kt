package dev.amends.vectors

import com.google.gson.JsonArray
import com.google.gson.JsonElement
import com.google.gson.JsonNull
import com.google.gson.JsonObject
import com.google.gson.JsonPrimitive

/** What a vector expects against what came of it; each mismatch is one text. */
class Expectation(private val run: Run, private val phone: Phone) {
    private val mismatches = mutableListOf<String>()

    fun mismatches(expect: JsonObject): List<String> {
        expect.read("expect") {
            list("decisions").compareWith("decisions", decisions(), "at_ms", "kind", "outcome", "reason")
            optional("messages")?.compareWith("messages", messages(), "at_ms", "purpose")
            optional("questions")?.compareWith("questions", questions(), "at_ms")
            optional("operations")?.compareWith("operations", operations(), "id", "progress")
            optional("hidden")?.let { compare("hidden", it, run.hidden.map(::json).toArray()) }
            optional("opportunities")?.asJsonObject?.let(::compareOpportunities)
        }
        return mismatches
    }

    private fun compareOpportunities(expected: JsonObject) {
        val unknown = expected.keySet() - KINDS
        require(unknown.isEmpty()) { "opportunities: no kind is called $unknown" }
        val counted = phone.opportunities()
        val got = of(*expected.keySet().map { it to (counted[it] ?: 0) }.toTypedArray())
        compare("opportunities", expected, got)
    }

    /** An exact list, of which each entry is compared in the fields that the vector gives. */
    private fun JsonElement.compareWith(what: String, got: List<JsonObject>, vararg required: String) {
        for (entry in asJsonArray) {
            val missing = required.filterNot(entry.asJsonObject::has)
            require(missing.isEmpty()) { "$what: $entry does not say $missing" }
        }
        val alike = asJsonArray.size() == got.size &&
            asJsonArray.zip(got).all { (one, other) -> one.asJsonObject.entrySet().all { other[it.key] == it.value } }
        if (!alike) mismatch(what, this, got.toArray())
    }

    private fun compare(what: String, expected: JsonElement, got: JsonElement) {
        if (expected != got) mismatch(what, expected, got)
    }

    private fun mismatch(what: String, expected: JsonElement, got: JsonElement) {
        mismatches += "$what:\n  expected $expected\n  got      $got"
    }

    private fun decisions() = phone.decisions.map { (atMs, decision) ->
        of(
            "at_ms" to atMs,
            "kind" to decision.kind,
            "outcome" to decision.outcome,
            "reason" to decision.reason,
            "screen" to decision.screen,
        )
    }

    private fun messages() = run.messages.map { (atMs, message) ->
        of(
            "at_ms" to atMs,
            "purpose" to message.purpose,
            "text" to message.text,
            "actions" to message.actions.map { json(it.kind) }.toArray(),
            "right_to_left" to message.rightToLeft,
        )
    }

    private fun questions() = run.questions.map { (atMs, question) -> of("at_ms" to atMs, "text" to question.text) }

    private fun operations() = run.operations.map {
        of("id" to it.id, "progress" to it.progress, "progress_text" to it.progressText)
    }
}

private val KINDS = setOf("slow_load", "dead_tap", "rage_tap", "dead_input", "error", "hang", "poor_content")

private fun of(vararg fields: Pair<String, Any?>) = JsonObject().apply {
    for ((name, value) in fields) add(name, json(value))
}

private fun List<JsonElement>.toArray() = JsonArray().also { forEach(it::add) }

private fun json(value: Any?): JsonElement = when (value) {
    null -> JsonNull.INSTANCE
    is JsonElement -> value
    is Enum<*> -> JsonPrimitive(value.name.lowercase())
    is Boolean -> JsonPrimitive(value)
    is Number -> JsonPrimitive(value)
    is ULong -> JsonPrimitive(value.toLong())
    else -> JsonPrimitive(value.toString())
}

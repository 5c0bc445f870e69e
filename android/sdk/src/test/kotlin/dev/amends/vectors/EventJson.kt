package dev.amends.vectors

import com.google.gson.JsonElement
import dev.amends.core.Event
import dev.amends.core.Hang
import dev.amends.core.OperationReport
import dev.amends.core.RequestEnd
import dev.amends.core.Tap
import dev.amends.core.UploadAnswer

/** An event as a vector writes it: the form of `amends_core::Event` with the feature `json`. */
fun JsonElement.toEvent(): Event = if (isJsonPrimitive) {
    plain(asString)
} else {
    val (name, of) = variant("an event")
    worded(name, of) ?: of.read(name) { fielded(name) }
}

private fun plain(name: String): Event = when (name) {
    "foreground" -> Event.Foreground
    "background" -> Event.Background
    "new_session" -> Event.NewSession
    "error_reported" -> Event.ErrorReported
    "pause" -> Event.Pause
    "resume" -> Event.Resume
    else -> throw IllegalArgumentException("there is no event \"$name\" without fields")
}

/** Those that hold one word instead of fields. */
private fun worded(name: String, word: JsonElement): Event? = when (name) {
    "reaction" -> Event.Reacted(word.word())
    "content" -> Event.ContentShown(word.word())
    "opt_out" -> Event.OptedOut(word.word())
    else -> null
}

private fun Fields.fielded(name: String): Event = when (name) {
    "screen" -> Event.Screen(text("name"))
    "person" -> Event.Person(optional("name")?.asString)
    "segment" -> Event.Segment(optional("name")?.asString)
    "tap" -> Event.Tapped(tap())
    "submit" -> Event.Submit(number("target"), required("via").word())
    "load_started" -> loadStarted()
    "load_progress" -> Event.LoadProgress(number("load"))
    "load_ended" -> Event.LoadEnded(number("load"), required("end").word())
    "request_started" -> Event.RequestStarted(number("request"), optional("operation")?.asString)
    "request_ended" -> Event.RequestEnded(number("request"), requestEnd(required("end")))
    "hang" -> Event.Hung(hang())
    "playback" -> Event.PlaybackChanged(number("playback"), required("change").word())
    "operation" -> Event.OperationReported(operation())
    "languages" -> Event.Languages(list("tags").map { it.asString })
    "shown" -> Event.Shown(number("message"))
    "not_shown" -> Event.NotShown(number("message"))
    "responded" -> Event.Responded(number("message"), required("response").word())
    "answered" -> Event.Answered(number("question"), text("answer").toUByte())
    "queue_dropped" -> Event.QueueDropped(text("count").toUInt())
    "uploaded" -> Event.Uploaded(number("upload"), uploadAnswer(required("answer")))
    else -> throw IllegalArgumentException("there is no event \"$name\"")
}

private fun Fields.tap() = Tap(
    target = number("target"),
    role = required("role").word(),
    enabled = optional("enabled")?.asBoolean ?: true,
    fingers = optional("fingers")?.asString?.toUByte() ?: 1u,
    x = optional("x")?.asInt ?: 0,
    y = optional("y")?.asInt ?: 0,
)

private fun Fields.loadStarted() = Event.LoadStarted(
    load = number("load"),
    kind = required("kind").word(),
    progress = optional("progress")?.asBoolean ?: false,
    operation = optional("operation")?.asString,
)

private fun Fields.hang() = Hang(
    blockedMs = number("blocked_ms"),
    sleepAskedMs = optional("sleep_asked_ms")?.asString?.toULong() ?: 0u,
    sleepTookMs = optional("sleep_took_ms")?.asString?.toULong() ?: 0u,
    debugger = optional("debugger")?.asBoolean ?: false,
)

private fun Fields.operation() = OperationReport(
    id = text("id"),
    title = optional("title")?.asString,
    progress = required("progress").word(),
    expectedWithinMs = optional("expected_within_ms")?.asString?.toULong(),
    faqUrl = optional("faq_url")?.asString,
)

private fun requestEnd(json: JsonElement): RequestEnd = if (json.isJsonPrimitive) {
    when (val name = json.asString) {
        "timed_out" -> RequestEnd.TimedOut
        "unreachable" -> RequestEnd.Unreachable
        "cancelled" -> RequestEnd.Cancelled
        else -> throw IllegalArgumentException("no request ends with \"$name\"")
    }
} else {
    json.read("the end of a request") { RequestEnd.Status(text("status").toUShort()) }
}

private fun uploadAnswer(json: JsonElement): UploadAnswer = if (json.isJsonPrimitive) {
    require(json.asString == "unreachable") { "no upload is answered with $json" }
    UploadAnswer.Unreachable
} else {
    val (name, of) = json.variant("the answer to an upload")
    require(name == "status") { "no upload is answered with $json" }
    of.read(name) {
        UploadAnswer.Status(text("code").toUShort(), optional("retry_after_ms")?.asString?.toULong())
    }
}

package dev.amends.vectors

import com.google.gson.JsonParser
import dev.amends.Content
import dev.amends.LoadKind
import dev.amends.OperationProgress
import dev.amends.OptOut
import dev.amends.Reaction
import dev.amends.Response
import dev.amends.Role
import dev.amends.SubmitVia
import dev.amends.core.Event
import dev.amends.core.Hang
import dev.amends.core.LoadEnd
import dev.amends.core.OperationReport
import dev.amends.core.Playback
import dev.amends.core.RequestEnd
import dev.amends.core.Tap
import dev.amends.core.UploadAnswer
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test

/** Every event, as a vector writes it. */
class EventJsonTest {
    private val events = listOf(
        """"foreground"""" to Event.Foreground,
        """"background"""" to Event.Background,
        """"new_session"""" to Event.NewSession,
        """"error_reported"""" to Event.ErrorReported,
        """"pause"""" to Event.Pause,
        """"resume"""" to Event.Resume,
        """{"screen": {"name": "Home"}}""" to Event.Screen("Home"),
        """{"person": {"name": "Jackie"}}""" to Event.Person("Jackie"),
        """{"person": {"name": null}}""" to Event.Person(null),
        """{"segment": {"name": "vip"}}""" to Event.Segment("vip"),
        """{"tap": {"target": 18446744073709551615, "role": "text_field"}}""" to
            Event.Tapped(Tap(ULong.MAX_VALUE, Role.TEXT_FIELD, true, 1u, 0, 0)),
        """{"tap": {"target": 1, "role": "link", "enabled": false, "fingers": 2, "x": 3, "y": -4}}""" to
            Event.Tapped(Tap(1u, Role.LINK, false, 2u, 3, -4)),
        """{"submit": {"target": 2, "via": "editor_action"}}""" to Event.Submit(2u, SubmitVia.EDITOR_ACTION),
        """{"reaction": "left_app"}""" to Event.Reacted(Reaction.LEFT_APP),
        """{"load_started": {"load": 1, "kind": "cold_launch"}}""" to
            Event.LoadStarted(1u, LoadKind.COLD_LAUNCH, false, null),
        """{"load_started": {"load": 1, "kind": "content", "progress": true, "operation": "search"}}""" to
            Event.LoadStarted(1u, LoadKind.CONTENT, true, "search"),
        """{"load_progress": {"load": 1}}""" to Event.LoadProgress(1u),
        """{"load_ended": {"load": 1, "end": "empty"}}""" to Event.LoadEnded(1u, LoadEnd.EMPTY),
        """{"request_started": {"request": 1}}""" to Event.RequestStarted(1u, null),
        """{"request_started": {"request": 1, "operation": "GET /"}}""" to Event.RequestStarted(1u, "GET /"),
        """{"request_ended": {"request": 1, "end": {"status": 503}}}""" to
            Event.RequestEnded(1u, RequestEnd.Status(503u)),
        """{"request_ended": {"request": 1, "end": "timed_out"}}""" to Event.RequestEnded(1u, RequestEnd.TimedOut),
        """{"request_ended": {"request": 1, "end": "unreachable"}}""" to
            Event.RequestEnded(1u, RequestEnd.Unreachable),
        """{"request_ended": {"request": 1, "end": "cancelled"}}""" to Event.RequestEnded(1u, RequestEnd.Cancelled),
        """{"hang": {"blocked_ms": 3000}}""" to Event.Hung(Hang(3_000u, 0u, 0u, false)),
        """{"hang": {"blocked_ms": 1, "sleep_asked_ms": 2, "sleep_took_ms": 3, "debugger": true}}""" to
            Event.Hung(Hang(1u, 2u, 3u, true)),
        """{"content": "broken_image"}""" to Event.ContentShown(Content.BROKEN_IMAGE),
        """{"playback": {"playback": 1, "change": "stalled"}}""" to Event.PlaybackChanged(1u, Playback.STALLED),
        """{"operation": {"id": "o", "progress": "scheduled"}}""" to
            Event.OperationReported(OperationReport("o", null, OperationProgress.SCHEDULED, null, null)),
        """{"operation": {"id": "o", "title": "t", "progress": "sent", "expected_within_ms": 5, "faq_url": "u"}}""" to
            Event.OperationReported(OperationReport("o", "t", OperationProgress.SENT, 5u, "u")),
        """{"languages": {"tags": ["he", "en"]}}""" to Event.Languages(listOf("he", "en")),
        """{"opt_out": "everything"}""" to Event.OptedOut(OptOut.EVERYTHING),
        """{"shown": {"message": 1}}""" to Event.Shown(1u),
        """{"not_shown": {"message": 1}}""" to Event.NotShown(1u),
        """{"responded": {"message": 1, "response": "tell_us"}}""" to Event.Responded(1u, Response.TELL_US),
        """{"answered": {"question": 1, "answer": 5}}""" to Event.Answered(1u, 5u),
        """{"queue_dropped": {"count": 3}}""" to Event.QueueDropped(3u),
        """{"uploaded": {"upload": 1, "answer": "unreachable"}}""" to Event.Uploaded(1u, UploadAnswer.Unreachable),
        """{"uploaded": {"upload": 1, "answer": {"status": {"code": 503, "retry_after_ms": 7}}}}""" to
            Event.Uploaded(1u, UploadAnswer.Status(503u, 7u)),
        """{"uploaded": {"upload": 1, "answer": {"status": {"code": 200}}}}""" to
            Event.Uploaded(1u, UploadAnswer.Status(200u, null)),
    )

    private fun read(json: String) = JsonParser.parseString(json).toEvent()

    @Test
    fun `each is read`() = assertEquals(events.map { it.second }, events.map { read(it.first) })

    @Test
    fun `none is missing`() {
        val known = Event::class.java.declaredClasses.filter(Event::class.java::isAssignableFrom).toSet()
        assertEquals(emptySet<Class<*>>(), known - events.map { it.second.javaClass }.toSet())
    }

    @Test
    fun `what is not known is refused`() {
        val wrong = listOf(
            """"tap"""",
            """{"shake": {}}""",
            """{"foreground": {}}""",
            """{"screen": {"name": "A", "title": "B"}}""",
            """{"submit": {"target": 1}}""",
            """{"reaction": "Frame"}""",
            """{"reaction": "frame", "opt_out": "nothing"}""",
            """{"answered": {"question": 1, "answer": 300}}""",
            """{"request_ended": {"request": 1, "end": "failed"}}""",
            """{"uploaded": {"upload": 1, "answer": "lost"}}""",
        )
        for (json in wrong) assertThrows(RuntimeException::class.java, { read(json) }, json)
    }
}

import AmendsCore

@testable import Amends

/// Events as JSON, as the core itself reads them: `"foreground"`, `{"reaction": "frame"}`.
extension Event {
    init(_ json: JSON) throws {
        if case .text(let word) = json {
            self = try Self.named(word)
            return
        }
        guard let (word, value) = try json.object().first, try json.object().count == 1 else {
            throw TestError("no event: \(json.written)")
        }
        if let event = try Self.of(word, value) {
            self = event
        } else {
            var fields = try Fields(value, of: word)
            self = try Self.with(word, &fields)
            try fields.end()
        }
    }

    private static func named(_ word: String) throws -> Event {
        switch word {
        case "foreground": .foreground
        case "background": .background
        case "new_session": .newSession
        case "error_reported": .errorReported
        case "pause": .pause
        case "resume": .resume
        default: throw TestError("no event: \(word)")
        }
    }

    /// Those that are one word more.
    private static func of(_ word: String, _ value: JSON) throws -> Event? {
        switch word {
        case "reaction": .reacted(reaction: try value.word(Amends.Reaction.self).core)
        case "content": .contentShown(content: try value.word(Amends.Content.self).core)
        case "opt_out": .optedOut(of: try value.word(Amends.OptOut.self).core)
        default: nil
        }
    }

    private static func with(_ word: String, _ of: inout Fields) throws -> Event {
        switch word {
        case "screen": .screen(name: try of.must("name") { try $0.text() })
        case "person": .person(name: try of.may("name") { try $0.text() })
        case "segment": .segment(name: try of.may("name") { try $0.text() })
        case "tap": .tapped(tap: try tap(&of))
        case "submit":
            .submit(
                target: try of.must("target") { try $0.whole() },
                via: try of.must("via") { try $0.word(Amends.SubmitVia.self).core })
        case "load_started":
            .loadStarted(
                load: try of.must("load") { try $0.whole() },
                kind: try of.must("kind") { try $0.word(Amends.LoadKind.self).core },
                progress: try of.may("progress") { try $0.bool() } ?? false,
                operation: try of.may("operation") { try $0.text() })
        case "load_progress": .loadProgress(load: try of.must("load") { try $0.whole() })
        case "load_ended":
            .loadEnded(load: try of.must("load") { try $0.whole() }, end: try of.must("end", loadEnd))
        case "request_started":
            .requestStarted(
                request: try of.must("request") { try $0.whole() },
                operation: try of.may("operation") { try $0.text() })
        case "request_ended":
            .requestEnded(
                request: try of.must("request") { try $0.whole() }, end: try of.must("end", requestEnd))
        case "hang": .hung(hang: try hang(&of))
        case "playback":
            .playbackChanged(
                playback: try of.must("playback") { try $0.whole() }, change: try of.must("change", change))
        case "operation": .operationReported(report: try operation(&of))
        case "languages": .languages(tags: try of.must("tags") { try $0.list().map { try $0.text() } })
        case "shown": .shown(message: try of.must("message") { try $0.whole() })
        case "not_shown": .notShown(message: try of.must("message") { try $0.whole() })
        case "responded":
            .responded(
                message: try of.must("message") { try $0.whole() },
                response: try of.must("response") { try $0.word(Amends.Response.self).core })
        case "answered":
            .answered(
                question: try of.must("question") { try $0.whole() },
                answer: try of.must("answer") { try $0.fits(UInt8.self) })
        case "queue_dropped": .queueDropped(count: try of.must("count") { try $0.fits(UInt32.self) })
        case "uploaded":
            .uploaded(
                upload: try of.must("upload") { try $0.whole() }, answer: try of.must("answer", uploadAnswer))
        default: throw TestError("no event: \(word)")
        }
    }

    private static func tap(_ of: inout Fields) throws -> Tap {
        Tap(
            target: try of.must("target") { try $0.whole() },
            role: try of.must("role") { try $0.word(Amends.Role.self).core },
            enabled: try of.may("enabled") { try $0.bool() } ?? true,
            fingers: try of.may("fingers") { try $0.fits(UInt8.self) } ?? 1,
            x: try of.may("x") { try $0.fits(Int32.self) } ?? 0,
            y: try of.may("y") { try $0.fits(Int32.self) } ?? 0)
    }

    private static func hang(_ of: inout Fields) throws -> Hang {
        Hang(
            blockedMs: try of.must("blocked_ms") { try $0.whole() },
            sleepAskedMs: try of.may("sleep_asked_ms") { try $0.whole() } ?? 0,
            sleepTookMs: try of.may("sleep_took_ms") { try $0.whole() } ?? 0,
            debugger: try of.may("debugger") { try $0.bool() } ?? false)
    }

    private static func operation(_ of: inout Fields) throws -> OperationReport {
        OperationReport(
            id: try of.must("id") { try $0.text() },
            title: try of.may("title") { try $0.text() },
            progress: try of.must("progress") { try $0.word(Amends.OperationProgress.self).core },
            expectedWithinMs: try of.may("expected_within_ms") { try $0.whole() },
            faqUrl: try of.may("faq_url") { try $0.text() })
    }

    private static func loadEnd(_ json: JSON) throws -> LoadEnd {
        switch try json.text() {
        case "succeeded": .succeeded
        case "empty": .empty
        case "failed": .failed
        case "cancelled": .cancelled
        default: throw TestError("no end of a load: \(json.written)")
        }
    }

    private static func requestEnd(_ json: JSON) throws -> RequestEnd {
        switch json {
        case .text("timed_out"): .timedOut
        case .text("unreachable"): .unreachable
        case .text("cancelled"): .cancelled
        default:
            try one(json, "status") { .status(code: try $0.fits(UInt16.self)) }
        }
    }

    private static func change(_ json: JSON) throws -> Playback {
        switch try json.text() {
        case "started": .started
        case "stalled": .stalled
        case "resumed": .resumed
        case "sought": .sought
        case "paused": .paused
        case "ended": .ended
        default: throw TestError("no change of a playback: \(json.written)")
        }
    }

    private static func uploadAnswer(_ json: JSON) throws -> UploadAnswer {
        if json == .text("unreachable") { return .unreachable }
        return try one(json, "status") { status in
            var of = try Fields(status, of: "status")
            let code = try of.must("code") { try $0.fits(UInt16.self) }
            let after = try of.may("retry_after_ms") { try $0.whole() }
            try of.end()
            return .status(code: code, retryAfterMs: after)
        }
    }

    /// An object with this one field.
    private static func one<Value>(
        _ json: JSON, _ name: String, _ read: (JSON) throws -> Value
    ) throws -> Value {
        var fields = try Fields(json, of: name)
        let value = try fields.must(name, read)
        try fields.end()
        return value
    }
}

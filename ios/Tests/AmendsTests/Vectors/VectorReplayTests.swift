import AmendsCore
import Testing

@testable import Amends

/// The runner of the vectors by itself: that it reads every event, passes what is right and fails what is wrong.
struct VectorReplayTests {
    private func vector(_ fields: String) throws -> Vector {
        let text = #"{"about": "a test", "vectors": [{"name": "a", "why": "b", \#(fields)}]}"#
        return try #require(try Vector.all(in: text).first)
    }

    private func mismatches(_ fields: String) throws -> [String] {
        VectorTests.mismatches(of: try vector(fields))
    }

    private static let tap =
        #"{"at_ms": 500, "event": {"tap": {"target": 1, "role": "button"}}}"#
    private static let deadTap = """
        "events": [{"at_ms": 0, "event": "foreground"}, {"at_ms": 0, "event": {"screen": {"name": "Home"}}}, \(tap)],
        "until_ms": 20000
        """

    @Test("A dead tap, as it is")
    func deadTap() throws {
        let found = try mismatches(
            Self.deadTap + """
                , "expect": {
                    "decisions": [{"at_ms": 3500, "kind": "dead_tap", "outcome": "shown", "reason": "said sorry",
                        "screen": "Home"}],
                    "opportunities": {"dead_tap": 1, "slow_load": 0},
                    "messages": [{"at_ms": 3500, "purpose": "apology", "actions": [], "right_to_left": false}],
                    "questions": [], "hidden": [], "operations": []}
                """)
        #expect(found == [])
    }

    @Test(
        "What is not so is found",
        arguments: [
            #""decisions": []"#,
            #""decisions": [{"at_ms": 3501, "kind": "dead_tap", "outcome": "shown", "reason": "said sorry"}]"#,
            #""decisions": [{"at_ms": 3500, "screen": "Basket"}]"#,
            #""decisions": [{"at_ms": 3500, "misspelt": "dead_tap"}]"#,
            #""decisions": [{"at_ms": 3500}], "opportunities": {"dead_tap": 2}"#,
            #""decisions": [{"at_ms": 3500}], "opportunities": {"hang": 3}"#,
            #""decisions": [{"at_ms": 3500}], "messages": []"#,
            #""decisions": [{"at_ms": 3500}], "messages": [{"at_ms": 3500, "text": "Sorry."}]"#,
            #""decisions": [{"at_ms": 3500}], "messages": [{"at_ms": 3500, "actions": ["retry"]}]"#,
            #""decisions": [{"at_ms": 3500}], "questions": [{}, {}]"#,
            #""decisions": [{"at_ms": 3500}], "hidden": [1]"#,
            #""decisions": [{"at_ms": 3500}], "operations": [{"id": "order"}]"#,
        ])
    func isFound(_ expect: String) throws {
        #expect(try mismatches(Self.deadTap + #", "expect": {\#(expect)}"#).count == 1)
    }

    @Test("A message that cannot be drawn, and one that is hidden before it is drawn")
    func drawing() throws {
        let never = try mismatches(
            Self.deadTap
                + #", "draws": "never", "expect": {"decisions": [{"at_ms": 3500, "outcome": "suppressed"}]}"#)
        #expect(never == [])
        let late = try mismatches(
            """
            "draws": {"after_ms": 300}, "events": [{"at_ms": 0, "event": "foreground"}, \(Self.tap),
                {"at_ms": 3600, "event": "background"}],
            "until_ms": 20000,
            "expect": {"decisions": [{"at_ms": 3600, "outcome": "suppressed"}], "hidden": [1],
                "messages": [{"at_ms": 3500}], "opportunities": {"dead_tap": 1}}
            """)
        #expect(late == [])
        let drawn = try mismatches(
            Self.deadTap
                + #", "draws": {"after_ms": 300}, "expect": {"decisions": [{"at_ms": 3800, "outcome": "shown"}]}"#
        )
        #expect(drawn == [])
    }

    @Test("After a restart operations are still there, and numbers begin anew")
    func restart() throws {
        let found = try mismatches(
            """
            "restart_at_ms": [30000], "document": {"version": 1},
            "events": [{"at_ms": 0, "event": "foreground"}, \(Self.tap),
                {"at_ms": 600, "event": {"operation": {"id": "order-1", "progress": "processing",
                    "expected_within_ms": 60000}}},
                {"at_ms": 30100, "event": "foreground"}],
            "until_ms": 70000,
            "expect": {"decisions": [{"at_ms": 3500, "kind": "dead_tap"}], "opportunities": {"dead_tap": 1},
                "operations": [{"id": "order-1", "progress": "delayed"}]}
            """)
        #expect(found == [])
    }

    @Test("The held-out arm is silent")
    func heldOut() throws {
        let fields =
            #", "holdout": 1, "seed": 3, "expect": {"decisions": [{"outcome": "held_out"}], "messages": []}"#
        #expect(try mismatches(Self.deadTap + fields) == [])
    }

    private static let tapAt = Tap(target: 1, role: .textField, enabled: false, fingers: 2, x: -3, y: 4)
    private static let hang = Hang(blockedMs: 3_000, sleepAskedMs: 0, sleepTookMs: 60, debugger: true)
    private static let order = OperationReport(
        id: "o", title: "Order", progress: .sent, expectedWithinMs: 5, faqUrl: "https://x")
    static let events: [(String, Event)] = [
        (#""foreground""#, .foreground), (#""background""#, .background), (#""new_session""#, .newSession),
        (#""error_reported""#, .errorReported), (#""pause""#, .pause), (#""resume""#, .resume),
        (#"{"screen": {"name": "A"}}"#, .screen(name: "A")),
        (#"{"person": {"name": "Jackie"}}"#, .person(name: "Jackie")),
        (#"{"person": {"name": null}}"#, .person(name: nil)),
        (#"{"segment": {"name": "vip"}}"#, .segment(name: "vip")),
        (
            #"{"tap": {"target": 1, "role": "text_field", "enabled": false, "fingers": 2, "x": -3, "y": 4}}"#,
            .tapped(tap: tapAt)
        ),
        (#"{"submit": {"target": 9, "via": "editor_action"}}"#, .submit(target: 9, via: .editorAction)),
        (#"{"reaction": "left_app"}"#, .reacted(reaction: .leftApp)),
        (
            #"{"load_started": {"load": 1, "kind": "cold_launch"}}"#,
            .loadStarted(load: 1, kind: .coldLaunch, progress: false, operation: nil)
        ),
        (
            #"{"load_started": {"load": 1, "kind": "content", "progress": true, "operation": "a"}}"#,
            .loadStarted(load: 1, kind: .content, progress: true, operation: "a")
        ),
        (#"{"load_progress": {"load": 1}}"#, .loadProgress(load: 1)),
        (#"{"load_ended": {"load": 1, "end": "empty"}}"#, .loadEnded(load: 1, end: .empty)),
        (#"{"request_started": {"request": 2}}"#, .requestStarted(request: 2, operation: nil)),
        (
            #"{"request_ended": {"request": 2, "end": {"status": 503}}}"#,
            .requestEnded(request: 2, end: .status(code: 503))
        ),
        (
            #"{"request_ended": {"request": 2, "end": "timed_out"}}"#,
            .requestEnded(request: 2, end: .timedOut)
        ),
        (
            #"{"hang": {"blocked_ms": 3000, "sleep_took_ms": 60, "debugger": true}}"#, .hung(hang: hang)
        ),
        (#"{"content": "broken_image"}"#, .contentShown(content: .brokenImage)),
        (
            #"{"playback": {"playback": 3, "change": "sought"}}"#,
            .playbackChanged(playback: 3, change: .sought)
        ),
        (
            #"{"operation": {"id": "o", "title": "Order", "progress": "sent", "expected_within_ms": 5, "#
                + #""faq_url": "https://x"}}"#, .operationReported(report: order)
        ),
        (#"{"languages": {"tags": ["ar", "en"]}}"#, .languages(tags: ["ar", "en"])),
        (#"{"opt_out": "everything"}"#, .optedOut(of: .everything)),
        (#"{"shown": {"message": 1}}"#, .shown(message: 1)),
        (#"{"not_shown": {"message": 1}}"#, .notShown(message: 1)),
        (
            #"{"responded": {"message": 1, "response": "tell_us"}}"#,
            .responded(message: 1, response: .tellUs)
        ),
        (#"{"answered": {"question": 2, "answer": 5}}"#, .answered(question: 2, answer: 5)),
        (#"{"queue_dropped": {"count": 7}}"#, .queueDropped(count: 7)),
        (
            #"{"uploaded": {"upload": 1, "answer": {"status": {"code": 503, "retry_after_ms": 7000}}}}"#,
            .uploaded(upload: 1, answer: .status(code: 503, retryAfterMs: 7_000))
        ),
        (
            #"{"uploaded": {"upload": 1, "answer": "unreachable"}}"#,
            .uploaded(upload: 1, answer: .unreachable)
        ),
    ]

    @Test("Every event is read, and taken by the core")
    func everyEvent() throws {
        var timed: [String] = []
        for (at, (json, event)) in Self.events.enumerated() {
            #expect(try Event(JSON(parsing: json)) == event)
            timed.append(#"{"at_ms": \#(at), "event": \#(json)}"#)
        }
        let all = try vector(
            #""events": [\#(timed.joined(separator: ", "))], "until_ms": 99000, "expect": {"decisions": []}"#)
        #expect(all.events.map(\.event) == Self.events.map(\.1))
        #expect(throws: Never.self) { try VectorReplay(all) }
    }

    @Test(
        "What is misspelt is refused",
        arguments: [
            #""forground""#, #"{"reaction": "blink"}"#, #"{"screen": {}}"#, #"{"screen": {"name": 1}}"#, "3",
            #"{"tap": {"target": 1, "role": "button", "colour": 1}}"#, #"{"load_progress": {"load": -1}}"#,
            #"{"answered": {"question": 1, "answer": 256}}"#, #"{"screen": {"name": "A"}, "pause": {}}"#,
        ])
    func misspelt(_ json: String) throws {
        let json = try JSON(parsing: json)
        #expect(throws: TestError.self) { try Event(json) }
    }

    @Test("A vector with a field that nobody knows is refused")
    func unknownField() throws {
        #expect(throws: TestError.self) {
            try vector(Self.deadTap + #", "expect": {"decisions": [], "mesages": []}"#)
        }
        #expect(throws: TestError.self) { try vector(Self.deadTap + #", "expected": {"decisions": []}"#) }
        #expect(throws: TestError.self) { try vector(Self.deadTap + #", "expect": {}"#) }
    }
}

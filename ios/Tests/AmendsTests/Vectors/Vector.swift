import AmendsCore
import Foundation

@testable import Amends

/// A conformance vector: a session in virtual time, and what is expected of it. The same files run in Rust and Kotlin.
struct Vector {
    enum Draws: Equatable {
        /// In the moment in which it is asked to.
        case atOnce
        /// It cannot.
        case never
        /// So many milliseconds later.
        case after(UInt64)
    }

    var name = ""
    var holdout = 0.0
    var seed: UInt64 = 1
    /// As JSON text.
    var document: String?
    var draws = Draws.atOnce
    var restarts: [UInt64] = []
    var events: [TimedEvent] = []
    var until: UInt64 = 0
    var expected = Expected()

    struct Expected {
        var lists: [(what: String, entries: [JSON])] = []
        var opportunities: [String: UInt64] = [:]
    }

    /// The vectors of a file.
    static func all(in text: String) throws -> [Vector] {
        var file = try Fields(JSON(parsing: text), of: "the file")
        _ = try file.must("about") { try $0.text() }
        let vectors = try file.must("vectors") { try $0.list() }
        try file.end()
        return try vectors.map(Vector.init)
    }

    private init(_ json: JSON) throws {
        name = try json.object()["name"]?.text() ?? "a vector without a name"
        var of = try Fields(json, of: name)
        _ = try of.must("name") { try $0.text() }
        _ = try of.must("why") { try $0.text() }
        holdout = try of.may("holdout") { try $0.number() } ?? 0
        seed = try of.may("seed") { try $0.whole() } ?? 1
        document = try of.may("document") { $0.written }
        draws = try of.may("draws", Self.draws) ?? .atOnce
        restarts = try of.may("restart_at_ms") { try $0.list().map { try $0.whole() } } ?? []
        events = try of.must("events") { try $0.list().map(Self.timed) }
        until = try of.must("until_ms") { try $0.whole() }
        expected = try of.must("expect", Self.expected)
        try of.end()
    }

    private static func draws(_ json: JSON) throws -> Draws {
        switch json {
        case .text("at_once"): return .atOnce
        case .text("never"): return .never
        default:
            var of = try Fields(json, of: "draws")
            let after = try of.must("after_ms") { try $0.whole() }
            try of.end()
            return .after(after)
        }
    }

    private static func timed(_ json: JSON) throws -> TimedEvent {
        var of = try Fields(json, of: "an event")
        let at = try of.must("at_ms") { try $0.whole() }
        let event = try of.must("event") { try Event($0) }
        try of.end()
        return TimedEvent(atMs: at, event: event)
    }

    private static func expected(_ json: JSON) throws -> Expected {
        var of = try Fields(json, of: "expect")
        var expected = Expected()
        expected.lists.append(("decisions", try of.must("decisions") { try $0.list() }))
        for what in ["messages", "questions", "hidden", "operations"] {
            if let entries = try of.may(what, { try $0.list() }) {
                expected.lists.append((what, entries))
            }
        }
        expected.opportunities =
            try of.may("opportunities") { try $0.object().mapValues { try $0.whole() } } ?? [:]
        try of.end()
        return expected
    }

    /// Where the replay is not what was expected: each with what was expected and what came. Empty if nowhere.
    func mismatches(_ replay: VectorReplay) -> [String] {
        var found: [String] = []
        for (what, expected) in expected.lists {
            let got = replay.lists[what] ?? []
            if expected.count != got.count || !zip(expected, got).allSatisfy(Self.isWithin) {
                found.append("\(what)\n    expected \(Self.lines(expected))\n    got      \(Self.lines(got))")
            }
        }
        for (kind, expected) in expected.opportunities.sorted(by: { $0.key < $1.key }) {
            let got = replay.opportunities[kind] ?? 0
            if got != expected {
                found.append("opportunities of \(kind)\n    expected \(expected)\n    got      \(got)")
            }
        }
        return found
    }

    /// An entry has at least the fields that are expected of it, with these values.
    private static func isWithin(_ expected: JSON, _ got: JSON) -> Bool {
        guard case .object(let expected) = expected, case .object(let got) = got else {
            return expected == got
        }
        return expected.allSatisfy { got[$0.key] == $0.value }
    }

    private static func lines(_ entries: [JSON]) -> String {
        entries.isEmpty ? "none" : entries.map(\.written).joined(separator: "\n             ")
    }
}

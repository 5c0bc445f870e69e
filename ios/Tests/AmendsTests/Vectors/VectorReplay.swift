import AmendsCore
import Foundation

@testable import Amends

/// A vector, replayed through the real core: one event a step, every deadline of the device's own in between.
final class VectorReplay {
    /// What the wall clock says when it begins.
    private static let unixStart: UInt64 = 1_700_000_000_000
    /// So long that windows close only when the app goes to the background.
    private static let never: UInt64 = 10 * 365 * 86_400_000

    /// What came of it, by the names that expectations have.
    private(set) var lists: [String: [JSON]] = [:]
    /// How often each kind could have happened.
    private(set) var opportunities: [String: UInt64] = [:]

    private let vector: Vector
    private let directory: TemporaryDirectory
    private var device: Device?
    private var deadline: UInt64?
    private var now: UInt64 = 0
    /// The number of the latest decision that was taken note of.
    private var decided: UInt64 = 0
    private var platform: VectorPlatform

    init(_ vector: Vector) throws {
        self.vector = vector
        directory = try TemporaryDirectory()
        platform = VectorPlatform(draws: vector.draws)
        try open()
        var restarts = vector.restarts.sorted()[...]
        for timed in vector.events {
            while let next = restarts.first, next <= timed.atMs {
                try restart(at: restarts.removeFirst())
            }
            try pass(until: timed.atMs)
            try take(timed)
        }
        for at in restarts {
            try restart(at: at)
        }
        let end = max(vector.until, vector.events.map(\.atMs).max() ?? 0, vector.restarts.max() ?? 0)
        try pass(until: end)
        while let deadline, deadline <= end, try passDeadline() {}
        opportunities.merge(try openOpportunities(), uniquingKeysWith: +)
    }

    private var clocks: Now {
        Now(monotonicMs: now, unixMs: Self.unixStart + now)
    }

    private func open() throws {
        let config = Config(
            directory: directory.url.path, endpoint: "http://127.0.0.1:9", ingestKey: nil, serviceName: "app",
            serviceVersion: "1", osName: "Linux", osVersion: "1", sdkLanguage: "swift",
            holdout: vector.holdout,
            pace: Pace(
                failureWithinMs: Self.never, atMostEveryMs: Self.never, denominatorsEveryMs: Self.never),
            seed: vector.seed)
        device = nil  // before another one has its files
        device = try Device.open(config: config, now: clocks)
        if let document = vector.document {
            try opened().useDocument(json: document)
        }
        try step([], at: now)
    }

    private func opened() throws -> Device {
        guard let device else { throw TestError("no device") }
        return device
    }

    private func restart(at: UInt64) throws {
        if at > 0 { try pass(until: at - 1) }
        now = max(now, at)
        platform = VectorPlatform(draws: vector.draws)
        (decided, deadline) = (0, nil)
        try open()
    }

    /// Everything of the device's and the platform's own, in order: deadlines before this time, reports at it, too.
    private func pass(until: UInt64) throws {
        while true {
            // What a deadline brings may be reported before the next one.
            let before = min(until, platform.next ?? until)
            if let next = deadline, next < before, try passDeadline() { continue }
            guard let report = platform.take(until: until) else { return }
            try step([TimedEvent(atMs: report.at, event: report.event)], at: report.at)
        }
    }

    /// Whether anything came of it: one that asks for the same moment again would do so for ever.
    private func passDeadline() throws -> Bool {
        let before = (deadline, now)
        try step([], at: deadline ?? now)
        return (deadline, now) != before
    }

    private func take(_ timed: TimedEvent) throws {
        platform.saw(timed.event)
        guard timed.event == .background else { return try step([timed], at: timed.atMs) }
        let before = try openOpportunities()
        try step([timed], at: timed.atMs)
        let after = try openOpportunities()
        if after.values.reduce(0, +) < before.values.reduce(0, +) {
            opportunities.merge(before, uniquingKeysWith: +)  // the window was closed
        }
    }

    private func step(_ events: [TimedEvent], at: UInt64) throws {
        now = max(now, at)
        let step = try opened().step(events: events, now: clocks)
        deadline = step.nextDeadlineMs
        for decision in try opened().decisionsAfter(number: decided) {
            decided = decision.number
            note(
                "decisions",
                [
                    "kind": .text(decision.kind), "outcome": .text(decision.outcome),
                    "reason": .text(decision.reason), "screen": decision.screen.map(JSON.text) ?? .null,
                ])
        }
        for effect in step.effects {
            if let reply = carryOut(effect) {
                try self.step([TimedEvent(atMs: now, event: reply)], at: now)
            }
        }
    }

    /// What the platform reports at once.
    private func carryOut(_ effect: Effect) -> Event? {
        switch effect {
        case .show(let message):
            note(
                "messages",
                [
                    "purpose": .text(JSON.word(message.purpose)), "text": .text(message.text),
                    "actions": .list(message.actions.map { .text(JSON.word($0.kind)) }),
                    "right_to_left": .bool(message.rightToLeft),
                ])
            return platform.asked(message.id, onScreen: message.onScreenMs, now: now)
        case .ask(let question):
            note("questions", ["text": .text(question.text)])
            return platform.asked(question.id, onScreen: question.onScreenMs, now: now)
        case .hide(let message):
            lists["hidden", default: []].append(.whole(message))
            return platform.hide(message)
        case .operations(let list):
            lists["operations"] = list.map { operation in
                .object([
                    "id": .text(operation.id), "progress": .text(JSON.word(operation.progress)),
                    "progress_text": .text(operation.progressText),
                ])
            }
            return nil
        case .upload:
            return nil  // nobody answers
        }
    }

    private func note(_ what: String, _ entry: [String: JSON]) {
        lists[what, default: []].append(.object(entry.merging(["at_ms": .whole(now)]) { $1 }))
    }

    /// Those of the window that is open, by kind.
    private func openOpportunities() throws -> [String: UInt64] {
        let body = try opened().whatWeSend()
        guard !body.isEmpty else { return [:] }
        return try JSONDecoder().decode(Body.self, from: Data(body.utf8)).opportunities
    }
}

/// As much of OTLP's JSON as opportunities need.
private struct Body: Decodable {
    struct Resource: Decodable { let scopeMetrics: [Scope] }
    struct Scope: Decodable { let metrics: [Metric] }
    struct Metric: Decodable {
        let name: String
        let sum: Sum?
    }
    struct Sum: Decodable { let dataPoints: [Point] }
    struct Point: Decodable {
        let asInt: JSON
        let attributes: [Attribute]
    }
    struct Attribute: Decodable {
        let key: String
        let value: [String: JSON]
    }

    let resourceMetrics: [Resource]

    var opportunities: [String: UInt64] {
        let metrics = resourceMetrics.flatMap(\.scopeMetrics).flatMap(\.metrics)
        let points = metrics.filter { $0.name == "amends.opportunities" }.flatMap { $0.sum?.dataPoints ?? [] }
        return points.reduce(into: [:]) { sums, point in
            let kind = point.attributes.first { $0.key == "amends.failure.kind" }?.value["stringValue"]
            guard let kind = try? kind?.text() else { return }
            // 64-bit numbers are text in OTLP's JSON.
            let number = (try? point.asInt.whole()) ?? (try? point.asInt.text()).flatMap(UInt64.init)
            sums[kind, default: 0] += number ?? 0
        }
    }
}

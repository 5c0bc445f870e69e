import AmendsCore
import Foundation

@testable import Amends

/// A list that any thread appends to.
final class Record<Element: Sendable>: Sendable {
    private let elements = Locked<[Element]>([])
    var all: [Element] { elements.withLock { $0 } }
    func append(_ element: Element) { elements.withLock { $0.append(element) } }
}

/// Draws into a list, and says that it did.
final class RecordingRenderer: Amends.MessageRenderer {
    enum Call: Equatable, Sendable {
        case show(String)
        case hide(UInt64)
        case ask(String)
        case operations([String])
    }

    let calls = Record<Call>()

    /// How many messages said sorry to Jackie.
    var apologies: Int {
        calls.all.count { call in
            guard case .show(let text) = call else { return false }
            return text.hasPrefix("Jackie, ") && text.contains("Sorry about that")
        }
    }

    private let onShow: @Sendable () -> Void

    init(onShow: @escaping @Sendable () -> Void = {}) {
        self.onShow = onShow
    }

    func show(_ message: Amends.Message, answers: Amends.MessageAnswers) {
        MainActor.assertIsolated()
        calls.append(.show(message.text))
        answers.shown(message.id)
        onShow()
    }

    func hide(_ message: UInt64) {
        calls.append(.hide(message))
    }

    func ask(_ question: Amends.Question, answers: Amends.MessageAnswers) {
        MainActor.assertIsolated()
        calls.append(.ask(question.text))
        answers.shown(question.id)
    }

    func operations(_ list: [Amends.OperationStatus]) {
        MainActor.assertIsolated()
        calls.append(.operations(list.map { "\($0.id) \($0.progress)" }))
    }
}

/// A stand-in for the core that does what a test says.
final class ScriptedCore: Core {
    struct Call: Sendable {
        let events: [Event]
        let now: Now
        let wasOnMainThread: Bool
    }

    let calls = Record<Call>()
    let documents = Record<String?>()
    private let script: @Sendable (Call) throws -> Step

    init(_ script: @escaping @Sendable (Call) throws -> Step) {
        self.script = script
    }

    func step(events: [TimedEvent], now: Now) throws -> Step {
        let call = Call(events: events.map(\.event), now: now, wasOnMainThread: Thread.isMainThread)
        calls.append(call)
        return try script(call)
    }

    /// Takes any document but one that says "bad", and breaks at one that says "panic".
    func useDocument(json: String?) throws {
        switch json {
        case "bad"?: throw DocumentError.Invalid(reason: "line 1: it is bad; write a good one")
        case "panic"?: throw DocumentError.Panicked
        default: documents.append(json)
        }
    }

    func decisionsAfter(number: UInt64) throws -> [AmendsCore.Decision] { [] }
    func whatWeSend() throws -> String { "{}" }

    func isOff() throws -> Bool { false }

    var events: [Event] { calls.all.flatMap(\.events) }
}

extension AmendsCore.Message {
    /// Number 9.
    static let sorry = AmendsCore.Message(
        id: 9, purpose: .apology, kind: "dead_tap", text: "Sorry.", actions: [], dismiss: "Close",
        language: "en", rightToLeft: false, onScreenMs: 4_000, onScreenWithScreenReaderMs: 10_000)
}

extension AmendsCore.Question {
    /// Number 4.
    static let howIsIt = AmendsCore.Question(
        id: 4, text: "How is it?", answers: ["1", "2", "3", "4", "5"], dismiss: "Not now", language: "ar",
        rightToLeft: true, onScreenMs: 8_500, onScreenWithScreenReaderMs: 20_000)
}

extension AmendsCore.OperationStatus {
    static func order(_ progress: AmendsCore.OperationProgress) -> Self {
        Self(
            id: "order", title: "Order 1042", progress: progress, progressText: "In words",
            steps: [.init(progress: .scheduled, progressText: "Scheduled", unixMs: 1_700_000_000_500)],
            expectedByUnixMs: 1_700_000_060_000, faqUrl: "https://example.com/faq", faqText: "Questions")
    }
}

extension Step {
    static let nothing = Step(effects: [], nextDeadlineMs: nil)
}

struct TestError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// Waits until something is so; throws, with what it is about, if that takes 20 seconds.
func eventually(
    _ what: String, isolation: isolated (any Actor)? = #isolation, _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + .seconds(20)
    while try await !condition() {
        guard ContinuousClock.now < deadline else { throw TestError("not within 20 s: \(what)") }
        try await Task.sleep(for: .milliseconds(5))
    }
}

/// A new empty directory, gone with this object.
final class TemporaryDirectory: Sendable {
    let url = FileManager.default.temporaryDirectory
        .appendingPathComponent("amends-\(UUID().uuidString)", isDirectory: true)

    init() throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }
}

extension Amends.Configuration {
    /// Sends at once, speaks always, in English, draws the same lots each time.
    static func test(
        endpoint: URL, directory: TemporaryDirectory, renderer: (any Amends.MessageRenderer)? = nil,
        log: @escaping @Sendable (String) -> Void = { _ in }
    ) -> Self {
        var configuration = Self(
            serviceName: "swift-test", release: "1.2.3", endpoint: endpoint, directory: directory.url,
            holdout: 0, languages: [], renderer: renderer, log: log)
        configuration.pace = Pace(failureWithinMs: 0, atMostEveryMs: 0)
        configuration.seed = 7
        return configuration
    }
}

extension Amends {
    /// With a device of its own.
    convenience init(_ configuration: Configuration, clock: any HostClock) {
        let config = configuration.core
        self.init(configuration, clock: clock) { now in try Device.open(config: config, now: now) }
    }

    /// With a stand-in for the core.
    convenience init(_ core: ScriptedCore, clock: any HostClock, configuration: Configuration) {
        self.init(configuration, clock: clock) { _ in core }
    }
}

/// A network that swallows what it is given, until a test is over.
struct NeverAnswers: Amends.Transport {
    let isOver: DispatchSemaphore

    init(_ isOver: DispatchSemaphore) {
        self.isOver = isOver
    }

    func send(_ request: Amends.UploadRequest) async -> Amends.UploadAnswer {
        await withCheckedContinuation { done in
            DispatchQueue.global().async {
                isOver.wait()
                done.resume(returning: .unreachable)
            }
        }
    }
}

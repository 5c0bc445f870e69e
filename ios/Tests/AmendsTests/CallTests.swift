import AmendsCore
import Foundation
import Testing

@testable import Amends

/// What each call of the app says to the core.
@Suite(.timeLimit(.minutes(1)))
struct CallTests {
    private let directory: TemporaryDirectory
    private let log = Record<String>()

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func configuration() throws -> Amends.Configuration {
        let endpoint = try #require(URL(string: "http://127.0.0.1:\(TinyServer.unusedPort())"))
        return .test(endpoint: endpoint, directory: directory) { [log] in log.append($0) }
    }

    /// The events of these calls.
    private func heard(_ calls: (Amends) -> Void) async throws -> [Event] {
        let core = ScriptedCore { _ in .nothing }
        let amends = Amends(core, clock: ManualClock(), configuration: try configuration())
        calls(amends)
        await amends.stop()
        return core.events
    }

    @Test("Where a tap was")
    func tapped() async throws {
        let events = try await heard { amends in
            amends.tapped("go", at: .init(x: 12, y: -7))
            amends.tapped("go", at: .init(CGPoint(x: 11.5, y: 8.4)))
            amends.tapped("go", at: .init(CGPoint(x: CGFloat.nan, y: .infinity)))
            amends.tapped("go", at: .init(x: .max, y: .min))
        }
        let places: [(Int32, Int32)] = [(12, -7), (12, 8), (0, 0), (.max, .min)]
        let target = Amends.Target("go").number
        #expect(
            events
                == places.map { x, y in
                    .tapped(tap: Tap(target: target, role: .button, enabled: true, fingers: 1, x: x, y: y))
                })
    }

    @Test("What is shown, and what plays")
    func shown() async throws {
        let events = try await heard { amends in
            amends.contentShown(.brokenImage)
            let playback = amends.playback()
            playback.stalled()
            playback.ended()
            amends.playback().ended()
            amends.loadStarted().empty()
        }
        #expect(
            events == [
                .contentShown(content: .brokenImage), .playbackChanged(playback: 1, change: .started),
                .playbackChanged(playback: 1, change: .stalled),
                .playbackChanged(playback: 1, change: .ended),
                .playbackChanged(playback: 2, change: .started),
                .playbackChanged(playback: 2, change: .ended),
                .loadStarted(load: 3, kind: .content, progress: false, operation: nil),
                .loadEnded(load: 3, end: .empty),
            ])
    }

    @Test("A hang, in milliseconds")
    func hung() async throws {
        let events = try await heard { amends in
            amends.hung(blocked: 2.5, sleepAsked: 0.05, sleepTook: 0.06, debugger: true)
            amends.hung(blocked: .nan, sleepAsked: -1, sleepTook: .infinity)
        }
        #expect(
            events == [
                .hung(hang: Hang(blockedMs: 2_500, sleepAskedMs: 50, sleepTookMs: 60, debugger: true)),
                .hung(
                    hang: Hang(
                        blockedMs: 0, sleepAskedMs: 0, sleepTookMs: 365 * 86_400_000, debugger: false)),
            ])
    }

    @Test("How an operation is getting on")
    func operation() async throws {
        let events = try await heard { amends in
            amends.operation("order-1", progress: .processing)
            amends.operation(
                "order-1", progress: .delayed, title: "Order 1042", expectedWithin: 90,
                faq: URL(string: "https://example.com/faq"))
        }
        let (first, second) = (
            OperationReport(
                id: "order-1", title: nil, progress: .processing, expectedWithinMs: nil, faqUrl: nil),
            OperationReport(
                id: "order-1", title: "Order 1042", progress: .delayed, expectedWithinMs: 90_000,
                faqUrl: "https://example.com/faq")
        )
        #expect(events == [.operationReported(report: first), .operationReported(report: second)])
    }

    @Test("What the person wants")
    func wants() async throws {
        let events = try await heard { amends in
            amends.languages(["pt-BR", "en"])
            amends.pause()
            amends.resume()
            amends.optOut(.everything)
        }
        #expect(
            events == [.languages(tags: ["pt-BR", "en"]), .pause, .resume, .optedOut(of: .everything)])
    }

    @Test("The languages of the configuration are said first, in the first step")
    func languagesFirst() async throws {
        var configuration = try configuration()
        configuration.languages = ["nn-NO", "en"]
        let core = ScriptedCore { _ in .nothing }
        let amends = Amends(core, clock: ManualClock(), configuration: configuration)
        amends.foreground()
        await amends.stop()
        #expect(core.events == [.languages(tags: ["nn-NO", "en"]), .foreground])
        #expect(core.calls.all.first?.events.first == .languages(tags: ["nn-NO", "en"]))
        let endpoint = configuration.endpoint
        let usual = Amends.Configuration(serviceName: "shop", release: "1", endpoint: endpoint)
        #expect(usual.languages == Locale.preferredLanguages)
    }

    @Test("A document is handed to the core after what has happened, on the driver")
    func document() async throws {
        let core = ScriptedCore { _ in .nothing }
        let amends = Amends(core, clock: ManualClock(), configuration: try configuration())
        amends.screen("Search")
        try await amends.use(document: "{}")
        #expect(core.events == [.screen(name: "Search")])
        try await amends.use(document: nil)
        #expect(core.documents.all == ["{}", nil])
        await amends.stop()
        try await amends.use(document: "bad")
        #expect(core.documents.all.count == 2, "off: nothing")
    }

    @Test("A bad document is refused with its reason, and nothing else changes")
    func badDocument() async throws {
        let core = ScriptedCore { _ in .nothing }
        let amends = Amends(core, clock: ManualClock(), configuration: try configuration())
        do {
            try await amends.use(document: "bad")
            Issue.record("it was taken")
        } catch let error as Amends.DocumentError {
            #expect(error.reason == "line 1: it is bad; write a good one")
            #expect(error.localizedDescription == error.reason && "\(error)" == error.reason)
        }
        amends.screen("Search")
        #expect(await amends.whatWeSend() == "{}", "it goes on")
        #expect(core.events == [.screen(name: "Search")] && log.all.isEmpty)
        await amends.stop()
    }

    @Test("The real core says where a document is bad")
    func reallyBadDocument() async throws {
        let amends = Amends(try configuration(), clock: ManualClock())
        do {
            try await amends.use(document: "{")
            Issue.record("it was taken")
        } catch let error as Amends.DocumentError {
            #expect(!error.reason.isEmpty)
        }
        try await amends.use(document: nil)
        #expect(await !amends.whatWeSend().isEmpty && log.all.isEmpty, "it goes on")
        await amends.stop()
    }

    @Test("If the core fails at a document, the SDK is off and the app goes on")
    func documentBreaksCore() async throws {
        let core = ScriptedCore { _ in .nothing }
        let amends = Amends(core, clock: ManualClock(), configuration: try configuration())
        try await amends.use(document: "panic")
        try await amends.use(document: "{}")
        #expect(core.documents.all.isEmpty)
        #expect(log.all.count == 1 && log.all[0].hasPrefix("Amends is off until the app starts anew"))
    }
}

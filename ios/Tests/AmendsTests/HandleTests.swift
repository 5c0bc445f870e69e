import AmendsCore
import Foundation
import Testing

@testable import Amends

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Loads, requests and playbacks, as the queue hears of them.
struct HandleTests {
    private let queue = EventQueue(clock: ManualClock(), wake: {})

    private var heard: [Event] { queue.takeAll().map(\.event) }

    @Test("A load ends once")
    func loadEndsOnce() {
        let load = Amends.Load(1, queue: queue)
        load.showsProgress()
        load.failed()
        load.succeeded()
        load.cancelled()
        #expect(heard == [.loadProgress(load: 1), .loadEnded(load: 1, end: .failed)])
    }

    @Test("A load may end with nothing in it")
    func emptyLoad() {
        let load = Amends.Load(1, queue: queue)
        load.empty()
        load.succeeded()
        #expect(heard == [.loadEnded(load: 1, end: .empty)])
    }

    @Test("A playback says what happens to it until it has ended")
    func playback() {
        let playback = Amends.Playback(3, queue: queue)
        playback.stalled()
        playback.resumed()
        playback.sought()
        playback.paused()
        playback.ended()
        playback.stalled()
        playback.ended()
        let changes: [AmendsCore.Playback] = [.stalled, .resumed, .sought, .paused, .ended]
        #expect(heard == changes.map { .playbackChanged(playback: 3, change: $0) })
    }

    @Test("What is let go of before it ended was cancelled; what played has ended")
    func lost() {
        do {
            let handles = (
                Amends.Load(1, queue: queue), Amends.Request(2, queue: queue),
                Amends.Playback(3, queue: queue)
            )
            withExtendedLifetime(handles) {}
        }
        let heard = heard
        #expect(heard.count == 3)
        #expect(heard.contains(.playbackChanged(playback: 3, change: .ended)))
        #expect(heard.contains(.loadEnded(load: 1, end: .cancelled)))
        #expect(heard.contains(.requestEnded(request: 2, end: .cancelled)))
    }

    @Test("A request ends as it did")
    func requests() {
        let ends: [((Amends.Request) -> Void, RequestEnd)] = [
            ({ $0.answered(status: 503) }, .status(code: 503)),
            ({ $0.answered(status: -1) }, .status(code: 0)),
            ({ $0.timedOut() }, .timedOut),
            ({ $0.failed(URLError(.timedOut)) }, .timedOut),
            ({ $0.unreachable() }, .unreachable),
            ({ $0.failed(URLError(.notConnectedToInternet)) }, .unreachable),
            ({ $0.failed(TestError("other")) }, .unreachable),
            ({ $0.cancelled() }, .cancelled),
            ({ $0.failed(URLError(.cancelled)) }, .cancelled),
            ({ $0.failed(CancellationError()) }, .cancelled),
        ]
        for (act, end) in ends {
            act(Amends.Request(5, queue: queue))
            #expect(heard == [.requestEnded(request: 5, end: end)])
        }
    }

    @Test("Each call says what happened") @MainActor
    func calls() async throws {
        let core = ScriptedCore { _ in .nothing }
        let directory = try TemporaryDirectory()
        let endpoint = try #require(URL(string: "https://canary.example.com"))
        let amends = Amends(
            core, clock: ManualClock(), configuration: .test(endpoint: endpoint, directory: directory))
        amends.foreground()
        amends.newSession()
        amends.person("Jackie")
        amends.segment("vip")
        amends.screen("Search")
        amends.tapped("go", role: .link, enabled: false, fingers: 2)
        amends.submitted("query", via: .enter)
        amends.reacted(.scroll)
        amends.errorReported()
        let value = await amends.load(operation: "find") { 42 }
        #expect(value == 42)
        await #expect(throws: TestError.self) { try await amends.load { throw TestError("no") } }
        await #expect(throws: CancellationError.self) { try await amends.load { throw CancellationError() } }
        amends.loadStarted(kind: .coldLaunch, showsProgress: true).cancelled()
        amends.requestStarted(operation: "GET /").answered(status: 204)
        amends.background()
        await amends.stop()

        let tap = Tap(
            target: Amends.Target("go").number, role: .link, enabled: false, fingers: 2, x: 0, y: 0)
        let field = Amends.Target("query").number
        #expect(
            core.events == [
                .foreground, .newSession, .person(name: "Jackie"), .segment(name: "vip"),
                .screen(name: "Search"),
                .tapped(tap: tap), .submit(target: field, via: .enter), .reacted(reaction: .scroll),
                .errorReported,
                .loadStarted(load: 1, kind: .content, progress: false, operation: "find"),
                .loadEnded(load: 1, end: .succeeded),
                .loadStarted(load: 2, kind: .content, progress: false, operation: nil),
                .loadEnded(load: 2, end: .failed),
                .loadStarted(load: 3, kind: .content, progress: false, operation: nil),
                .loadEnded(load: 3, end: .cancelled),
                .loadStarted(load: 4, kind: .coldLaunch, progress: true, operation: nil),
                .loadEnded(load: 4, end: .cancelled),
                .requestStarted(request: 5, operation: "GET /"),
                .requestEnded(request: 5, end: .status(code: 204)), .background,
            ])
    }

    @Test("An element is the same as long as it lives")
    func targets() {
        let (one, other) = (NSObject(), NSObject())
        #expect(Amends.Target(one) == Amends.Target(one))
        #expect(Amends.Target(one) != Amends.Target(other))
        #expect(Amends.Target("buy") == "buy")
        #expect(Amends.Target("buy") != "search")
    }
}

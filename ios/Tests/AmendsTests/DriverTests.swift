import AmendsCore
import Foundation
import Testing

@testable import Amends

@Suite(.timeLimit(.minutes(1)))
struct DriverTests {
    private let directory: TemporaryDirectory
    private let clock = ManualClock()
    private let log = Record<String>()

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func configuration(renderer: (any Amends.MessageRenderer)? = nil) throws -> Amends.Configuration {
        let endpoint = try #require(URL(string: "http://127.0.0.1:\(TinyServer.unusedPort())"))
        return .test(endpoint: endpoint, directory: directory, renderer: renderer) { [log] in log.append($0) }
    }

    private func start(
        _ core: ScriptedCore, renderer: (any Amends.MessageRenderer)? = nil
    ) throws -> Amends {
        Amends(core, clock: clock, configuration: try configuration(renderer: renderer))
    }

    private static let message = AmendsCore.Message.sorry

    @Test("It steps at once, at each event and at the deadline, and never otherwise")
    func steps() async throws {
        let core = ScriptedCore { call in
            Step(effects: [], nextDeadlineMs: call.events.isEmpty ? nil : 5_000)
        }
        let amends = try start(core)
        try await eventually("the first step") { core.calls.all.count == 1 }
        amends.screen("Search")
        try await eventually("it sleeps until the deadline") { clock.sleepingUntil == 5_000 }
        #expect(core.calls.all.count == 2)
        amends.reacted()
        try await eventually("the event is stepped") { core.calls.all.count == 3 }
        clock.advance(to: 4_999)
        #expect(clock.sleepingUntil == 5_000, "the same deadline: the same sleep")
        clock.advance(to: 5_000)
        try await eventually("the deadline is stepped") { core.calls.all.count == 4 }
        try await Task.sleep(for: .milliseconds(50))
        #expect(core.calls.all.count == 4)
        #expect(clock.sleepingUntil == nil, "nothing to do: no timer")
        #expect(core.calls.all.map(\.now.monotonicMs) == [1_000, 1_000, 1_000, 5_000])
        #expect(core.calls.all.allSatisfy { !$0.wasOnMainThread })
        await amends.stop()
    }

    @Test("An earlier deadline takes the place of a later one")
    func earlierDeadline() async throws {
        let core = ScriptedCore { call in
            Step(effects: [], nextDeadlineMs: call.events == [.errorReported] ? 2_000 : 9_000)
        }
        let amends = try start(core)
        try await eventually("the later one") { clock.sleepingUntil == 9_000 }
        amends.errorReported()
        try await eventually("the earlier one") { clock.sleepingUntil == 2_000 }
        await amends.stop()
        try await eventually("it stopped") { clock.sleepingUntil == nil }
    }

    @Test("A core that wants to be stepped at once, over and over, does not make it spin")
    func pastDeadline() async throws {
        let core = ScriptedCore { _ in Step(effects: [], nextDeadlineMs: 0) }
        let amends = try start(core)
        try await eventually("it pauses") { clock.sleepingUntil == 1_100 }
        #expect(core.calls.all.count == 1)
        clock.advance(to: 1_100)
        try await eventually("it steps and pauses again") { clock.sleepingUntil == 1_200 }
        #expect(core.calls.all.count == 2)
        await amends.stop()
    }

    @Test("Without a renderer a message is reported as not drawn")
    func noRenderer() async throws {
        let core = ScriptedCore { call in
            guard call.events == [.errorReported] else { return .nothing }
            return Step(effects: [.show(message: Self.message)], nextDeadlineMs: nil)
        }
        let amends = try start(core)
        amends.errorReported()
        try await eventually("the report") { core.events.contains(.notShown(message: 9)) }
        await amends.stop()
    }

    @Test("A message is shown and hidden on the main actor, in order")
    func showAndHide() async throws {
        let renderer = RecordingRenderer()
        let core = ScriptedCore { call in
            switch call.events {
            case [.errorReported]: Step(effects: [.show(message: Self.message)], nextDeadlineMs: nil)
            case [.person(name: nil)]: Step(effects: [.hide(message: 9)], nextDeadlineMs: nil)
            default: .nothing
            }
        }
        let amends = try start(core, renderer: renderer)
        amends.errorReported()
        try await eventually("the report") { core.events.contains(.shown(message: 9)) }
        amends.person(nil)
        try await eventually("it was hidden") { renderer.calls.all == [.show("Sorry."), .hide(9)] }
        await amends.stop()
    }

    @Test("A message taken back before the main thread came to it is not drawn") @MainActor
    func hiddenBeforeDrawn() async throws {
        let renderer = RecordingRenderer()
        let queue = EventQueue(clock: clock, wake: {})
        let stage = Stage(renderer: renderer, queue: queue)
        // The main thread is busy: with this test.
        stage.show(Amends.Message(Self.message))
        stage.hide(9)
        #expect(queue.takeAll().map(\.event) == [.notShown(message: 9)])
        stage.hide(3)
        try await eventually("the other order is carried out") { renderer.calls.all == [.hide(3)] }
    }

    @Test("What is asked for takes in what has just happened")
    func questions() async throws {
        var configuration = try configuration()
        configuration.pace = nil
        let amends = Amends(configuration, clock: clock)
        amends.foreground()
        amends.segment("trial")
        amends.screen("Basket")
        amends.tapped("buy")
        clock.advance(to: 4_000)
        let decisions = await amends.lastDecisions()
        #expect(decisions.isEmpty, "it waits to hear whether the message was drawn")
        try await eventually("it hears that it was not") { await !amends.lastDecisions().isEmpty }
        let decision = try #require(await amends.lastDecisions().first)
        #expect(decision.kind == "dead_tap")
        #expect(decision.screen == "Basket")
        #expect(decision.outcome == "suppressed")
        let body = await amends.whatWeSend()
        #expect(body.contains("\"amends.failures\"") && body.contains("trial") && body.contains("Basket"))
        #expect(body.contains("\"swift\"") && !body.contains("Jackie"))
        await amends.stop()
    }
}

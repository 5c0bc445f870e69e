import AmendsCore
import Foundation
import Testing

@testable import Amends

/// What reaches the renderer, and in which order.
@Suite(.timeLimit(.minutes(1))) @MainActor
struct StageTests {
    private let queue = EventQueue(clock: ManualClock(), wake: {})
    private let renderer = RecordingRenderer()

    private var heard: [Event] { queue.takeAll().map(\.event) }

    @Test("Messages, questions and lists are drawn in order")
    func order() async throws {
        let stage = Stage(renderer: renderer, queue: queue)
        stage.show(Amends.Message(.sorry))
        stage.operations([Amends.OperationStatus(.order(.sent))])
        stage.ask(Amends.Question(.howIsIt))
        stage.hide(3)
        try await eventually("all is carried out") { renderer.calls.all.count == 4 }
        #expect(
            renderer.calls.all == [
                .show("Sorry."), .operations(["order sent"]), .ask("How is it?"), .hide(3),
            ])
        #expect(heard == [.shown(message: 9), .shown(message: 4)])
    }

    @Test("What one step asks for reaches the renderer in order")
    func throughTheDriver() async throws {
        let directory = try TemporaryDirectory()
        let endpoint = try #require(URL(string: "http://127.0.0.1:9"))
        let core = ScriptedCore { call in
            guard call.events == [.errorReported] else { return .nothing }
            return Step(
                effects: [
                    .ask(question: .howIsIt), .operations(operations: [.order(.scheduled)]),
                    .show(message: .sorry), .hide(message: 3),
                ], nextDeadlineMs: nil)
        }
        let amends = Amends(
            core, clock: ManualClock(),
            configuration: .test(endpoint: endpoint, directory: directory, renderer: renderer))
        amends.errorReported()
        try await eventually("the reports") { core.events.contains(.shown(message: 9)) }
        let calls: [RecordingRenderer.Call] = [
            .ask("How is it?"), .operations(["order scheduled"]), .show("Sorry."), .hide(3),
        ]
        try await eventually("all is carried out") { renderer.calls.all == calls }
        #expect(core.events.suffix(2) == [.shown(message: 4), .shown(message: 9)])
        await amends.stop()
    }

    @Test("A question taken back before the main thread came to it is not asked")
    func hiddenBeforeAsked() async throws {
        let stage = Stage(renderer: renderer, queue: queue)
        // The main thread is busy: with this test.
        stage.ask(Amends.Question(.howIsIt))
        stage.hide(4)
        #expect(heard == [.notShown(message: 4)])
        stage.hide(4)
        try await eventually("the other order is carried out") { renderer.calls.all == [.hide(4)] }
    }

    @Test("Of the lists that wait only the latest is handed on, behind what was drawn meanwhile")
    func latestList() async throws {
        let stage = Stage(renderer: renderer, queue: queue)
        stage.operations([Amends.OperationStatus(.order(.processing))])
        stage.show(Amends.Message(.sorry))
        stage.operations([Amends.OperationStatus(.order(.delayed))])
        stage.operations([])
        try await eventually("it is carried out") { renderer.calls.all.count == 2 }
        #expect(renderer.calls.all == [.show("Sorry."), .operations([])])
    }

    @Test("A renderer of old asks nothing and says so; without one, too")
    func oldRenderer() async throws {
        struct Old: Amends.MessageRenderer {
            func show(_ message: Amends.Message, answers: Amends.MessageAnswers) {}
            func hide(_ message: UInt64) {}
        }
        for renderer in [Old(), nil] {
            let stage = Stage(renderer: renderer, queue: queue)
            stage.operations([Amends.OperationStatus(.order(.sent))])
            stage.ask(Amends.Question(.howIsIt))
            var heard: [Event] = []
            try await eventually("it says so") {
                heard += self.heard
                return !heard.isEmpty
            }
            #expect(heard == [.notShown(message: 4)])
        }
    }

    @Test("Once it is closed nothing new is drawn; what waits to be taken away still is")
    func closed() async throws {
        let stage = Stage(renderer: renderer, queue: queue)
        stage.show(Amends.Message(.sorry))
        stage.ask(Amends.Question(.howIsIt))
        stage.hide(3)
        stage.close()
        stage.ask(Amends.Question(.howIsIt))
        stage.operations([])
        try await eventually("it is carried out") { !renderer.calls.all.isEmpty }
        #expect(renderer.calls.all == [.hide(3)])
    }

    @Test("An answer from 1 to 5 is told, no other")
    func answers() {
        let answers = Amends.MessageAnswers(queue: queue)
        for answer in [0, 1, 5, 6, -1, 257] { answers.answered(4, answer) }
        answers.responded(4, .dismissed)
        #expect(
            heard == [
                .answered(question: 4, answer: 1), .answered(question: 4, answer: 5),
                .responded(message: 4, response: .dismissed),
            ])
    }

    @Test("What is drawn has every word of the core's")
    func words() {
        let actions = [
            AmendsCore.Action(kind: .status, label: "Status page", url: "https://status.example.com"),
            AmendsCore.Action(kind: .tellUs, label: "Tell us", url: nil),
        ]
        let message = Amends.Message(
            AmendsCore.Message(
                id: 2, purpose: .makeGood, kind: "slow_load", text: "עובד", actions: actions, dismiss: "סגור",
                language: "he", rightToLeft: true, onScreenMs: 4_500, onScreenWithScreenReaderMs: 10_000))
        #expect(message.purpose == .makeGood && message.kind == "slow_load" && message.text == "עובד")
        #expect(message.actions.map(\.kind) == [.status, .tellUs])
        #expect(message.actions.map(\.label) == ["Status page", "Tell us"])
        #expect(message.actions.map(\.url) == [URL(string: "https://status.example.com"), nil])
        #expect(message.dismiss == "סגור" && message.language == "he" && message.isRightToLeft)
        #expect(message.onScreen == 4.5 && message.onScreenWithScreenReader == 10)

        let question = Amends.Question(.howIsIt)
        #expect(question.id == 4 && question.answers == ["1", "2", "3", "4", "5"])
        #expect(question.dismiss == "Not now" && question.language == "ar" && question.isRightToLeft)
        #expect(question.onScreen == 8.5 && question.onScreenWithScreenReader == 20)

        let order = Amends.OperationStatus(.order(.delayed))
        #expect(order.id == "order" && order.title == "Order 1042" && order.progress == .delayed)
        #expect(order.progressText == "In words" && order.faqText == "Questions")
        #expect(
            order.steps.map(\.progress) == [.scheduled] && order.steps.map(\.progressText) == ["Scheduled"])
        #expect(order.steps.map(\.date.timeIntervalSince1970) == [1_700_000_000.5])
        #expect(order.expectedBy == Date(timeIntervalSince1970: 1_700_000_060))
        #expect(order.faq == URL(string: "https://example.com/faq"))
    }
}

import AmendsCore
import Foundation
import Testing

@testable import Amends

/// The real core in virtual time, straight through the FFI.
struct DeviceTests {
    /// A device, and the time it is for it.
    private final class Bench {
        let device: any Core
        private let directory: TemporaryDirectory
        private(set) var deadline: UInt64?

        init(seed: UInt64 = 7, holdout: Double = 0) throws {
            directory = try TemporaryDirectory()
            let endpoint = try #require(URL(string: "https://canary.example.com"))
            var configuration = Amends.Configuration.test(endpoint: endpoint, directory: directory)
            configuration.seed = seed
            configuration.holdout = holdout
            device = try Device.open(config: configuration.core, now: Self.now(0))
        }

        static func now(_ ms: UInt64) -> Now {
            Now(monotonicMs: ms, unixMs: 1_800_000_000_000 + ms)
        }

        /// One step at this time with these events of this time.
        @discardableResult
        func at(_ ms: UInt64, _ events: Event...) throws -> [Effect] {
            let timed = events.map { TimedEvent(atMs: ms, event: $0) }
            let step = try device.step(events: timed, now: Self.now(ms))
            deadline = step.nextDeadlineMs
            return step.effects
        }

        /// Steps at every deadline up to this time: what came of it, and when.
        func until(_ ms: UInt64) throws -> [(UInt64, Effect)] {
            var all: [(UInt64, Effect)] = []
            while let next = deadline, next <= ms {
                all += try at(next).map { (next, $0) }
            }
            return all
        }
    }

    private static let tap = Event.tapped(
        tap: Tap(target: 1, role: .button, enabled: true, fingers: 1, x: 0, y: 0))

    @Test("A tap on which nothing follows is dead after exactly 3,000 ms")
    func deadTap() throws {
        let bench = try Bench()
        #expect(try bench.at(500, .foreground, .person(name: "Jackie"), .screen(name: "Search")).isEmpty)
        #expect(try bench.at(1_000, Self.tap).isEmpty)
        #expect(try bench.at(3_999).isEmpty)
        #expect(bench.deadline == 4_000)
        let effects = try bench.at(4_000)
        guard case .show(let message)? = effects.first, effects.count == 1 else {
            Issue.record("no message: \(effects)")
            return
        }
        #expect(message.kind == "dead_tap")
        #expect(message.text.hasPrefix("Jackie, "))
        #expect(message.text.hasSuffix(" Sorry about that, we are taking a look."))
        #expect((4_000...10_000).contains(message.onScreenMs))
        #expect(message.onScreenWithScreenReaderMs == 10_000)
        let upload = try bench.at(4_010, .shown(message: message.id)).first
        guard case .upload(let upload)? = upload else {
            Issue.record("nothing to send")
            return
        }
        #expect(upload.url == "https://canary.example.com/v1/metrics")
        #expect(try bench.device.decisionsAfter(number: 0).map(\.outcome) == ["shown"])
    }

    @Test("A step that comes late judges as one that came in time", arguments: [4_000, 4_001, 9_000])
    func lateStep(at ms: UInt64) throws {
        let bench = try Bench()
        try bench.at(1_000, .foreground, Self.tap)
        #expect(try bench.at(ms).count == 1)
    }

    // Not written into the macro: a closure there crashes Swift 6.0.3.
    static let reactions: [Event] =
        Amends.Reaction.allCases.map { .reacted(reaction: $0.core) } + [
            .screen(name: "Next"), .requestStarted(request: 1, operation: nil),
            .submit(target: 1, via: .icon), .background,
        ]

    @Test("A reaction in time is silent", arguments: Self.reactions)
    func reaction(_ reaction: Event) throws {
        let bench = try Bench()
        try bench.at(1_000, .foreground, Self.tap)
        try bench.at(4_000, reaction)
        let effects = try bench.until(6_500).map(\.1)
        #expect(
            !effects.contains {
                if case .show = $0 { true } else { false }
            })
        #expect(try bench.device.decisionsAfter(number: 0).isEmpty)
    }

    @Test("A device of the held-out arm counts and says nothing")
    func heldOut() throws {
        let bench = try Bench(holdout: 1)
        try bench.at(1_000, .foreground, Self.tap)
        let effects = try bench.at(4_000)
        #expect(
            !effects.contains {
                if case .show = $0 { true } else { false }
            })
        #expect(try bench.device.decisionsAfter(number: 0).map(\.outcome) == ["held_out"])
    }

    @Test("The same seed draws the same lots")
    func seed() throws {
        func key(seed: UInt64) throws -> String? {
            let bench = try Bench(seed: seed, holdout: 1)
            try bench.at(1_000, .foreground, Self.tap)
            guard case .upload(let upload)? = try bench.at(4_000).first else { return nil }
            return upload.headers["Idempotency-Key"]
        }
        let first = try #require(try key(seed: 1))
        #expect(first.count == 32)
        #expect(try key(seed: 1) == first)
        #expect(try key(seed: 2) != first)
    }

    @Test("Both forms of Retry-After are understood")
    func retryAfter() {
        let now = Now(monotonicMs: 0, unixMs: 784_111_770_000)
        #expect(retryAfterMs(header: "120", now: now) == 120_000)
        #expect(retryAfterMs(header: "Sun, 06 Nov 1994 08:49:37 GMT", now: now) == 7_000)
        #expect(retryAfterMs(header: "soon", now: now) == nil)
    }

    @Test("Every word of ours is the core's word of the same name")
    func words() {
        func same(_ ours: some Any, _ core: some Any) -> Bool {
            String(describing: ours) == String(describing: core)
        }
        #expect(Amends.Role.allCases.allSatisfy { same($0, $0.core) })
        #expect(Amends.SubmitVia.allCases.allSatisfy { same($0, $0.core) })
        #expect(Amends.Reaction.allCases.allSatisfy { same($0, $0.core) })
        #expect(Amends.LoadKind.allCases.allSatisfy { same($0, $0.core) })
        #expect(Amends.Response.allCases.allSatisfy { same($0, $0.core) })
        #expect(Amends.Content.allCases.allSatisfy { same($0, $0.core) })
        #expect(Amends.OptOut.allCases.allSatisfy { same($0, $0.core) })
        #expect(
            Amends.OperationProgress.allCases.allSatisfy {
                same($0, $0.core) && Amends.OperationProgress($0.core) == $0
            })
        let actions: [AmendsCore.ActionKind] = [.retry, .status, .support, .tellUs]
        #expect(actions.map(Amends.Message.Action.Kind.init) == Amends.Message.Action.Kind.allCases)
        #expect(Amends.Message.Action.Kind.allCases.allSatisfy { same($0, $0.response) })
        let purposes: [AmendsCore.Purpose] = [.apology, .makeGood]
        #expect(purposes.map(Amends.Message.Purpose.init) == Amends.Message.Purpose.allCases)
    }
}

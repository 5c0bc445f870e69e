import Foundation
import Testing

@testable import Amends

/// Everything real: the engine in real time, URLSession, sockets, and the canary as a process of its own.
struct SlowLoadEndToEndTests {
    @Test("A slow load is apologised for while the person waits, and counted once", .timeLimit(.minutes(2)))
    func slowLoad() async throws {
        let canary = try Canary()
        let apologised = DispatchSemaphore(value: 0)
        let renderer = RecordingRenderer { apologised.signal() }
        let shop = try TinyServer { _ in
            // Answers only when the apology is on the screen.
            let inTime = apologised.wait(timeout: .now() + 30) == .success
            return .init(status: inTime ? 200 : 504, body: Data("a catalogue".utf8))
        }
        let directory = try TemporaryDirectory()
        let log = Record<String>()
        let amends = Amends.start(
            .test(endpoint: canary.url, directory: directory, renderer: renderer) { log.append($0) })

        amends.foreground()
        amends.person("Jackie")
        amends.segment("vip")
        amends.screen("Catalogue")
        let load = amends.loadStarted(operation: "catalogue")
        let request = amends.requestStarted()
        let (body, status) = try await get(shop.url)
        request.answered(status: status)

        #expect(status == 200, "the apology came while the load was open")
        #expect(String(decoding: body, as: UTF8.self) == "a catalogue")
        #expect(renderer.apologies == 1 && renderer.calls.all.count == 1)
        load.succeeded()

        try await eventually("the canary has the failure") {
            try await canary.counts(app: "swift-test").failures > 0
        }
        amends.background()  // sends the rest
        _ = await amends.lastDecisions()  // by now it was stepped
        try await eventually("nothing waits to be sent") {
            let waiting = try FileManager.default.contentsOfDirectory(atPath: directory.url.path)
            return !waiting.contains { $0.hasPrefix("batch-") }
        }
        let counts = try await canary.counts(app: "swift-test")
        #expect(counts.failures == 1)
        #expect(counts.apologies == 1)
        #expect(counts.by_kind["slow_load"]?.opportunities == 1)
        #expect(counts.by_outcome == ["shown": 1])
        #expect(counts.by_kind["slow_load"]?.failures == 1)
        #expect(counts.by_screen["Catalogue"]?.failures == 1)
        #expect(counts.by_release["1.2.3"]?.failures == 1)

        let decisions = await amends.lastDecisions()
        #expect(decisions.map(\.outcome) == ["shown"])
        #expect(decisions.map(\.reason) == ["said sorry"])
        #expect(decisions.allSatisfy { abs($0.date.timeIntervalSinceNow) < 60 })
        #expect(log.all.isEmpty)

        var other = Amends.Configuration.test(endpoint: shop.url, directory: directory)
        other.serviceName = "another"
        #expect(Amends.start(other) === amends, "started once a process")
        #expect(Amends.shared === amends)
        await amends.stop()
    }
}

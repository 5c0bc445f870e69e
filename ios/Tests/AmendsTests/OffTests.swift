import AmendsCore
import Foundation
import Testing

@testable import Amends

/// When the SDK cannot work, it says so once and the app goes on.
@Suite(.timeLimit(.minutes(1)))
struct OffTests {
    private let directory: TemporaryDirectory
    private let log = Record<String>()

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func configuration() throws -> Amends.Configuration {
        let endpoint = try #require(URL(string: "http://127.0.0.1:\(TinyServer.unusedPort())"))
        return .test(endpoint: endpoint, directory: directory) { [log] in log.append($0) }
    }

    @Test("If the core fails it says so once, stops for good, and the app goes on")
    func coreFails() async throws {
        let core = ScriptedCore { call in
            guard call.events.isEmpty else { throw TestError("a panic") }
            return .nothing
        }
        let amends = Amends(core, clock: ManualClock(), configuration: try configuration())
        amends.screen("Search")
        try await eventually("it says so") { !log.all.isEmpty }
        let steps = core.calls.all.count
        for _ in 0..<100 { amends.errorReported() }
        amends.loadStarted().succeeded()
        #expect(await amends.lastDecisions().isEmpty)
        #expect(await amends.whatWeSend().isEmpty)
        #expect(core.calls.all.count == steps)
        #expect(
            log.all == ["Amends is off until the app starts anew, because it stopped working: a panic"])
    }

    @Test("After five starts that did not last it rests, says so, and the app goes on")
    func crashLoop() async throws {
        let config = try configuration()
        for _ in 0..<5 {
            _ = try Device.open(config: config.core, now: SystemClock().now)
        }
        let amends = Amends(config, clock: SystemClock()) { try Device.open(config: config.core, now: $0) }
        #expect(await amends.whatWeSend().isEmpty)
        amends.tapped("buy")
        #expect(amends.queue.takeAll().isEmpty, "calls do nothing")
        #expect(
            log.all == ["Amends is off for up to four hours: the app's last five starts ended within seconds"]
        )
    }

    @Test("An endpoint that is no address: one line in the log, and the app goes on")
    func unusableEndpoint() async throws {
        var configuration = try configuration()
        configuration.endpoint = try #require(URL(string: "ftp://canary.example.com"))
        let amends = Amends(configuration, clock: SystemClock())
        amends.tapped("buy")
        #expect(await amends.whatWeSend().isEmpty)
        amends.tapped("buy")
        #expect(amends.queue.takeAll().isEmpty, "calls do nothing")
        #expect(log.all.count == 1)
        #expect(log.all.first?.contains("ftp://canary.example.com") == true)
    }

    @Test("A directory that cannot be made: one line in the log, and the app goes on")
    func unusableDirectory() async throws {
        var configuration = try configuration()
        let file = directory.url.appendingPathComponent("a-file")
        try Data().write(to: file)
        configuration.directory = file.appendingPathComponent("within")
        let amends = Amends(configuration, clock: SystemClock())
        #expect(await amends.lastDecisions().isEmpty)
        #expect(log.all.count == 1)
        #expect(log.all.first?.contains("a-file/within") == true)
    }
}

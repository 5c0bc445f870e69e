import AmendsCore
import Foundation
import Testing

@testable import Amends

/// Uploads by URLSession against a real server.
@Suite(.timeLimit(.minutes(1)))
struct UploadTests {
    private let request: (URL) -> Amends.UploadRequest = { url in
        .init(url: url, headers: ["Authorization": "Bearer secret"], body: Data([0, 255, 10, 13]))
    }

    @Test("503 with Retry-After: later once more, same key, same body, counted once")
    func retry() async throws {
        let answers = Record<Void>()
        let server = try TinyServer { _ in
            answers.append(())
            return answers.all.count == 1
                ? .init(status: 503, headers: ["Retry-After": "7"]) : .init(status: 200)
        }
        let directory = try TemporaryDirectory()
        let clock = ManualClock()
        var configuration = Amends.Configuration.test(endpoint: server.url, directory: directory)
        configuration.ingestKey = "secret"
        let amends = Amends(configuration, clock: clock)
        amends.foreground()
        amends.tapped("buy")
        clock.advance(to: 8_000)
        try await eventually("the first try was answered") {
            // Jittered on top of what was asked for: at the earliest 7 s, at the latest 9 s later.
            server.requests.count == 1 && (15_000...17_000).contains(clock.sleepingUntil ?? 0)
        }
        let retryAt = try #require(clock.sleepingUntil)
        clock.advance(to: retryAt)
        try await eventually("the batch is gone") {
            let files = try FileManager.default.contentsOfDirectory(atPath: directory.url.path)
            return server.requests.count >= 2 && !files.contains { $0.hasPrefix("batch-") }
        }
        clock.advance(to: retryAt + 3_600_000)
        _ = await amends.lastDecisions()
        let requests = server.requests.filter { !$0.body.isEmpty }
        try #require(requests.count >= 2)
        let (first, second) = (requests[0], requests[1])
        #expect(first.method == "POST" && first.path == "/v1/metrics")
        #expect(first.body == second.body)
        #expect(first.headers["idempotency-key"]?.count == 32)
        #expect(first.headers["idempotency-key"] == second.headers["idempotency-key"])
        #expect(first.headers["content-encoding"] == "gzip")
        #expect(first.headers["content-type"] == "application/json")
        #expect(first.headers["authorization"] == "Bearer secret")
        let later = requests.dropFirst(2).map { $0.headers["idempotency-key"] }
        #expect(!later.contains(first.headers["idempotency-key"]), "what was counted is not sent again")
        await amends.stop()
    }

    @Test("Bytes, headers and nothing about the person or the system arrive")
    func headers() async throws {
        let server = try TinyServer { _ in .init(status: 200) }
        let answer = await Amends.URLSessionTransport().send(request(server.url))
        #expect(answer == .status(200, retryAfter: nil))
        let received = try #require(server.requests.first)
        #expect(received.body == Data([0, 255, 10, 13]))
        #expect(received.headers["user-agent"] == "amends")
        #expect(received.headers["accept-language"] == "*")
        #expect(received.headers["cookie"] == nil)
    }

    @Test("Statuses and Retry-After come back as they are", arguments: [200, 204, 400, 429, 503])
    func statuses(_ status: Int) async throws {
        let server = try TinyServer { _ in
            let body = Data((status == 204 ? "" : "x").utf8)
            return .init(status: status, headers: ["Retry-After": "120"], body: body)
        }
        let answer = await Amends.URLSessionTransport().send(request(server.url))
        #expect(answer == .status(status, retryAfter: "120"))
    }

    @Test("A redirect is not followed, so no key travels to another host", arguments: [301, 302, 307, 308])
    func redirect(_ status: Int) async throws {
        let elsewhere = try TinyServer { _ in .init(status: 200) }
        let target = elsewhere.url.absoluteString
        let server = try TinyServer { _ in .init(status: status, headers: ["Location": target]) }
        let answer = await Amends.URLSessionTransport().send(request(server.url))
        #expect(answer == .status(status, retryAfter: nil))
        #expect(elsewhere.requests.isEmpty)
    }

    @Test("Nobody there is an answer, too")
    func unreachable() async throws {
        let url = try #require(URL(string: "http://127.0.0.1:\(TinyServer.unusedPort())"))
        #expect(await Amends.URLSessionTransport().send(request(url)) == .unreachable)
    }

    @Test("A server that says nothing is given up")
    func silence() async throws {
        let isOver = DispatchSemaphore(value: 0)
        let server = try TinyServer { _ in
            _ = isOver.wait(timeout: .now() + 50)
            return .init(status: 200)
        }
        #expect(await Amends.URLSessionTransport(timeout: 1).send(request(server.url)) == .unreachable)
        isOver.signal()
    }

    @Test("The body of an answer is not waited for")
    func endlessBody() async throws {
        let server = try TinyServer { _ in .init(status: 503, missing: 1_000_000_000) }
        let answer = await Amends.URLSessionTransport().send(request(server.url))
        #expect(answer == .status(503, retryAfter: nil))
    }

    @Test("A network that is away holds up no apology")
    func awayIsNoHindrance() async throws {
        let directory = try TemporaryDirectory()
        let url = try #require(URL(string: "http://127.0.0.1:\(TinyServer.unusedPort())"))
        let clock = ManualClock()
        let renderer = RecordingRenderer()
        var configuration = Amends.Configuration.test(endpoint: url, directory: directory, renderer: renderer)
        let isOver = DispatchSemaphore(value: 0)
        configuration.transport = NeverAnswers(isOver)
        let amends = Amends(configuration, clock: clock)
        amends.person("Jackie")
        amends.foreground()
        amends.background()  // something to send
        amends.foreground()
        amends.tapped("buy")
        clock.advance(to: 4_000)
        try await eventually("the apology") { renderer.apologies == 1 }
        await amends.stop()
        isOver.signal()
    }
}

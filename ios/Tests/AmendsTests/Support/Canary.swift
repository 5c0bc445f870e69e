import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The real canary, as a process of its own.
final class Canary {
    struct Counts: Decodable {
        struct Totals: Decodable {
            let failures: Int
            let apologies: Int
            let by_outcome: [String: Int]
            let by_kind: [String: Kind]
            let by_screen: [String: Kind]
            let by_release: [String: Kind]
        }
        struct Kind: Decodable {
            let failures: Int
            let opportunities: Int
        }
        struct Data: Decodable {
            let totals: Totals
        }
        let data: Data
    }

    let url: URL
    private let process: Process
    private let directory: TemporaryDirectory

    init() throws {
        let binary = try Self.binary()
        directory = try TemporaryDirectory()
        process = Process()
        process.executableURL = binary
        process.arguments = [
            "serve", "--data", directory.url.path, "--listen", "127.0.0.1:0", "--min-devices", "1",
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let line = Self.firstLine(of: output)
        let start = "amends-canary listening on "
        guard line.hasPrefix(start), let url = URL(string: String(line.dropFirst(start.count))) else {
            Self.end(process)
            throw TestError("\(binary.path) said \"\(line)\" and not \"\(start)http://127.0.0.1:PORT\"")
        }
        self.url = url
    }

    deinit {
        Self.end(process)
    }

    private static func end(_ process: Process) {
        // Not `terminate`: a process started on a thread of Dispatch's inherits its mask, which blocks SIGTERM.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    func counts(app: String) async throws -> Counts.Totals {
        guard let url = URL(string: "\(url.absoluteString)/v1/counts?app=\(app)") else {
            throw TestError(app)
        }
        let (body, status) = try await get(url)
        guard status == 200 else { throw TestError("\(status): \(String(decoding: body, as: UTF8.self))") }
        return try JSONDecoder().decode(Counts.self, from: body).data.totals
    }

    private static func binary() throws -> URL {
        let package = URL(fileURLWithPath: #filePath)  // ios/Tests/AmendsTests/Support/Canary.swift
            .deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let given = ProcessInfo.processInfo.environment["AMENDS_CANARY"].map { URL(fileURLWithPath: $0) }
        let binary =
            given
            ?? package.deletingLastPathComponent().appendingPathComponent("target/debug/amends-canary")
        guard FileManager.default.isExecutableFile(atPath: binary.path) else {
            throw TestError(
                """
                There is no canary at \(binary.path). Build it with cargo build -p amends-canary, \
                or say where it is with AMENDS_CANARY=PATH \
                (in the chroot: scripts/swift env AMENDS_CANARY=PATH swift test --package-path ios).
                """)
        }
        return binary
    }

    /// The first line, or what came of it within 20 seconds.
    private static func firstLine(of pipe: Pipe) -> String {
        let text = Record<Data>()
        let isThere = DispatchSemaphore(value: 0)
        pipe.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            text.append(data)
            if data.isEmpty { handle.readabilityHandler = nil }
            if data.isEmpty || data.contains(UInt8(ascii: "\n")) { isThere.signal() }
        }
        _ = isThere.wait(timeout: .now() + 20)
        let all = String(decoding: text.all.reduce(Data(), +), as: UTF8.self)
        return String(all.prefix { $0 != "\n" })
    }
}

/// `GET`, on a session of its own.
func get(_ url: URL) async throws -> (Data, Int) {
    let session = URLSession(configuration: .ephemeral)
    defer { session.finishTasksAndInvalidate() }
    let (body, response) = try await session.data(from: url)
    guard let response = response as? HTTPURLResponse else { throw TestError("no HTTP answer from \(url)") }
    return (body, response.statusCode)
}

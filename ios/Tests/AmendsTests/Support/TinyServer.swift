import Foundation

/// A real HTTP/1.1 server on a loopback port: one thread a connection, one request a connection.
final class TinyServer: Sendable {
    struct Request: Sendable {
        var method = ""
        var path = ""
        /// By lower-case name.
        var headers: [String: String] = [:]
        var body = Data()
    }

    struct Answer: Sendable {
        var status = 200
        var headers: [String: String] = [:]
        var body = Data("{}".utf8)
        /// Says that this many bytes more come than do, and keeps the connection.
        var missing = 0
    }

    struct SocketError: Error {
        let code = errno
    }

    let url: URL
    private let socket: Int32
    private let state: State

    private final class State: @unchecked Sendable {
        let lock = NSLock()
        var requests: [Request] = []
    }

    /// What has arrived, in order.
    var requests: [Request] {
        state.lock.withLock { state.requests }
    }

    init(answer: @escaping @Sendable (Request) -> Answer) throws {
        let (socket, port) = try Self.listen()
        guard let url = URL(string: "http://127.0.0.1:\(port)") else { throw SocketError() }
        let state = State()
        (self.socket, self.url, self.state) = (socket, url, state)
        Thread.detachNewThread {
            while case let connection = accept(socket, nil, nil), connection >= 0 {
                Thread.detachNewThread {
                    defer { close(connection) }
                    guard let request = Self.read(connection) else { return }
                    state.lock.withLock { state.requests.append(request) }
                    Self.write(answer(request), to: connection)
                }
            }
        }
    }

    deinit {
        shutdown(socket, Int32(SHUT_RDWR))
        close(socket)
    }

    /// A loopback port on which nobody listens.
    static func unusedPort() throws -> UInt16 {
        let (socket, port) = try listen()
        close(socket)
        return port
    }

    private static func listen() throws -> (socket: Int32, port: UInt16) {
        #if canImport(Glibc)
            let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let socket = Foundation.socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(socket, address, length) == 0 && Foundation.listen(socket, 16) == 0
                    && getsockname(socket, address, &length) == 0
            }
        }
        guard socket >= 0, isBound else { throw SocketError() }
        return (socket, UInt16(bigEndian: address.sin_port))
    }

    private static func read(_ connection: Int32) -> Request? {
        var received = Data()
        func more() -> Bool {
            var buffer = [UInt8](repeating: 0, count: 16_384)
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return false }
            received.append(contentsOf: buffer[..<count])
            return true
        }
        let blank = Data("\r\n\r\n".utf8)
        var end = received.range(of: blank)
        while end == nil {
            guard more() else { return nil }
            end = received.range(of: blank)
        }
        guard let end else { return nil }
        let head = String(decoding: received[..<end.lowerBound], as: UTF8.self)
        let lines = head.components(separatedBy: "\r\n")
        let words = lines[0].split(separator: " ")
        guard words.count == 3 else { return nil }
        var request = Request(method: String(words[0]), path: String(words[1]))
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            request.headers[line[..<colon].lowercased()] = value
        }
        let length = request.headers["content-length"].flatMap(Int.init) ?? 0
        while received.count - end.upperBound < length {
            guard more() else { return nil }
        }
        request.body = Data(received[end.upperBound...])
        return request
    }

    private static func write(_ answer: Answer, to connection: Int32) {
        let length = answer.body.count + answer.missing
        var head = "HTTP/1.1 \(answer.status) Status\r\nContent-Length: \(length)\r\nConnection: close\r\n"
        for (name, value) in answer.headers {
            head += "\(name): \(value)\r\n"
        }
        let bytes = [UInt8](Data((head + "\r\n").utf8) + answer.body)
        #if canImport(Darwin)
            let flags: Int32 = 0
            var yes: Int32 = 1
            setsockopt(connection, SOL_SOCKET, SO_NOSIGPIPE, &yes, socklen_t(MemoryLayout<Int32>.size))
        #else
            let flags = Int32(MSG_NOSIGNAL)
        #endif
        _ = send(connection, bytes, bytes.count, flags)
        if answer.missing > 0 {
            var byte: UInt8 = 0
            while recv(connection, &byte, 1, 0) > 0 {}  // until the other side goes
        }
    }
}

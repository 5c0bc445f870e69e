import Foundation

extension Amends {
    /// Carries counts to the canary. The default is `URLSessionTransport`; bring your own where uploads have to go
    /// through the app's own network code.
    public protocol Transport: Sendable {
        /// Sends the request as an HTTP POST, with exactly these headers and bytes, and returns what became of it.
        ///
        /// Called off the main thread, one upload at a time. It may take its time, but it has to return: give it a
        /// timeout of a minute or less. Do not retry here, the core does; and do not follow a redirect to another
        /// host, because the headers may carry a key.
        func send(_ request: UploadRequest) async -> UploadAnswer
    }

    /// One batch of counts.
    public struct UploadRequest: Sendable, Hashable {
        /// Where to.
        public let url: URL
        /// The headers, the same at every try.
        public let headers: [String: String]
        /// The body, byte for byte the same at every try.
        public let body: Data
    }

    /// What became of an upload.
    public enum UploadAnswer: Sendable, Hashable {
        /// The server answered with this HTTP status, and this `Retry-After` header as it came, if there was one.
        case status(Int, retryAfter: String?)
        /// No answer: no connection, broken off, timed out.
        case unreachable
    }
}

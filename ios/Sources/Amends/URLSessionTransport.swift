import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension Amends {
    /// Uploads by `URLSession`, in a session of its own without cookies and cache. Redirects are not followed: the
    /// answer is then the redirect's status. Of an answer only status and `Retry-After` are kept.
    public final class URLSessionTransport: Transport {
        private let session: URLSession
        private let exchanges: Exchanges

        /// A transport with the default settings.
        public convenience init() {
            self.init(timeout: 30)
        }

        /// - Parameter timeout: how long nothing may arrive; a whole upload may take twice that.
        init(timeout: TimeInterval) {
            let settings = URLSessionConfiguration.ephemeral
            settings.timeoutIntervalForRequest = timeout
            settings.timeoutIntervalForResource = 2 * timeout
            settings.urlCache = nil
            settings.httpCookieStorage = nil
            settings.httpShouldSetCookies = false
            // Instead of what the system would say: the app's build, the system's build, the person's languages.
            settings.httpAdditionalHeaders = ["User-Agent": "amends", "Accept-Language": "*"]
            exchanges = Exchanges()
            session = URLSession(configuration: settings, delegate: exchanges, delegateQueue: nil)
        }

        deinit {
            session.finishTasksAndInvalidate()
        }

        /// See `Transport`.
        public func send(_ request: UploadRequest) async -> UploadAnswer {
            var http = URLRequest(url: request.url)
            http.httpMethod = "POST"
            http.httpBody = request.body
            for (name, value) in request.headers {
                http.setValue(value, forHTTPHeaderField: name)
            }
            let task = session.dataTask(with: http)
            return await withCheckedContinuation { done in
                exchanges.begin(task, done)
            }
        }
    }
}

/// Hears what becomes of uploads, and answers each once.
private final class Exchanges: NSObject, URLSessionDataDelegate {
    private typealias Done = CheckedContinuation<Amends.UploadAnswer, Never>

    private let underWay = Locked<[Int: Done]>([:])

    func begin(_ task: URLSessionTask, _ done: CheckedContinuation<Amends.UploadAnswer, Never>) {
        underWay.withLock { $0[task.taskIdentifier] = done }
        task.resume()
    }

    private func end(_ task: URLSessionTask, _ answer: Amends.UploadAnswer) {
        let done = underWay.withLock { $0.removeValue(forKey: task.taskIdentifier) }
        done?.resume(returning: answer)
    }

    /// The head of the answer is all we want: a body of any length need not come.
    func urlSession(
        _ session: URLSession,
        dataTask: URLSessionDataTask,
        didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        if let response = response as? HTTPURLResponse {
            let retryAfter = response.value(forHTTPHeaderField: "Retry-After")
            end(dataTask, .status(response.statusCode, retryAfter: retryAfter))
        }
        // A short body is taken in, so that the connection can be used again.
        let isShort = (0...4_096).contains(response.expectedContentLength)
        completionHandler(isShort ? .allow : .cancel)
    }

    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest,
        completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        guard error == nil, let response = task.response as? HTTPURLResponse else {
            return end(task, .unreachable)
        }
        end(task, .status(response.statusCode, retryAfter: response.value(forHTTPHeaderField: "Retry-After")))
    }
}

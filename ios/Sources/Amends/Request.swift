import Foundation
internal import AmendsCore

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension Amends {
    /// A network request of the app. Say how it ended, once; what is said after that is ignored. One whose last
    /// reference goes before it ended counts as cancelled.
    public final class Request: Sendable {
        private let number: UInt64
        private let queue: EventQueue
        private let isOver = Locked(false)

        init(_ number: UInt64, queue: EventQueue) {
            self.number = number
            self.queue = queue
        }

        deinit {
            end(.cancelled)
        }

        /// The server answered with this HTTP status.
        public func answered(status: Int) {
            end(.status(code: UInt16(clamping: status)))
        }

        /// No answer in time.
        public func timedOut() {
            end(.timedOut)
        }

        /// No connection, or it broke.
        public func unreachable() {
            end(.unreachable)
        }

        /// The app cancelled it.
        public func cancelled() {
            end(.cancelled)
        }

        /// It threw: a timeout, a cancellation or, for all else, no connection.
        public func failed(_ error: any Error) {
            switch (error as? URLError)?.code {
            case .timedOut?: timedOut()
            case .cancelled?: cancelled()
            default: if error is CancellationError { cancelled() } else { unreachable() }
            }
        }

        private func end(_ end: RequestEnd) {
            let isFirst = isOver.withLock { isOver in
                defer { isOver = true }
                return !isOver
            }
            if isFirst {
                queue.push(.requestEnded(request: number, end: end))
            }
        }
    }
}

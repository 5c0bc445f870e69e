internal import AmendsCore

extension Amends {
    /// Something the person waits for. Say how it ended, once; what is said after that is ignored.
    ///
    /// A load whose last reference goes before it ended counts as cancelled: code that let go of it on an early
    /// return or a thrown error is not waiting either. So keep it while the load runs.
    public final class Load: Sendable {
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

        /// Progress became visible (spinner, bar, skeleton): people wait longer with it.
        public func showsProgress() {
            queue.push(.loadProgress(load: number))
        }

        /// What was waited for is there.
        public func succeeded() {
            end(.succeeded)
        }

        /// It is there, with nothing in it where the person expects something: a search without results. Not a list
        /// that is rightly empty (no orders yet): that one succeeded.
        public func empty() {
            end(.empty)
        }

        /// It will not come.
        public func failed() {
            end(.failed)
        }

        /// The person left, or the app gave it up on purpose.
        public func cancelled() {
            end(.cancelled)
        }

        private func end(_ end: LoadEnd) {
            let isFirst = isOver.withLock { isOver in
                defer { isOver = true }
                return !isOver
            }
            if isFirst {
                queue.push(.loadEnded(load: number, end: end))
            }
        }
    }
}

internal import AmendsCore

extension Amends {
    /// A video or sound that plays. Say what happens to it, and that it ended, once; what is said after that is ignored.
    ///
    /// Standing still for 2 s, or three times within a minute, is poor content; what follows the person's own jump or
    /// pause is not judged. A playback whose last reference goes has ended: so keep it while it plays.
    public final class Playback: Sendable {
        private let number: UInt64
        private let queue: EventQueue
        private let isOver = Locked(false)

        init(_ number: UInt64, queue: EventQueue) {
            self.number = number
            self.queue = queue
        }

        deinit {
            ended()
        }

        /// It stands still for want of data.
        public func stalled() {
            changed(.stalled)
        }

        /// It goes on: after a stall, a jump or a pause.
        public func resumed() {
            changed(.resumed)
        }

        /// The person jumped to another place.
        public func sought() {
            changed(.sought)
        }

        /// The person or the app paused it.
        public func paused() {
            changed(.paused)
        }

        /// It is over, or was closed.
        public func ended() {
            changed(.ended)
        }

        private func changed(_ change: AmendsCore.Playback) {
            let counts = isOver.withLock { isOver in
                defer { isOver = isOver || change == .ended }
                return !isOver
            }
            if counts {
                queue.push(.playbackChanged(playback: number, change: change))
            }
        }
    }
}

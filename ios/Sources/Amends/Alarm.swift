/// Wakes the driver at the core's next deadline: one sleeping task at most, and none where there is no deadline.
struct Alarm {
    /// In milliseconds.
    private static let pause: UInt64 = 100

    private let clock: any HostClock
    private let ring: @Sendable () -> Void
    private var deadline: UInt64?
    private var timer: Task<Void, Never>?

    init(clock: any HostClock, ring: @escaping @Sendable () -> Void) {
        self.clock = clock
        self.ring = ring
    }

    /// Rings at this moment and at no other. Where it stays the same, the sleeping task sleeps on. A moment that has
    /// passed would make the driver spin: it rings a little later.
    mutating func set(_ deadline: UInt64?, now: UInt64) {
        let deadline = deadline.map { $0 > now ? $0 : now + Self.pause }
        guard deadline != self.deadline else { return }
        cancel()
        guard let deadline else { return }
        self.deadline = deadline
        timer = Task.detached { [clock, ring] in
            while clock.monotonicMs < deadline, !Task.isCancelled {
                try? await clock.sleep(until: deadline)
            }
            if !Task.isCancelled {
                ring()
            }
        }
    }

    mutating func cancel() {
        timer?.cancel()
        timer = nil
        deadline = nil
    }
}

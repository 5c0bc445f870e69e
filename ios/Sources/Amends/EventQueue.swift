internal import AmendsCore

/// What happened and was not handed to the core yet. Any thread appends; the driver takes all that is waiting.
///
/// Bounded: when full, the oldest evidence goes first, then the oldest of what the app did, then of what the status view
/// says; who the person is, what they want, and the answers to messages and uploads go last. What was lost is counted
/// and told to the core, which then judges nothing on incomplete evidence.
final class EventQueue: Sendable {
    static let most = 1_024

    fileprivate struct State {
        var waiting: [TimedEvent] = []
        var dropped: UInt32 = 0
        var isClosed = false
    }

    private let state: Locked<State>
    private let clock: any HostClock
    private let wake: @Sendable () -> Void

    /// - Parameters:
    ///   - first: waits already, and wakes nobody.
    ///   - wake: called, on the appending thread, when the queue is no longer empty.
    init(clock: any HostClock, first: [Event] = [], wake: @escaping @Sendable () -> Void) {
        let now = clock.monotonicMs
        state = Locked(State(waiting: first.map { TimedEvent(atMs: now, event: $0) }))
        self.clock = clock
        self.wake = wake
    }

    /// Stamps the event and appends it. After `close` it does nothing.
    func push(_ event: Event) {
        let wasEmpty = state.withLock { state in
            guard !state.isClosed else { return false }
            let wasEmpty = state.waiting.isEmpty
            if state.waiting.count >= Self.most {
                state.dropOne()
            }
            state.waiting.append(TimedEvent(atMs: clock.monotonicMs, event: event))
            return wasEmpty
        }
        if wasEmpty {
            wake()
        }
    }

    /// Everything that waits, oldest first.
    func takeAll() -> [TimedEvent] {
        state.withLock { state in
            var taken: [TimedEvent] = []
            taken.reserveCapacity(64)
            swap(&taken, &state.waiting)
            if state.dropped > 0, let first = taken.first {
                taken.insert(
                    TimedEvent(atMs: first.atMs, event: .queueDropped(count: state.dropped)), at: 0)
                state.dropped = 0
            }
            return taken
        }
    }

    /// Nothing is taken in from now on, and what waited is forgotten.
    func close() {
        state.withLock { state in
            state.isClosed = true
            state.waiting = []
        }
    }
}

extension EventQueue.State {
    fileprivate mutating func dropOne() {
        let oldest =
            waiting.firstIndex { $0.event.worth == .evidence }
            ?? waiting.firstIndex { $0.event.worth == .happening }
            ?? waiting.firstIndex { $0.event.worth == .status }
            ?? waiting.startIndex
        waiting.remove(at: oldest)
        dropped = dropped == .max ? .max : dropped + 1
    }
}

/// What is lost with an event.
private enum Worth {
    /// A judgement: the core makes none on incomplete evidence.
    case evidence
    /// A count.
    case happening
    /// A line of the status view, until the next report.
    case status
    /// The truth of what is said and sent, and whether anything may be.
    case answer
}

extension Event {
    fileprivate var worth: Worth {
        switch self {
        case .tapped, .reacted, .requestStarted, .loadProgress: .evidence
        case .screen, .submit, .loadStarted, .loadEnded, .requestEnded, .errorReported: .happening
        case .hung, .contentShown, .playbackChanged: .happening
        case .operationReported: .status
        case .foreground, .background, .newSession, .person, .segment: .answer
        case .languages, .pause, .resume, .optedOut: .answer
        case .shown, .notShown, .responded, .answered, .queueDropped, .uploaded: .answer
        }
    }
}

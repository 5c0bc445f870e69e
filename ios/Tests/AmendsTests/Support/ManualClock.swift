@testable import Amends

/// A clock that moves when it is told to.
final class ManualClock: HostClock {
    private struct Sleeper {
        let id: Int
        let until: UInt64
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now: UInt64
        var nextId = 0
        var sleepers: [Sleeper] = []
    }

    private let state: Locked<State>

    init(at now: UInt64 = 1_000) {
        state = Locked(State(now: now))
    }

    var monotonicMs: UInt64 { state.withLock { $0.now } }
    var unixMs: UInt64 { 1_800_000_000_000 + monotonicMs }

    /// Until when somebody sleeps.
    var sleepingUntil: UInt64? {
        state.withLock { $0.sleepers.map(\.until).min() }
    }

    func advance(to now: UInt64) {
        let due = state.withLock { state in
            state.now = max(state.now, now)
            let due = state.sleepers.filter { $0.until <= state.now }
            state.sleepers.removeAll { $0.until <= state.now }
            return due
        }
        for sleeper in due {
            sleeper.continuation.resume()
        }
    }

    func sleep(until: UInt64) async throws {
        let id = state.withLock { state in
            state.nextId += 1
            return state.nextId
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let refused: Bool? = state.withLock { state in
                    if Task.isCancelled { return true }
                    if state.now >= until { return false }
                    state.sleepers.append(Sleeper(id: id, until: until, continuation: continuation))
                    return nil
                }
                switch refused {
                case true?: continuation.resume(throwing: CancellationError())
                case false?: continuation.resume()
                case nil: break
                }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                let index = state.sleepers.firstIndex { $0.id == id }
                return index.map { state.sleepers.remove(at: $0) }
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }
}

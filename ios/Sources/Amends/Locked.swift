import Foundation

/// A value behind a lock that is held for a few instructions at a time, never across IO or a call out.
///
/// On Apple systems an unfair lock, which lends its holder the priority of a waiting main thread. (`Mutex` and
/// `OSAllocatedUnfairLock` would do; they need iOS 18 and 16.)
final class Locked<Value>: @unchecked Sendable {
    private var value: Value

    #if canImport(Darwin)
        private let lock: UnsafeMutablePointer<os_unfair_lock>

        init(_ value: Value) {
            self.value = value
            lock = .allocate(capacity: 1)
            lock.initialize(to: os_unfair_lock())
        }

        deinit {
            lock.deallocate()
        }

        func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
            os_unfair_lock_lock(lock)
            defer { os_unfair_lock_unlock(lock) }
            return try body(&value)
        }
    #else
        private let lock = NSLock()

        init(_ value: Value) {
            self.value = value
        }

        func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
            try lock.withLock { try body(&value) }
        }
    #endif
}

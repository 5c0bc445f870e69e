import Foundation
internal import AmendsCore

/// Both clocks of the host, and sleeping on one of them. Tests bring their own.
protocol HostClock: Sendable {
    /// Milliseconds on a clock that never jumps and goes on while the device sleeps.
    var monotonicMs: UInt64 { get }
    /// Milliseconds since 1970 UTC.
    var unixMs: UInt64 { get }
    /// Sleeps until `monotonicMs` has come to this, or throws at once when its task is cancelled. May wake early.
    func sleep(until monotonicMs: UInt64) async throws
}

extension HostClock {
    /// Both clocks, read together.
    var now: Now {
        Now(monotonicMs: monotonicMs, unixMs: unixMs)
    }
}

/// The system's clocks.
struct SystemClock: HostClock {
    // What `ContinuousClock` reads. That type itself needs iOS 16.
    #if canImport(Darwin)
        // Goes on while the device sleeps, as CLOCK_UPTIME_RAW does not.
        private static let clock = CLOCK_MONOTONIC_RAW
    #else
        private static let clock = CLOCK_BOOTTIME
    #endif

    var monotonicMs: UInt64 { Self.milliseconds(of: Self.clock) }
    var unixMs: UInt64 { Self.milliseconds(of: CLOCK_REALTIME) }

    func sleep(until deadline: UInt64) async throws {
        let now = monotonicMs
        guard deadline > now else { return }
        // Much more would overflow below; to wake early is no harm.
        let wait = min(deadline - now, 7 * 86_400_000)
        if #available(iOS 16, macOS 13, tvOS 16, watchOS 9, *) {
            try await ContinuousClock().sleep(until: .now + .milliseconds(wait))
        } else {
            try await Task.sleep(nanoseconds: wait * 1_000_000)
        }
    }

    private static func milliseconds(of clock: clockid_t) -> UInt64 {
        var time = timespec()
        guard clock_gettime(clock, &time) == 0, time.tv_sec >= 0 else { return 0 }
        return UInt64(time.tv_sec) * 1_000 + UInt64(time.tv_nsec) / 1_000_000
    }
}

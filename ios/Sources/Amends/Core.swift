internal import AmendsCore

/// The core as the driver sees it: `Device`, or a stand-in in tests.
///
/// Everything may throw: that is how a panic of the core arrives where the bindings let it.
protocol Core: Sendable {
    func step(events: [TimedEvent], now: Now) throws -> Step
    func useDocument(json: String?) throws
    func decisionsAfter(number: UInt64) throws -> [AmendsCore.Decision]
    func whatWeSend() throws -> String
    func isOff() throws -> Bool
}

extension Device: Core {}

/// Opens the core as of this time; on the driver, because it reads and writes files.
typealias OpenCore = @Sendable (Now) throws -> any Core

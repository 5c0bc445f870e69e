import Foundation
internal import AmendsCore

extension Amends {
    /// What was decided about a failure, and why. For the app's developer; it never leaves the device.
    public struct Decision: Sendable, Hashable {
        /// Counts up from 1 since the start.
        public let number: UInt64
        /// When, by the device's clock.
        public let date: Date
        /// What had failed: `slow_load`, `dead_tap`, …
        public let kind: String
        /// On which screen.
        public let screen: String?
        /// `shown`, `suppressed`, `held_out` or `recovered`.
        public let outcome: String
        /// Why, in words.
        public let reason: String

        init(_ decision: AmendsCore.Decision, now: Now) {
            number = decision.number
            let ago = Double(now.monotonicMs) - Double(decision.atMs)
            date = Date(timeIntervalSince1970: (Double(now.unixMs) - ago) / 1_000)
            kind = decision.kind
            screen = decision.screen
            outcome = decision.outcome
            reason = decision.reason
        }
    }
}

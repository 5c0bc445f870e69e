import Foundation

extension UInt64 {
    /// Seconds in whole milliseconds. What is no number or negative counts as none; a year is as good as forever.
    init(millisecondsOf seconds: TimeInterval) {
        // Also false for what is no number.
        self = seconds > 0 ? UInt64(Swift.min(seconds, 365 * 86_400) * 1_000) : 0
    }
}

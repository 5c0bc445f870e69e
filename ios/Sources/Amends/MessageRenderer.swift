import Foundation
internal import AmendsCore

extension Amends {
    /// Draws messages. Both methods are called on the main actor, in order, never two at a time.
    public protocol MessageRenderer: Sendable {
        /// Draw this message now. Say `answers.shown` as soon as it is really on the screen, or `answers.notShown` if
        /// it cannot be drawn now (no window, an app lock, a call on top): only a message that was drawn is counted as
        /// an apology. Then say `answers.responded` when it leaves.
        @MainActor func show(_ message: Message, answers: MessageAnswers)

        /// Take this message away. If it was not drawn yet, do not draw it, and say `answers.notShown`.
        @MainActor func hide(_ message: UInt64)
    }

    /// A message for the person.
    public struct Message: Sendable, Hashable, Identifiable {
        /// Its number, for the answers.
        public let id: UInt64
        /// What it is about: `slow_load`, `dead_tap`, …
        public let kind: String
        /// The whole text.
        public let text: String
        /// How long it stays at least, in seconds.
        public let onScreen: TimeInterval
        /// How long it stays at least while VoiceOver is on, in seconds.
        public let onScreenWithScreenReader: TimeInterval

        init(_ message: AmendsCore.Message) {
            id = message.id
            kind = message.kind
            text = message.text
            onScreen = TimeInterval(message.onScreenMs) / 1_000
            onScreenWithScreenReader = TimeInterval(message.onScreenWithScreenReaderMs) / 1_000
        }
    }

    /// What became of messages. From any thread; nothing here waits.
    public struct MessageAnswers: Sendable {
        let queue: EventQueue

        /// The message was really drawn, just now.
        public func shown(_ message: UInt64) {
            queue.push(.shown(message: message))
        }

        /// The message could not or must not be drawn.
        public func notShown(_ message: UInt64) {
            queue.push(.notShown(message: message))
        }

        /// The person answered the message, or it left by itself.
        public func responded(_ message: UInt64, _ response: Response) {
            queue.push(.responded(message: message, response: response.core))
        }
    }
}

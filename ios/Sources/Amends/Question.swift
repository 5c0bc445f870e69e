import Foundation
internal import AmendsCore

extension Amends {
    /// A question with one tap for an answer: how well the app works. Rare, and never twice in 14 days.
    public struct Question: Sendable, Hashable, Identifiable {
        /// Its number, for the answers.
        public let id: UInt64
        /// The question.
        public let text: String
        /// The answers in words, from the worst (1) to the best (5).
        public let answers: [String]
        /// The label of the button that takes it away, for VoiceOver.
        public let dismiss: String
        /// The text's language, a BCP 47 tag.
        public let language: String
        /// Whether it is written from right to left.
        public let isRightToLeft: Bool
        /// How long it stays at least, in seconds.
        public let onScreen: TimeInterval
        /// How long it stays at least while VoiceOver is on, in seconds.
        public let onScreenWithScreenReader: TimeInterval

        init(_ question: AmendsCore.Question) {
            id = question.id
            text = question.text
            answers = question.answers
            dismiss = question.dismiss
            language = question.language
            isRightToLeft = question.rightToLeft
            onScreen = TimeInterval(question.onScreenMs) / 1_000
            onScreenWithScreenReader = TimeInterval(question.onScreenWithScreenReaderMs) / 1_000
        }
    }
}

import Foundation
internal import AmendsCore

extension Amends {
    /// A message for the person.
    public struct Message: Sendable, Hashable, Identifiable {
        /// Its number, for the answers.
        public let id: UInt64
        /// What it is for.
        public let purpose: Purpose
        /// What it is about: `slow_load`, `dead_tap`, …
        public let kind: String
        /// The whole text.
        public let text: String
        /// What the person can do about it, at most three; the app carries them out.
        public let actions: [Action]
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

        /// What a message is for.
        public enum Purpose: Sendable, Hashable, CaseIterable {
            /// Something failed.
            case apology
            /// It works again.
            case makeGood
        }

        /// Something that the person can do from a message: a button.
        public struct Action: Sendable, Hashable {
            /// What it does.
            public let kind: Kind
            /// What the button says.
            public let label: String
            /// What it opens, for `status`.
            public let url: URL?

            /// What an action does.
            public enum Kind: Sendable, Hashable, CaseIterable {
                /// Tries again.
                case retry
                /// Opens the status page.
                case status
                /// Asks for help.
                case support
                /// Tells us.
                case tellUs

                /// How a message ends with it: `answers.responded(message.id, action.kind.response)`.
                public var response: Response {
                    switch self {
                    case .retry: .retry
                    case .status: .status
                    case .support: .support
                    case .tellUs: .tellUs
                    }
                }
            }
        }
    }
}

extension Amends.Message {
    init(_ message: AmendsCore.Message) {
        id = message.id
        purpose = Purpose(message.purpose)
        kind = message.kind
        text = message.text
        actions = message.actions.map(Action.init)
        dismiss = message.dismiss
        language = message.language
        isRightToLeft = message.rightToLeft
        onScreen = TimeInterval(message.onScreenMs) / 1_000
        onScreenWithScreenReader = TimeInterval(message.onScreenWithScreenReaderMs) / 1_000
    }
}

extension Amends.Message.Purpose {
    init(_ purpose: AmendsCore.Purpose) {
        switch purpose {
        case .apology: self = .apology
        case .makeGood: self = .makeGood
        }
    }
}

extension Amends.Message.Action {
    init(_ action: AmendsCore.Action) {
        kind = Kind(action.kind)
        label = action.label
        url = action.url.flatMap { URL(string: $0) }
    }
}

extension Amends.Message.Action.Kind {
    init(_ kind: AmendsCore.ActionKind) {
        switch kind {
        case .retry: self = .retry
        case .status: self = .status
        case .support: self = .support
        case .tellUs: self = .tellUs
        }
    }
}

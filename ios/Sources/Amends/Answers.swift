internal import AmendsCore

extension Amends {
    /// How a message ended.
    public enum Response: Sendable, Hashable, CaseIterable {
        /// The person swiped or tapped it away.
        case dismissed
        /// Its time was over.
        case expired
        /// The person used a call to action of the app's own.
        case acted
        /// The person tried again from the message.
        case retry
        /// The person opened the status page.
        case status
        /// The person asked for help.
        case support
        /// The person wants to tell us.
        case tellUs

        var core: AmendsCore.Response {
            switch self {
            case .dismissed: .dismissed
            case .expired: .expired
            case .acted: .acted
            case .retry: .retry
            case .status: .status
            case .support: .support
            case .tellUs: .tellUs
            }
        }
    }

    /// How good something is that the person sees.
    public enum Content: Sendable, Hashable, CaseIterable {
        /// As it should be.
        case good
        /// Nothing, where the person expects something: a search without results.
        case empty
        /// An image that could not be loaded or decoded.
        case brokenImage
        /// Bad in the app's own judgement: garbled text, the wrong language, a blurred picture.
        case poor

        var core: AmendsCore.Content {
            switch self {
            case .good: .good
            case .empty: .empty
            case .brokenImage: .brokenImage
            case .poor: .poor
            }
        }
    }

    /// What a person does not want.
    public enum OptOut: Sendable, Hashable, CaseIterable {
        /// Nothing: they take part.
        case nothing
        /// To be spoken to. Failures are still counted, in silence.
        case messages
        /// To be counted, either. What was counted and not sent yet is forgotten.
        case everything

        var core: AmendsCore.OptOut {
            switch self {
            case .nothing: .nothing
            case .messages: .messages
            case .everything: .everything
            }
        }
    }
}

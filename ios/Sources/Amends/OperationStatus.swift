import Foundation
internal import AmendsCore

extension Amends {
    /// How far an operation is.
    public enum OperationProgress: Sendable, Hashable, CaseIterable {
        /// It will begin.
        case scheduled
        /// It is under way.
        case processing
        /// It takes longer than expected. Sets itself; the app may also say so.
        case delayed
        /// It is done.
        case sent
        /// It will not happen.
        case failed

        init(_ progress: AmendsCore.OperationProgress) {
            switch progress {
            case .scheduled: self = .scheduled
            case .processing: self = .processing
            case .delayed: self = .delayed
            case .sent: self = .sent
            case .failed: self = .failed
            }
        }

        var core: AmendsCore.OperationProgress {
            switch self {
            case .scheduled: .scheduled
            case .processing: .processing
            case .delayed: .delayed
            case .sent: .sent
            case .failed: .failed
            }
        }
    }

    /// An operation as the status view shows it, in the person's language.
    public struct OperationStatus: Sendable, Hashable, Identifiable {
        /// The app's own name for it.
        public let id: String
        /// What the person calls it.
        public let title: String?
        /// How far it is.
        public let progress: OperationProgress
        /// That in words.
        public let progressText: String
        /// Each step that was reached, oldest first; the last one is `progress`.
        public let steps: [Step]
        /// When it is expected to be over.
        public let expectedBy: Date?
        /// Where the questions about it are answered.
        public let faq: URL?
        /// What the link to that says.
        public let faqText: String

        /// A step of an operation.
        public struct Step: Sendable, Hashable {
            /// What was reached.
            public let progress: OperationProgress
            /// That in words.
            public let progressText: String
            /// When.
            public let date: Date
        }
    }
}

extension Amends.OperationStatus {
    init(_ status: AmendsCore.OperationStatus) {
        id = status.id
        title = status.title
        progress = Amends.OperationProgress(status.progress)
        progressText = status.progressText
        steps = status.steps.map { step in
            Step(
                progress: Amends.OperationProgress(step.progress), progressText: step.progressText,
                date: Date(unixMs: step.unixMs))
        }
        expectedBy = status.expectedByUnixMs.map { Date(unixMs: $0) }
        faq = status.faqUrl.flatMap { URL(string: $0) }
        faqText = status.faqText
    }
}

extension Date {
    fileprivate init(unixMs: UInt64) {
        self.init(timeIntervalSince1970: TimeInterval(unixMs) / 1_000)
    }
}

internal import AmendsCore

extension Amends {
    /// Draws messages and questions. Every method is called on the main actor, in order, never two at a time.
    public protocol MessageRenderer: Sendable {
        /// Draw this message now. Say `answers.shown` as soon as it is really on the screen, or `answers.notShown` if
        /// it cannot be drawn now (no window, an app lock, a call on top): only a message that was drawn is counted as
        /// an apology. Then say `answers.responded` when it leaves.
        @MainActor func show(_ message: Message, answers: MessageAnswers)

        /// Take this message or question away. If it was not drawn yet, do not draw it, and say `answers.notShown`.
        @MainActor func hide(_ message: UInt64)

        /// Ask this now. Say `answers.shown` as soon as it is really on the screen, or `answers.notShown`; then
        /// `answers.answered`, or `answers.responded` if it leaves without an answer. By default it is not shown.
        @MainActor func ask(_ question: Question, answers: MessageAnswers)

        /// How what the person set going is getting on, for the status view: the whole list, latest first, at each
        /// change. Does nothing by default.
        @MainActor func operations(_ list: [OperationStatus])
    }

    /// What became of messages and questions. From any thread; nothing here waits.
    public struct MessageAnswers: Sendable {
        let queue: EventQueue

        /// The message or question was really drawn, just now.
        public func shown(_ message: UInt64) {
            queue.push(.shown(message: message))
        }

        /// The message or question could not or must not be drawn.
        public func notShown(_ message: UInt64) {
            queue.push(.notShown(message: message))
        }

        /// The person answered the message, or it left by itself; or a question left without an answer.
        public func responded(_ message: UInt64, _ response: Response) {
            queue.push(.responded(message: message, response: response.core))
        }

        /// The person answered the question, from 1 (worst) to 5 (best). Any other number is no answer, and ignored.
        public func answered(_ question: UInt64, _ answer: Int) {
            guard (1...5).contains(answer) else { return }
            queue.push(.answered(question: question, answer: UInt8(answer)))
        }
    }
}

extension Amends.MessageRenderer {
    /// Asks nothing.
    public func ask(_ question: Amends.Question, answers: Amends.MessageAnswers) {
        answers.notShown(question.id)
    }

    /// Shows no list.
    public func operations(_ list: [Amends.OperationStatus]) {}
}

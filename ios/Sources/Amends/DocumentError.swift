import Foundation

extension Amends {
    /// Why a document of texts, rules and incidents was not taken. What was said before goes on being said.
    public struct DocumentError: LocalizedError, Hashable, CustomStringConvertible {
        /// Where, what, and what to do.
        public let reason: String

        /// The reason.
        public var errorDescription: String? { reason }
        /// The reason.
        public var description: String { reason }
    }
}

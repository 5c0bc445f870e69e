import Foundation

extension Amends {
    /// A place on the screen, from its left and top, in whole points.
    public struct Point: Sendable, Hashable {
        /// From the left.
        public let x: Int
        /// From the top.
        public let y: Int

        /// The top left corner.
        public static let zero = Point(x: 0, y: 0)

        /// A place.
        public init(x: Int, y: Int) {
            self.x = x
            self.y = y
        }

        /// The nearest whole points; what is no number counts as 0.
        public init(_ point: CGPoint) {
            self.init(x: Self.whole(Double(point.x)), y: Self.whole(Double(point.y)))
        }

        private static func whole(_ value: Double) -> Int {
            value.isFinite ? Int(min(max(value.rounded(), -1e6), 1e6)) : 0
        }
    }
}

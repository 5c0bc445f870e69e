extension Amends {
    /// An element on the screen, while it lives: what was tapped, or the field that was submitted. It never leaves the
    /// device.
    ///
    ///     amends.tapped("buy")              // a name that is the app's own
    ///     amends.tapped(.init(buyButton))   // a view or any other object
    public struct Target: Sendable, Hashable, ExpressibleByStringLiteral {
        let number: UInt64

        /// An element that is an object: a view, a view model.
        public init(_ element: AnyObject) {
            number = UInt64(UInt(bitPattern: ObjectIdentifier(element)))
        }

        /// An element by its name, unique on its screen.
        public init(_ name: String) {
            // The same as long as the process runs: that is enough.
            number = UInt64(bitPattern: Int64(name.hashValue))
        }

        /// An element by its name.
        public init(stringLiteral name: String) {
            self.init(name)
        }
    }
}

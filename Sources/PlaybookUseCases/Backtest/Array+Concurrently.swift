import Dispatch

extension Array where Element: Sendable {
    /// Elements that a thread makes at a time.
    private static var piece: Int { 256 }

    /// `count` elements, made by all cores.
    ///
    /// - Parameter maker: what makes the element of a place, asked for by each thread for each piece.
    init(count: Int, concurrently maker: @Sendable () -> (Int) -> Element) {
        self.init(unsafeUninitializedCapacity: count) { elements, filled in
            // Each place is written once, by one thread.
            nonisolated(unsafe) let elements = elements
            DispatchQueue.concurrentPerform(iterations: (count + Self.piece - 1) / Self.piece) { number in
                let make = maker()
                for index in (number * Self.piece)..<Swift.min(count, (number + 1) * Self.piece) {
                    elements.initializeElement(at: index, to: make(index))
                }
            }
            filled = count
        }
    }
}

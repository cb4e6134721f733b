import Synchronization

/// Counts what happens in several tasks.
final class Count: Sendable {
    private let count = Mutex(0)

    /// How often `next` was called.
    var value: Int { count.withLock { $0 } }

    /// The number of this call, counted from 1.
    func next() -> Int {
        count.withLock {
            $0 += 1
            return $0
        }
    }
}

package import PlaybookCore
import Synchronization
import Testing

/// A clock on the wall that a test sets.
package final class TestWallClock: WallClock {
    private let instant: Mutex<Instant>

    package init(_ instant: Instant) { self.instant = Mutex(instant) }

    /// A clock at an instant such as 2024-11-04T14:30:00Z.
    package convenience init(_ text: String) throws { self.init(try #require(Instant(text))) }

    package func now() -> Instant { instant.withLock { $0 } }

    package func set(_ text: String) throws {
        let time = try #require(Instant(text))
        instant.withLock { $0 = time }
    }

    package func advance(seconds: Int64) {
        instant.withLock { $0 = Instant(secondsSinceEpoch: $0.secondsSinceEpoch + seconds) }
    }
}

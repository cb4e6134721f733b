/// What time it is. The domain never asks; use cases do, through this.
public protocol WallClock: Sendable {
    /// The present instant.
    func now() -> Instant
}

/// A clock that stands still: for tests, and for replaying a day.
public struct FixedClock: WallClock {
    private let instant: Instant

    /// A clock that always says `instant`.
    public init(_ instant: Instant) { self.instant = instant }

    public func now() -> Instant { instant }
}

/// What time it is. The domain never asks; use cases do, through this.
public protocol WallClock: Sendable {
    /// The present instant.
    func now() -> Instant
}

/// How far this computer's clock may be from that of a source of data: bars of an hour that is not over would pass for
/// final, or today for yesterday.
public enum ClockDifference {
    /// In seconds.
    public static let greatest = 60.0

    /// What is wrong with a clock that is `ahead` seconds ahead of the source's; nil when nothing is.
    public static func problem(ahead: Double) -> PlaybookError? {
        guard abs(ahead) > greatest else { return nil }
        let seconds = Int64(exactly: abs(ahead).rounded()).map { "\($0)" } ?? "many"
        return PlaybookError(
            .configuration,
            "this computer's clock is \(seconds) s \(ahead > 0 ? "ahead of" : "behind") the data source's",
            nextStep: "Set the clock, for instance with 'timedatectl set-ntp true'.")
    }
}

/// A clock that stands still: for tests, and for replaying a day.
public struct FixedClock: WallClock {
    private let instant: Instant

    /// A clock that always says `instant`.
    public init(_ instant: Instant) { self.instant = instant }

    public func now() -> Instant { instant }
}

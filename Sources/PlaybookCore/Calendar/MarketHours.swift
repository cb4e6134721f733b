/// A market's usual session on its own clocks.
public struct MarketHours: Sendable, Hashable {
    /// When sessions start.
    public var start: TimeOfDay
    /// Minutes from a full session's start to its end; the end may lie on the next day.
    public var minutes: Int
    /// Minutes from start to end of the shortest session there is: how many sessions so many bars may take is counted by
    /// it.
    public var fewestMinutes: Int
    /// When bars before the start begin to count as the premarket, in minutes before it; 0 for a market without one.
    public var premarketMinutes: Int
    /// When extended trading ends, in minutes after a full session's end; 0 for a market without it.
    public var extendedMinutes: Int

    /// Hours of a market.
    public init(
        start: TimeOfDay, minutes: Int, fewestMinutes: Int? = nil, premarketMinutes: Int = 0, extendedMinutes: Int = 0
    ) {
        self.start = start
        self.minutes = minutes
        self.fewestMinutes = fewestMinutes ?? minutes
        self.premarketMinutes = premarketMinutes
        self.extendedMinutes = extendedMinutes
    }

    /// The minutes at which a session may be open; those after midnight are beyond 23:59.
    public var times: ClosedRange<TimeOfDay> { start...start.adding(minutes: minutes - 1) }

    /// Whether sessions go on after midnight.
    public var crossesMidnight: Bool { start.minutes + minutes > Self.day }

    /// A time of day as sessions count it: where they go on after midnight, times after it lie beyond 23:59.
    ///
    /// A time at which the market is closed counts as the one before the start or after the end that is nearer.
    public func time(_ time: TimeOfDay) -> TimeOfDay {
        guard crossesMidnight, time.minutes < Self.day, time < start else { return time }
        let closed = Self.day - minutes
        return start.minutes - time.minutes > closed / 2 ? time.adding(minutes: Self.day) : time
    }

    private static let day = 1_440
}

/// A pause within a session, such as a lunch break, in minutes from the session's open. No bar is due in it.
public struct SessionBreak: Sendable, Hashable {
    /// When it begins and ends, in minutes from the open.
    public let from, to: Int

    /// A pause; nil where it does not begin after the open and end after it began.
    public init?(from: Int, to: Int) {
        guard from > 0, from < to else { return nil }
        self.from = from
        self.to = to
    }
}

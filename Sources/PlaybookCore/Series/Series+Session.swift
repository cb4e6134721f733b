extension Series {
    /// When the session opens, in minutes since midnight on the market's clocks.
    public static let sessionStart = Series(.session(.start))
    /// When the session closes, in minutes since midnight on the market's clocks.
    public static let sessionEnd = Series(.session(.end))
    /// Open of the session's first bar.
    public static let sessionOpen = Series(.session(.open))
    /// The month of the session's date, 1 to 12.
    public static let month = Series(.session(.month))
    /// The day of the month of the session's date.
    public static let day = Series(.session(.day))

    /// Highest price of the session up to and with this bar.
    public static let sessionHigh = Series(.running(.high))
    /// Lowest price of the session up to and with this bar.
    public static let sessionLow = Series(.running(.low))
    /// Shares traded in the session up to and with this bar.
    public static let sessionVolume = Series(.running(.volume))
    /// Mean of hlc3 weighted by volume, from the session's first bar up to and with this one; unknown while no share was
    /// traded.
    ///
    /// Source: S. Berkowitz, D. Logue and E. Noser, "The Total Cost of Transactions on the N. Y. S. E." (1988).
    public static let vwap = Series(.running(.vwap))
    /// Deviation of hlc3 from `vwap`, weighted by volume: `sqrt(sum of volume (hlc3 - vwap)^2 / sum of volume)`.
    ///
    /// Source: computed as in B. Welford, "Note on a Method for Calculating Corrected Sums" (1962), with weights.
    public static let vwapDeviation = Series(.running(.vwapDeviation))
    /// On-balance volume: 0 at the session's first bar, then plus the volume of a bar that closes above the close before,
    /// minus that of one that closes below.
    ///
    /// Source: J. Granville, "Granville's New Key to Stock Market Profits" (1963).
    public static let onBalanceVolume = Series(.running(.onBalanceVolume))

    /// What several bars put together have.
    public struct Part: Sendable {
        fileprivate let make: @Sendable (Price) -> Node
        /// Open of the first one.
        public var open: Series { Series(make(.open)) }
        /// Highest price.
        public var high: Series { Series(make(.high)) }
        /// Lowest price.
        public var low: Series { Series(make(.low)) }
        /// Close of the last one.
        public var close: Series { Series(make(.close)) }
        /// Shares traded.
        public var volume: Series { Series(make(.volume)) }
    }

    /// Of the session's bars that open in its first minutes; known from the first bar that closes at or after their end.
    public static func first(minutes: Int) -> Part {
        precondition(minutes > 0, "an opening range has a length")
        return Part { .first(minutes: minutes, $0) }
    }

    /// The session before by the calendar; unknown where it has no bars.
    public static let prior = Part { .prior($0) }

    /// The bars that open from the premarket's beginning to before the session's open; unknown where the source has
    /// none.
    public static let premarket = Part { .premarket($0) }

    /// session.open / prior.close - 1.
    public static let gap = sessionOpen / prior.close - 1

    /// A number of longer bars, as of the newest that has closed, across sessions. They begin at the session's open; the
    /// last may be short. `[n]` and functions in `inner` count longer bars.
    ///
    /// - Parameter minutes: a multiple of the bars' own length.
    public static func bars(minutes: Int, _ inner: Series) -> Series { Series(.longer(minutes: minutes, inner)) }

    /// A number of the daily bars dated before the session, as of the newest; `[n]` counts daily bars. Daily bars that are
    /// too old make it unknown: a window of n whose first is more than 1.25 n + 5 sessions before the bar after it.
    public static func daily(_ inner: Series) -> Series { Series(.daily(inner, 0)) }

    /// Mean of `x` at the bar with this number since the open, over the last `sessions` sessions before this one that have
    /// such a bar and know `x` there; unknown with fewer. Older than 1.25 n + 5 sessions do not count.
    public static func sameTime(_ x: Series, _ sessions: Int) -> Series {
        precondition(sessions > 0, "a mean is of one session or more")
        return Series(.sameTime(x, sessions))
    }

    /// Bars since the condition was true, within the session: 0 when it is true now, unknown when it was not true yet.
    public static func barsSince(_ condition: Condition) -> Series { Series(.barsSince(condition)) }

    /// At how many of the last `bars` bars the condition was true; unknown while it is unknown at one of them.
    public static func count(_ condition: Condition, _ bars: Int) -> Series {
        Series(.window(.sum, Series(.asNumber(condition)), period(bars)))
    }

    static func period(_ bars: Int) -> Int {
        precondition(bars >= 1, "a period is 1 or more")
        return bars
    }
}

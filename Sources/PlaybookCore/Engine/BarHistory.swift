/// All that is known of one symbol: regular-session bars cut into sessions, daily bars, and splits.
///
/// Prices are as traded. What looks back across a split divides the earlier prices by its ratio, as of the session
/// being evaluated, so that a later split never changes an earlier row.
public struct BarHistory: Sendable {
    /// Whose bars these are.
    public let symbol: Symbol
    /// Length of the bars.
    public let timeframe: Timeframe
    /// When the market was open.
    public let calendar: TradingCalendar
    /// Regular-session bars, ascending, the sessions' bars one after the other.
    public let bars: BarColumns
    /// One slice for each calendar session that the history spans, with or without bars.
    public let slices: [SessionSlice]
    /// The slices asked for; those before them are warm-up.
    public let requested: Range<Int>
    /// Daily bars, as traded.
    public let daily: DailyBars
    /// Splits, ascending.
    public let splits: [Split]
    /// What is doubtful about the data, in words.
    public let warnings: [DataWarning]

    /// Requested sessions of one calendar month.
    struct Segment: Sendable, Hashable {
        /// The month's first slice, requested or not. Indicators start a fixed number of sessions before it.
        let monthStart: Int
        /// The requested slices of the month.
        let sessions: Range<Int>
    }

    /// The requested sessions month by month.
    ///
    /// Indicators start anew a number of sessions before each calendar month's first session: a place that depends on
    /// the session alone and never on the range asked for. That is why running one day at a time and running the whole
    /// range give the same rows to the last bit.
    var segments: [Segment] {
        var segments: [Segment] = []
        var start = requested.lowerBound
        while start < requested.upperBound {
            let month = slices[start].session.date.monthIndex
            var end = start
            while end < requested.upperBound, slices[end].session.date.monthIndex == month { end += 1 }
            var first = start
            while first > 0, slices[first - 1].session.date.monthIndex == month { first -= 1 }
            segments.append(Segment(monthStart: first, sessions: start..<end))
            start = end
        }
        return segments
    }

    /// All bars of the slices at `range`.
    func bars(of range: Range<Int>) -> Range<Int> {
        guard let first = range.first, let last = range.last else { return 0..<0 }
        return slices[first].bars.lowerBound..<slices[last].bars.upperBound
    }
}

extension CivilDate {
    /// Months since year 0: the same for all dates of a calendar month.
    var monthIndex: Int { year * 12 + month }
}

/// Something doubtful about the data that does not stop a run.
public struct DataWarning: Hashable, Sendable, CustomStringConvertible {
    /// Whose data.
    public let symbol: Symbol
    /// What, where and, if something can be done about it, what.
    public let message: String

    /// A warning about `symbol`'s data.
    public init(symbol: Symbol, message: String) {
        self.symbol = symbol
        self.message = message
    }

    public var description: String { "\(symbol): \(message)" }
}

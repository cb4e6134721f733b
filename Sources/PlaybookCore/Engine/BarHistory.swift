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
    /// Sums of the daily closes.
    let dailySums: ExactSums
    /// Splits, ascending.
    public let splits: [Split]
    /// What is doubtful about the data, in words.
    public internal(set) var warnings: [DataWarning]
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

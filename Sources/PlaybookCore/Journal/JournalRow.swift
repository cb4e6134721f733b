/// One row of the journal: one session of one symbol under one strategy and parameter set, traded or not.
///
/// Prices are in price units, P&L and costs in USD, times are New York times of a bar's open.
public struct JournalRow: Sendable, Hashable {
    /// The session.
    public var tradeDate: CivilDate
    /// Whose bars.
    public var symbol: Symbol
    /// The strategy's name.
    public var strategy: String
    /// Digest of the strategy's parameters.
    public var parametersID: String
    /// What the trend rule said; nil when it is unknown or there is none.
    public var trendValid: Bool?
    /// The daily average that the trend is judged by.
    public var trendAverage: Double?
    /// First and last bar time at which a setup may happen.
    public var window: ClosedRange<TimeOfDay>?
    /// The pullback bar.
    public var pullbackTime: TimeOfDay?
    /// The reversal that qualified.
    public var reversalTime: TimeOfDay?
    /// Whether a reversal was strong enough; nil when none came.
    public var reversalStrong: Bool?
    /// The bar that confirmed.
    public var confirmationTime: TimeOfDay?
    /// The trade; nil when none was taken.
    public var trade: Fields?
    /// Why there is no trade, or how it ended.
    public var notes = ""
    /// Whether the session had too few bars to be traded; the notes say so.
    public var isIncomplete = false
    /// Link or path of the session's chart.
    public var chartLink = ""
    /// Where the bars came from.
    public var dataSource: String
    /// Digest of the bars that decided the row.
    public var dataID: String
    /// The run that wrote the row.
    public var runID: String

    /// The columns that only a trade has.
    public struct Fields: Sendable, Hashable {
        /// The entry bar.
        public var entryTime: TimeOfDay
        /// Bars from the session's open to the entry bar.
        public var barsSinceOpen: Int
        /// Shares bought.
        public var shares: Int
        /// The moving average as of the bar before the entry bar.
        public var average: Double?
        /// The average true range as of the bar before the entry bar.
        public var trueRange: Double?
        /// The exit bar.
        public var exitTime: TimeOfDay
        /// Slippage and commissions.
        public var costs: Double
        /// The fills.
        public var fill: Trade

        /// (exit - entry) x shares.
        public var gross: Double { (fill.exit - fill.entry) * Double(shares) }
        /// gross - costs.
        public var net: Double { gross - costs }
        /// ATR / entry price: a fraction.
        public var trueRangeFraction: Double? { trueRange.map { $0 / fill.entry } }
        /// The ten-minute bucket of the entry time, for instance `10:10-10:20`.
        public var entryBucket: String {
            let start = TimeOfDay(minutes: entryTime.minutes / 10 * 10)
            return "\(start)-\(start.adding(minutes: 10))"
        }
    }

    /// What makes a row the same row: writing it again replaces it.
    public var key: JournalKey {
        JournalKey(tradeDate: tradeDate, symbol: symbol.name, strategy: strategy, parametersID: parametersID)
    }
}

/// The key of a row, in the order that rows are sorted by.
public struct JournalKey: Hashable, Sendable, Comparable {
    public var tradeDate: CivilDate
    public var symbol: String
    public var strategy: String
    public var parametersID: String

    public static func < (left: JournalKey, right: JournalKey) -> Bool {
        if left.tradeDate != right.tradeDate { return left.tradeDate < right.tradeDate }
        return (left.symbol, left.strategy, left.parametersID) < (right.symbol, right.strategy, right.parametersID)
    }
}

extension JournalKey: CustomStringConvertible {
    /// `QQQ 2024-11-04 (dp20, 0a1b2c3d)`.
    public var description: String { "\(symbol) \(tradeDate) (\(strategy), \(parametersID))" }
}

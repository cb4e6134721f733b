/// The columns of a row that only a trade has, as the journal holds them: numbers are rounded to its decimals.
public struct ClosedTrade: Sendable, Hashable {
    /// Which way it went.
    public var side: Side
    /// The entry bar.
    public var entryTime: TimeOfDay
    /// When the entry bar opened; nil when it is not known.
    public var entryInstant: Instant?
    /// Price at entry.
    public var entry: Double
    /// Shares traded.
    public var shares: Double
    /// The moving average as of the bar before the entry bar.
    public var average: Double?
    /// The average true range as of the bar before the entry bar, in price units.
    public var trueRange: Double?
    /// ATR / entry price, a fraction; nil when unknown.
    public var trueRangeFraction: Double?
    /// The stop's price; nil without one.
    public var stop: Double?
    /// The ten-minute bucket of the entry, for instance `10:10-10:20`.
    public var entryBucket: String
    /// Bars of the timeframe from the session's open to the entry bar.
    public var barsSinceOpen: Double?
    /// The last exit bar.
    public var exitTime: TimeOfDay
    /// When the last exit bar opened; nil when it is not known.
    public var exitInstant: Instant?
    /// Price at exit.
    public var exit: Double
    /// P&L before costs, in USD.
    public var gross: Double
    /// Slippage and commissions in USD.
    public var costs: Double
    /// gross - costs, in USD.
    public var net: Double
    /// side x (entry - stop), in price units; nil without a stop.
    public var risk: Double?
    /// (exit - entry) / (entry - stop); nil without a stop.
    public var rMultiple: Double?
    /// Distance of the entry from the moving average, in hundredths of a percent.
    public var distanceToAverage: Double?
    /// How it ended: the journal's `exit_reason`.
    public var exitReason: String
    /// Worst and best price against the entry, in price units: mae <= 0 <= mfe.
    public var mae, mfe: Double
    /// The first target's price; nil without one.
    public var target: Double?
    /// Where there were several exits: each with its share, price, reason and time.
    public var exits = ""
    /// Whether a bar could not tell what came first; nil when nobody looked.
    public var isAmbiguous: Bool?

    /// Whether the trade won: net > 0.
    public var isWin: Bool { net > 0 }

    /// The trades of `rows` in the order they were entered.
    public static func trades(of rows: [JournalRow]) -> [ClosedTrade] { places(in: rows).compactMap { rows[$0].trade } }

    /// Where `rows` have trades, in the order these were entered.
    static func places(in rows: [JournalRow]) -> [Int] {
        func order(_ row: Int) -> (CivilDate, Int, Symbol, Int) {
            (
                rows[row].tradeDate,
                (rows[row].trade?.entryTime.minutes ?? 0) + (rows[row].isEnteredNextDay ? 1_440 : 0),
                rows[row].symbol, rows[row].tradeNumber
            )
        }
        return rows.indices.filter { rows[$0].trade != nil }.sorted { order($0) < order($1) }
    }

    /// The ten-minute bucket of a time of day.
    static func bucket(of time: TimeOfDay) -> String {
        let start = TimeOfDay(minutes: time.minutes / 10 * 10)
        return "\(start)-\(start.adding(minutes: 10))"
    }
}

/// Arithmetic mean; nil of nothing.
func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
}

/// What statistics need of a trade.
public struct ClosedTrade: Sendable, Hashable {
    /// Net P&L in USD.
    public var net: Double
    /// (exit - entry) / (entry - stop); nil without a stop.
    public var rMultiple: Double?
    /// Worst and best price against the entry, in price units.
    public var mae, mfe: Double
    /// Entry - stop, in price units; nil without a stop.
    public var risk: Double?
    /// The ten-minute bucket of the entry.
    public var entryBucket: String
    /// ATR / entry price, a fraction; nil when unknown.
    public var trueRangeFraction: Double?

    /// The trades of `rows` in the order they were entered.
    public static func trades(of rows: [JournalRow]) -> [ClosedTrade] {
        rows.filter { $0.trade != nil }
            .sorted {
                ($0.tradeDate, $0.trade?.entryTime.minutes ?? 0, $0.symbol)
                    < ($1.tradeDate, $1.trade?.entryTime.minutes ?? 0, $1.symbol)
            }
            .compactMap { $0.trade.map(ClosedTrade.init) }
    }

    init(_ fields: JournalRow.Fields) {
        net = fields.net
        rMultiple = fields.fill.rMultiple
        mae = fields.fill.mae
        mfe = fields.fill.mfe
        risk = fields.fill.risk
        entryBucket = fields.entryBucket
        trueRangeFraction = fields.trueRangeFraction
    }

    /// Whether the trade won: net > 0.
    public var isWin: Bool { net > 0 }
}

/// Arithmetic mean; nil of nothing.
func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
}

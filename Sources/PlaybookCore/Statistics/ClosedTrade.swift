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

    /// Slippage and commissions in USD.
    public var costs: Double
    /// How it ended: the journal's `exit_reason`.
    public var exitReason: String

    /// The trades of `rows` in the order they were entered.
    public static func trades(of rows: [JournalRow]) -> [ClosedTrade] {
        rows.filter { $0.trade != nil }
            .sorted {
                ($0.tradeDate, $0.trade?.entryTime.minutes ?? 0, $0.symbol)
                    < ($1.tradeDate, $1.trade?.entryTime.minutes ?? 0, $1.symbol)
            }
            .compactMap { $0.trade.map(ClosedTrade.init) }
    }

    /// The trades among `records` in the order they were entered.
    ///
    /// - Throws: a `PlaybookError` that names the row and the column that does not hold what it should.
    public static func trades(of records: [JournalRecord]) throws -> [ClosedTrade] {
        try records.filter { $0[.entered] == "true" }
            .sorted {
                ($0.key.tradeDate, $0[.entryTime], $0.key.symbol) < ($1.key.tradeDate, $1[.entryTime], $1.key.symbol)
            }
            .map { record in
                do {
                    return try ClosedTrade(record)
                } catch {
                    throw PlaybookError(
                        .badData, "the row of \(record.key): \(error)",
                        nextStep: "'trading-playbook journal verify' lists such rows.")
                }
            }
    }

    init(_ record: JournalRecord) throws(JournalRecord.Problem) {
        func required(_ column: JournalColumn) throws(JournalRecord.Problem) -> Double {
            guard let number = try record.number(column) else {
                throw JournalRecord.Problem("a trade without \(column.rawValue)")
            }
            return number
        }
        net = try required(.netPnL)
        costs = try required(.costs)
        rMultiple = try record.number(.rMultiple)
        mae = try required(.mae)
        mfe = try required(.mfe)
        risk = try record.number(.riskPerShare)
        entryBucket = record[.entryBucket]
        trueRangeFraction = try record.number(.trueRangeFraction)
        exitReason = record[.exitReason]
    }

    init(_ fields: JournalRow.Fields) {
        net = fields.net
        rMultiple = fields.fill.rMultiple
        costs = fields.costs
        exitReason = fields.fill.reason.rawValue
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

/// The journal's columns, in the order of every CSV file. Names are usable as BigQuery and MongoDB fields. New columns
/// only ever follow at the end.
public enum JournalColumn: Int, CaseIterable, Sendable {
    case tradeDate
    case trendValid
    case trendAverage
    case entryWindow
    case pullbackTime
    case reversalTime
    case reversalStrong
    case confirmationTime
    case entered
    case entryTime
    case entryPrice
    case shares
    case averageAtEntry
    case trueRangeAtEntry
    case trueRangeFraction
    case stopDistance
    case stopPrice
    case entryBucket
    case barsSinceOpen
    case exitTime
    case exitPrice
    case grossPnL
    case costs
    case netPnL
    case riskPerShare
    case rMultiple
    case distanceToAverage
    case notes
    case chartLink
    case symbol
    case strategy
    case parametersID
    case exitReason
    case mae
    case mfe
    case dataSource
    case dataID
    case runID
    // Schema 2.
    case mode
    case tradeNumber
    case trades
    case side
    case setup
    case noTrade
    case targetPrice
    case exits
    case isAmbiguous
    case steps
    case values
    case entryInstant
    case exitInstant
    case market
    case completeness
    case parameters

    /// The column called `name`; nil when it is not one of the journal's own.
    public init?(_ name: String) {
        guard let index = Self.byName[name] else { return nil }
        self.init(rawValue: index)
    }

    /// The column's name in every place.
    public var name: String { Self.names[rawValue] }

    /// Where the column stands, from 0.
    public var index: Int { rawValue }

    /// The names, in the order of the columns.
    public static let names = [
        "trade_date", "trend_valid", "sma200_daily_at_open", "entry_window", "first_close_below_time",
        "reversal_candle_time", "reversal_strength_ok", "confirmation_candle_time", "entered", "entry_time_et",
        "entry_price", "shares", "ema20_at_entry", "atr_14_2m_at_entry", "atr_pct_of_price", "stop_distance",
        "stop_price", "entry_bucket", "bars_since_open", "eod_exit_time", "eod_exit_price", "gross_pnl",
        "fees_slippage", "net_pnl", "risk_per_share", "R_multiple", "dist_to_ema_bps", "notes", "chart_link_entry",
        "symbol", "strategy", "params_id", "exit_reason", "mae", "mfe", "data_source", "data_id", "run_id", "mode",
        "trade_no", "trades", "side", "setup", "no_trade", "target_price", "exits", "ambiguous", "steps", "values",
        "entry_at", "exit_at", "market", "completeness", "params",
    ]

    private static let byName = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($0.element, $0.offset) })

    /// How many columns the first schema has: a journal that lacks one of them is not a journal.
    public static let countInFirstSchema = 38

    /// What a column holds.
    public enum Kind: Sendable {
        /// A date `YYYY-MM-DD`.
        case date
        /// `true` or `false`.
        case flag
        /// A decimal number.
        case number
        /// A whole number from 0 on.
        case count
        /// A time of day `HH:MM`.
        case time
        /// An instant in UTC, RFC 3339: `2024-11-04T15:16:00Z`.
        case instant
        /// `long` or `short`.
        case side
        /// A digest: a letter, then hexadecimal digits.
        case identifier
        /// Anything.
        case text
    }

    /// What the column holds.
    public var kind: Kind { Self.kinds[index] }

    private static let kinds: [Kind] = allCases.map { column in
        switch column {
        case .tradeDate: .date
        case .trendValid, .reversalStrong, .entered, .isAmbiguous: .flag
        case .trendAverage, .entryPrice, .shares, .averageAtEntry, .trueRangeAtEntry, .trueRangeFraction, .stopDistance,
            .stopPrice, .barsSinceOpen, .exitPrice, .grossPnL, .costs, .netPnL, .riskPerShare, .rMultiple,
            .distanceToAverage, .mae, .mfe, .targetPrice, .completeness:
            .number
        case .tradeNumber, .trades: .count
        case .pullbackTime, .reversalTime, .confirmationTime, .entryTime, .exitTime: .time
        case .entryInstant, .exitInstant: .instant
        case .parametersID, .dataID: .identifier
        case .side: .side
        case .entryWindow, .entryBucket, .notes, .chartLink, .symbol, .strategy, .exitReason, .dataSource, .runID,
            .mode,
            .setup, .noTrade, .exits, .steps, .values, .market, .parameters:
            .text
        }
    }
}

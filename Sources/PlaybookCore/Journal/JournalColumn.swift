/// The journal's columns, in the order of every CSV file. Names are usable as BigQuery and MongoDB fields.
public enum JournalColumn: String, CaseIterable, Sendable {
    case tradeDate = "trade_date"
    case trendValid = "trend_valid"
    case trendAverage = "sma200_daily_at_open"
    case entryWindow = "entry_window"
    case pullbackTime = "first_close_below_time"
    case reversalTime = "reversal_candle_time"
    case reversalStrong = "reversal_strength_ok"
    case confirmationTime = "confirmation_candle_time"
    case entered
    case entryTime = "entry_time_et"
    case entryPrice = "entry_price"
    case shares
    case averageAtEntry = "ema20_at_entry"
    case trueRangeAtEntry = "atr_14_2m_at_entry"
    case trueRangeFraction = "atr_pct_of_price"
    case stopDistance = "stop_distance"
    case stopPrice = "stop_price"
    case entryBucket = "entry_bucket"
    case barsSinceOpen = "bars_since_open"
    case exitTime = "eod_exit_time"
    case exitPrice = "eod_exit_price"
    case grossPnL = "gross_pnl"
    case costs = "fees_slippage"
    case netPnL = "net_pnl"
    case riskPerShare = "risk_per_share"
    case rMultiple = "R_multiple"
    case distanceToAverage = "dist_to_ema_bps"
    case notes
    case chartLink = "chart_link_entry"
    case symbol
    case strategy
    case parametersID = "params_id"
    case exitReason = "exit_reason"
    case mae
    case mfe
    case dataSource = "data_source"
    case dataID = "data_id"
    case runID = "run_id"

    /// Where the column stands, from 0.
    public var index: Int { Self.positions[self] ?? 0 }

    private static let positions = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($0.element, $0.offset) })

    /// What a column holds.
    public enum Kind: Sendable {
        /// A date `YYYY-MM-DD`.
        case date
        /// `true` or `false`.
        case flag
        /// A decimal number.
        case number
        /// Anything; times of day too.
        case text
    }

    /// What the column holds.
    public var kind: Kind {
        switch self {
        case .tradeDate: .date
        case .trendValid, .reversalStrong, .entered: .flag
        case .trendAverage, .entryPrice, .shares, .averageAtEntry, .trueRangeAtEntry, .trueRangeFraction, .stopDistance,
            .stopPrice, .barsSinceOpen, .exitPrice, .grossPnL, .costs, .netPnL, .riskPerShare, .rMultiple,
            .distanceToAverage, .mae, .mfe:
            .number
        case .entryWindow, .pullbackTime, .reversalTime, .confirmationTime, .entryTime, .entryBucket, .exitTime,
            .notes, .chartLink, .symbol, .strategy, .parametersID, .exitReason, .dataSource, .dataID, .runID:
            .text
        }
    }
}

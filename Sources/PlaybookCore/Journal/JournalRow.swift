/// One row of the journal, typed: one trade of a session of one symbol under one strategy and parameter set, or the
/// session without a trade. The engine makes rows, journals give them back, statistics and pages read them.
///
/// Prices are in price units, P&L and costs in USD, times are those of a bar's open in the market's zone. Numbers are
/// rounded to the journal's decimals, so that a row made by the engine equals the one read back.
public struct JournalRow: Sendable, Hashable {
    /// The session.
    public var tradeDate: CivilDate
    /// Whose bars.
    public var symbol: Symbol
    /// The strategy's name.
    public var strategy: String
    /// Digest of the strategy's parameters, behind a `p`.
    public var parametersID: String
    /// How the row came about.
    public var mode = JournalMode.backtest
    /// 1, 2, … within the session; 1 without a trade.
    public var tradeNumber = 1
    /// How many trades the session has.
    public var trades = 0
    /// What the trend rule said; nil when it is unknown or there is none.
    public var trendValid: Bool?
    /// The daily average that the trend is judged by.
    public var trendAverage: Double?
    /// First and last bar time at which a setup may happen, `10:00-10:30`; empty when there is none.
    public var window = ""
    /// The pullback bar.
    public var pullbackTime: TimeOfDay?
    /// The reversal that qualified.
    public var reversalTime: TimeOfDay?
    /// Whether a reversal was strong enough; nil when none came.
    public var reversalStrong: Bool?
    /// The bar that confirmed.
    public var confirmationTime: TimeOfDay?
    /// The trade; nil when none was taken.
    public var trade: ClosedTrade?
    /// The side of the setup that the row describes; nil in rows that do not tell.
    public var side: Side?
    /// The setup that the row describes.
    public var setup = ""
    /// Why there is no trade, as a code; empty with a trade and in rows of the first schema.
    public var noTrade = ""
    /// The steps of the setup that held, `pullback=10:05 reversal=10:09`.
    public var steps = ""
    /// The playbook's values, `top=101.2 bottom=100.4`.
    public var values = ""
    /// Why there is no trade, or how it ended, in words.
    public var notes = ""
    /// Link or path of the session's chart.
    public var chartLink = ""
    /// The market's identifier.
    public var market = ""
    /// Share of the session's due bars that exist, 0 to 1; nil when it is not known.
    public var completeness: Double?
    /// The parameters that differ from their defaults; `defaults` when none does; empty when it is not known.
    public var parameters = ""
    /// Where the bars came from.
    public var dataSource: String
    /// Digest of the bars that decided the row, behind a `d`.
    public var dataID: String
    /// The run that wrote the row.
    public var runID: String
    /// The decimals of its prices.
    public var decimals = PriceDecimals.six

    /// What makes a row the same row: writing it again replaces it.
    public var key: JournalKey {
        JournalKey(
            JournalSession(
                tradeDate,
                JournalSeries(symbol: symbol.name, strategy: strategy, parametersID: parametersID, mode: mode)),
            tradeNumber: tradeNumber)
    }

    /// The name of its session's chart within a folder of charts: `SYMBOL/DATE-STRATEGY-PARAMS_ID.svg`.
    public var chartName: String {
        Self.chartName(symbol: symbol.name, date: tradeDate, strategy: strategy, parametersID: parametersID)
    }

    static func chartName(symbol: String, date: CivilDate, strategy: String, parametersID: String) -> String {
        "\(Symbol.fileName(of: symbol))/\(date)-\(strategy)-\(parametersID).svg"
    }

    /// Whether its trade was entered after the midnight that its session goes beyond.
    var isEnteredNextDay: Bool {
        guard !symbol.market.isUsual, let instant = trade?.entryInstant else { return false }
        return symbol.market.clock.date(of: instant) > tradeDate
    }

    /// Whether the session had too few bars to be traded, or none.
    public var isIncomplete: Bool { noTrade == NoTradeCode.tooFewBars || noTrade == NoTradeCode.noBars }
}

/// The codes of `no_trade` that do not come from a playbook's own names.
public enum NoTradeCode {
    /// The session has no bar.
    public static let noBars = "no-bars"
    /// Too few of the bars that were due exist.
    public static let tooFewBars = "refused:bars"
    /// An order was not filled: no bar came that it could be filled in.
    public static let expired = "expired"

    /// The filter called `name` was not true.
    public static func filter(_ name: String) -> String { "filter:\(name)" }

    /// The step called `name` did not come.
    public static func step(_ name: String) -> String { "step:\(name)" }
}

/// Keys of a playbook's own words beside the codes of `no_trade`.
enum NoTradeNote {
    /// For a filter that is unknown.
    static func unknown(_ code: String) -> String { "\(code)?" }

    /// For a step of which only bars without its quality came.
    static func weak(_ code: String) -> String { "\(code).quality" }
}

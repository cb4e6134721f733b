/// A figure, or why it means nothing here: it is then left out, and the reason is told.
public enum Figure: Sendable, Hashable {
    case value(Double)
    case absent(Absence)

    /// The number; nil where it is absent.
    public var value: Double? { if case .value(let value) = self { value } else { nil } }

    /// Why it is absent; nil where it is not.
    public var absence: Absence? { if case .absent(let why) = self { why } else { nil } }

    /// The number changed by `change`.
    func map(_ change: (Double) -> Double) -> Figure {
        switch self {
        case .value(let value): .value(change(value))
        case .absent: self
        }
    }
}

/// Why a figure means nothing.
public enum Absence: String, Sendable, Hashable, CaseIterable {
    /// Fewer than 30 sessions.
    case fewSessions = "few-sessions"
    /// All sessions brought the same.
    case noVariance = "no-variance"
    /// No trade.
    case noTrades = "no-trades"
    /// One trade.
    case oneTrade = "one-trade"
    /// No trade lost.
    case noLoser = "no-loser"
    /// No session lost.
    case noLosingSession = "no-losing-session"
    /// No fall from a peak.
    case noDrawdown = "no-drawdown"
    /// The fall is not made up for by the end.
    case notRecovered = "not-recovered"
    /// The capital is lost.
    case capitalLost = "capital-lost"
    /// No trade has a stop.
    case noStop = "no-stop"
    /// Fewer than five winners.
    case fewWinners = "few-winners"
    /// Fewer than five losers.
    case fewLosers = "few-losers"
    /// The ratio is not above the one that it is compared with.
    case notAbove = "not-above"
    /// Fewer than two sets whose ratios differ from luck's by a spread.
    case fewRatios = "few-ratios"
    /// Fewer sets than a figure over sets needs.
    case fewSets = "few-sets"
    /// What it is compared with made no money.
    case notPositive = "not-positive"
    /// There are no bars to compute it from.
    case noBars = "no-bars"

    /// In words.
    public var words: String {
        switch self {
        case .fewSessions: "fewer sessions than it needs"
        case .noVariance: "all sessions brought the same"
        case .noTrades: "no trade"
        case .oneTrade: "one trade only"
        case .noLoser: "no trade lost"
        case .noLosingSession: "no session lost"
        case .noDrawdown: "no drawdown"
        case .notRecovered: "not recovered by the end"
        case .capitalLost: "the capital was lost"
        case .noStop: "no trade has a stop"
        case .fewWinners: "fewer than 5 winners"
        case .fewLosers: "fewer than 5 losers"
        case .notAbove: "the Sharpe ratio is not above 0"
        case .fewRatios: "fewer than two sets with a Sharpe ratio"
        case .fewSets: "fewer than 20 sets"
        case .notPositive: "the train windows made no money"
        case .noBars: "no bars"
        }
    }
}

/// The figures of a run, in the order of files.
public enum FigureName: Int, Sendable, Hashable, CaseIterable {
    case net, expectancy, profitFactor, winRate, sharpe, sharpeError, sortino, t, cagr, calmar, maxDrawdownUSD
    case maxDrawdownPercent, drawdownSessions, recoverySessions, ulcer, exposure, sqn, kelly

    /// The name in files and JSON.
    public var name: String { Self.names[rawValue] }

    private static let names = [
        "net", "expectancy", "profit_factor", "win_rate", "sharpe", "sharpe_error", "sortino", "t", "cagr", "calmar",
        "max_drawdown_usd", "max_drawdown_pct", "drawdown_sessions", "recovery_sessions", "ulcer", "exposure", "sqn",
        "kelly",
    ]

    /// What it is, with its unit.
    public var words: String {
        switch self {
        case .net: "net P&L, USD"
        case .expectancy: "mean net R of a trade; mean net P&L in USD where no trade has a stop"
        case .profitFactor: "gross profit / gross loss, after costs"
        case .winRate: "share of trades with net P&L above 0"
        case .sharpe: "Sharpe ratio, annual"
        case .sharpeError: "its standard error"
        case .sortino: "Sortino ratio, annual"
        case .t: "t statistic of the mean daily return"
        case .cagr: "compound annual growth, a fraction"
        case .calmar: "annual growth / maximum drawdown"
        case .maxDrawdownUSD: "deepest fall from a peak at session closes, USD"
        case .maxDrawdownPercent: "deepest fall, % of its peak"
        case .drawdownSessions: "sessions of the deepest fall, from its peak to its recovery or the end"
        case .recoverySessions: "of these, from the lowest close on"
        case .ulcer: "root mean square of the drawdowns, %"
        case .exposure: "share of the sessions' minutes with a position"
        case .sqn: "system quality number"
        case .kelly: "share of the equity to risk on a trade that grows it fastest"
        }
    }
}

/// A figure for each name that has one.
public struct FigureSet: Sendable, Hashable {
    private var figures: [Figure?]

    /// None yet.
    public init() { figures = Array(repeating: nil, count: FigureName.allCases.count) }

    /// The figure called `name`; nil where it does not apply.
    public subscript(name: FigureName) -> Figure? {
        get { figures[name.rawValue] }
        set { figures[name.rawValue] = newValue }
    }

    /// The number of a figure; nil where it is absent.
    public func value(_ name: FigureName) -> Double? { self[name]?.value }

    /// The figures there are, in their order.
    public var all: [(name: FigureName, figure: Figure)] {
        FigureName.allCases.compactMap { name in self[name].map { (name, $0) } }
    }
}

/// The statistics of a set of journal rows. Each is defined, with its source, in a file of its own.
public struct Performance: Sendable {
    /// Sessions, traded or not.
    public let sessions: Int
    /// Sessions without any bar, or whose order was refused because too few of the bars due by then exist.
    public let incomplete: Int
    /// Trades taken.
    public let trades: Int
    /// How many sessions have so many trades, from none on, ascending.
    public let sessionsByTrades: [(trades: Int, sessions: Int)]
    /// Share of trades with net > 0, 0 to 1.
    public let winRate: Double?
    /// 95% confidence interval of the win rate, 0 to 1.
    public let winRateInterval: ClosedRange<Double>?
    /// Mean R, before costs.
    public let expectancy: Double?
    /// Gross profit / gross loss; nil without a loss.
    public let profitFactor: Double?
    /// 95% confidence intervals of the expectancy, the mean P&L and the profit factor; nil with fewer than five winners or
    /// losers.
    public let intervals: BootstrapIntervals?
    /// Sum of net P&L in USD.
    public let net: Double
    /// Sum of slippage and commissions in USD.
    public let costs: Double
    /// Deepest fall of cumulative net P&L from its peak, in USD.
    public let maximumDrawdown: Double
    /// Mean excursions; nil without trades.
    public let excursions: Excursions?
    /// How trades ended: reason and count, the most frequent first.
    public let exits: [(reason: String, count: Int)]
    /// What the time of the entries is called; nil where they are of several markets.
    public let entryClock: String?
    /// By ten-minute bucket of the entry.
    public let byEntryBucket: [Breakdown]
    /// By tercile of ATR / entry price.
    public let byTrueRangeTercile: [Breakdown]
    /// By side, by setup, by exit reason.
    public let bySide, bySetup, byExitReason: [Breakdown]
    /// By calendar month, by day of the week.
    public let byMonth, byWeekday: [Breakdown]
    /// By R-multiple.
    public let byR: [Breakdown]

    /// The statistics of `rows`, all of which are summed up: those of one mode, strategy and parameter set.
    public init(_ rows: [JournalRow]) {
        // Rows are large: they are looked at where they are.
        let first = rows.indices.filter { rows[$0].tradeNumber == 1 }
        let places = ClosedTrade.places(in: rows)
        let trades = places.compactMap { rows[$0].trade }
        let dates = places.map { rows[$0].tradeDate }
        sessions = first.count
        incomplete = first.count { rows[$0].isIncomplete }
        self.trades = trades.count
        sessionsByTrades = Self.sessions(first.map { rows[$0].trades })
        winRate = PlaybookCore.winRate(trades)
        winRateInterval = PlaybookCore.winRateInterval(trades)
        expectancy = PlaybookCore.expectancy(trades)
        profitFactor = PlaybookCore.profitFactor(trades)
        intervals = BootstrapIntervals(trades, dates: dates)
        net = trades.reduce(0) { $0 + $1.net }
        costs = trades.reduce(0) { $0 + $1.costs }
        maximumDrawdown = PlaybookCore.maximumDrawdown(trades)
        excursions = Excursions(trades)
        byExitReason = Breakdown.byExitReason(trades)
        exits = byExitReason.map { (reason: $0.group, count: $0.trades) }
            .sorted { ($1.count, $0.reason) < ($0.count, $1.reason) }
        let markets = Set(places.map { rows[$0].symbol.market })
        entryClock = markets.count > 1 ? nil : (markets.first ?? .xnys).clock.name
        byEntryBucket = Breakdown.byEntryBucket(trades, nextDay: places.map { rows[$0].isEnteredNextDay })
        byTrueRangeTercile = Breakdown.byTrueRangeTercile(trades)
        bySide = Breakdown.bySide(trades)
        bySetup = Breakdown.bySetup(trades, setups: places.map { rows[$0].setup })
        byMonth = Breakdown.byMonth(trades, dates: dates)
        byWeekday = Breakdown.byWeekday(trades, dates: dates)
        byR = Breakdown.byR(trades)
    }

    private static func sessions(_ trades: [Int]) -> [(trades: Int, sessions: Int)] {
        var counts: [Int: Int] = [:]
        for count in trades { counts[count, default: 0] += 1 }
        return counts.sorted { $0.key < $1.key }.map { (trades: $0.key, sessions: $0.value) }
    }
}

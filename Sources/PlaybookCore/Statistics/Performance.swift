/// The statistics of a set of journal rows. Each is defined, with its source, in a file of its own.
public struct Performance: Sendable {
    /// Sessions, traded or not.
    public let sessions: Int
    /// Sessions without any bar, or whose order was refused because too few of the bars due by then exist.
    public let incomplete: Int
    /// Trades taken.
    public let trades: Int
    /// Share of trades with net > 0, 0 to 1.
    public let winRate: Double?
    /// Mean R.
    public let expectancy: Double?
    /// 95% confidence interval of the expectancy, in R.
    public let expectancyInterval: ClosedRange<Double>?
    /// Gross profit / gross loss; nil without a loss.
    public let profitFactor: Double?
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
    /// By ten-minute bucket of the entry.
    public let byEntryBucket: [Breakdown]
    /// By tercile of ATR / entry price.
    public let byTrueRangeTercile: [Breakdown]

    /// The statistics of `rows`, all of which are summed up: those of one mode, strategy and parameter set.
    public init(_ rows: [JournalRow]) {
        let sessions = rows.filter { $0.tradeNumber == 1 }
        self.init(
            sessions: sessions.count, incomplete: sessions.count(where: \.isIncomplete),
            trades: ClosedTrade.trades(of: rows))
    }

    private init(sessions: Int, incomplete: Int, trades: [ClosedTrade]) {
        self.sessions = sessions
        self.incomplete = incomplete
        self.trades = trades.count
        winRate = PlaybookCore.winRate(trades)
        expectancy = PlaybookCore.expectancy(trades)
        expectancyInterval = PlaybookCore.expectancyInterval(trades)
        profitFactor = PlaybookCore.profitFactor(trades)
        net = trades.reduce(0) { $0 + $1.net }
        costs = trades.reduce(0) { $0 + $1.costs }
        maximumDrawdown = PlaybookCore.maximumDrawdown(trades)
        excursions = Excursions(trades)
        exits = Dictionary(grouping: trades, by: \.exitReason).map { (reason: $0.key, count: $0.value.count) }
            .sorted { ($1.count, $0.reason) < ($0.count, $1.reason) }
        byEntryBucket = Breakdown.byEntryBucket(trades)
        byTrueRangeTercile = Breakdown.byTrueRangeTercile(trades)
    }
}

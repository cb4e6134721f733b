public import PlaybookCore
public import PlaybookResearch

/// What an account would have made of a journal's rows, for `journal stats --capital`.
public struct AccountRequest: Sendable {
    /// How the account takes trades.
    public var rules = AccountRules()
    /// The symbol whose holding is shown beside it; nil for none.
    public var benchmark: Symbol?
    /// The seed of the intervals' draws.
    public var seed: UInt64 = 1
    /// The dates asked for; nil for those of the rows.
    public var first, last: CivilDate?

    /// 100,000 USD, no rule.
    public init() {}
}

/// The account over all rows, with what holding brings beside it.
package struct AccountReport: Sendable {
    package let run: AccountRun
    /// What holding brings; nil where that is not known, or not asked yet.
    package private(set) var hold: FigureSet?
    package let benchmark: String?
    package let missing: [CivilDate]
    package let intervals: NetIntervals
    package let drawdown90: [Double]
    /// How many trades were offered to the account.
    package let trades: Int

    /// The account over `rows`, and what holding brings.
    package init(_ rows: [JournalRow], _ request: AccountRequest, _ bars: any BarProvider) async throws {
        try await self.init(rows, request)
        try await addHolding(request, bars)
    }

    /// The account over `rows`, whatever holding brings.
    package init(_ rows: [JournalRow], _ request: AccountRequest) async throws {
        let source = try JournalTrades(rows, first: request.first, last: request.last)
        let run = source.account(request.rules)
        self.run = run
        missing = source.missing
        trades = source.trades.count
        intervals = NetIntervals(run.series, trades: run.trades, seed: request.seed)
        if run.trades.isEmpty {
            drawdown90 = []
        } else {
            let drawn = await run.monteCarlo.drawdowns(runs: 2_000, seed: request.seed, cores: 2)
            drawdown90 = [drawn[0], drawn[4]]
        }
        benchmark = request.benchmark?.name
    }

    /// Adds what holding brings: the benchmark asked for, else all symbols in equal parts.
    ///
    /// - Parameter holdings: what buying and holding each symbol came to, where that is known already.
    /// - Throws: a `PlaybookError` where the benchmark has no bars.
    package mutating func addHolding(
        _ request: AccountRequest, _ bars: any BarProvider, holdings: [[CivilDate: Double]] = []
    ) async throws {
        if let symbol = request.benchmark, let first = run.calendar.dates.first, let last = run.calendar.dates.last {
            let market = try bars.marketData()
            let (history, _, _) = try await market.settled { market in
                try await HistoryLoader(source: market.source).load(
                    HistoryRequest(symbol: symbol, sessions: first...last, playbooks: []))
            }
            hold = FigureSet(
                BuyAndHold(history, dates: run.calendar.dates).series(
                    capital: request.rules.capital, sessionsPerYear: run.calendar.sessionsPerYear))
        } else if !holdings.isEmpty {
            let dates = run.calendar.dates
            hold = FigureSet(
                BuyAndHold(equalParts: holdings.map { BuyAndHold($0, dates: dates) }).series(
                    capital: request.rules.capital, sessionsPerYear: run.calendar.sessionsPerYear))
        }
    }
}

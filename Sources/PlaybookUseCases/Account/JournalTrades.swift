package import PlaybookCore
package import PlaybookResearch

/// The trades of a journal's rows, over the sessions of their range.
package struct JournalTrades: Sendable {
    /// The sessions from the first row, or the date asked for, through the last.
    package let calendar: SessionCalendar
    /// In the order of their entries.
    package let trades: [Trade]
    /// Sessions of the range that no row tells of.
    package let missing: [CivilDate]

    /// A trade as research and as an account see it.
    package struct Trade: Sendable {
        package let outcome: TradeOutcome
        package let account: AccountTrade
        /// The values of its fills, in USD.
        package let fills: [Double]
    }

    /// The trades of `rows`, which are of one market.
    ///
    /// - Throws: a `PlaybookError` when they are of several markets, or there are none.
    package init(_ rows: [JournalRow], first: CivilDate? = nil, last: CivilDate? = nil) throws {
        guard let market = rows.first?.symbol.market, let start = first ?? rows.map(\.tradeDate).min(),
            let end = last ?? rows.map(\.tradeDate).max(), start <= end
        else {
            throw PlaybookError(.usage, "there are no rows", nextStep: "Check the journal, and what was asked for.")
        }
        guard rows.allSatisfy({ $0.symbol.market == market }) else {
            throw PlaybookError(
                .usage, "the rows are of several markets, whose sessions differ",
                nextStep: "Choose the symbols of one market with --symbol.")
        }
        let calendar = SessionCalendar(market, from: start, through: end)
        self.calendar = calendar
        let told = Set(rows.map(\.tradeDate))
        missing = calendar.dates.filter { !told.contains($0) }
        trades = rows.compactMap { row -> Trade? in
            guard let trade = row.trade, let place = calendar.place(of: row.tradeDate) else { return nil }
            let clock = market.clock
            let entry = trade.entryInstant ?? clock.instant(row.tradeDate, trade.entryTime)
            let exit = trade.exitInstant ?? clock.instant(row.tradeDate, trade.exitTime)
            let open = calendar.sessions[place].open.secondsSinceEpoch
            return Trade(
                outcome: TradeOutcome(
                    session: Int32(place), entry: Int32(clamping: entry.secondsSinceEpoch - open),
                    exit: Int32(clamping: exit.secondsSinceEpoch - open), net: trade.net,
                    risk: trade.risk.map { $0 * trade.shares } ?? .nan, costs: trade.costs,
                    entryValue: trade.entry * trade.shares, exitValue: trade.exit * trade.shares),
                account: AccountTrade(
                    date: row.tradeDate, symbol: row.symbol.name, strategy: row.strategy,
                    parametersID: row.parametersID, number: row.tradeNumber, entryAt: entry.secondsSinceEpoch,
                    exitAt: exit.secondsSinceEpoch, entry: trade.entry, shares: trade.shares, net: trade.net,
                    riskPerShare: trade.risk),
                fills: [trade.entry * trade.shares] + Self.exits(trade))
        }.sorted { ($0.account.entryAt, $0.account.symbol) < ($1.account.entryAt, $1.account.symbol) }
    }

    /// What each exit came to: `0.5@101.2 target 10:40; …`, else the one exit.
    private static func exits(_ trade: ClosedTrade) -> [Double] {
        let parts = trade.exits.split(separator: ";").compactMap { part -> Double? in
            let ends = part.drop { $0 == " " }.prefix { $0 != " " }.split(separator: "@").compactMap { Double($0) }
            return ends.count == 2 ? ends[0] * ends[1] * trade.shares : nil
        }
        return parts.isEmpty ? [trade.exit * trade.shares] : parts
    }

    /// The account that takes them, and what is left of them.
    package func account(_ rules: AccountRules) -> AccountRun { AccountRun(self, rules) }
}

/// An account over trades: its series, and the trades that it took with the quantities that it gave them.
package struct AccountRun: Sendable {
    package let rules: AccountRules
    package let account: Account
    package let series: ReturnSeries
    /// The trades taken, with its own quantities.
    package let trades: [TradeOutcome]
    package let calendar: SessionCalendar
    private let fills: [[Double]]

    package init(_ source: JournalTrades, _ rules: AccountRules) {
        self.rules = rules
        calendar = source.calendar
        let offered = source.trades.map(\.account)
        account = Account(offered, rules)
        series = account.series(
            offered, rules, dates: source.calendar.dates, sessionsPerYear: source.calendar.sessionsPerYear)
        trades = account.taken.map { taken in
            var trade = source.trades[taken.place].outcome
            trade.net = taken.net
            trade.risk *= taken.scale
            trade.costs *= taken.scale
            trade.entryValue *= taken.scale
            trade.exitValue *= taken.scale
            return trade
        }
        fills = account.taken.map { taken in source.trades[taken.place].fills.map { $0 * taken.scale } }
    }

    /// Its figures.
    package var figures: FigureSet { FigureSet(series, trades: trades, minutes: calendar.minutes) }

    /// The sessions with their trades, as a Monte-Carlo draws them.
    package var monteCarlo: MonteCarlo {
        // Where returns compound a trade is a share of the equity before its session.
        let equity = [rules.capital] + series.equity
        var sessions = [[MonteCarlo.Trade]](repeating: [], count: calendar.count)
        for (trade, fills) in zip(trades, fills) {
            let place = Int(trade.session)
            let unit = !series.isCompounded ? 1 : rules.risk != nil ? max(equity[place], 1e-9) : rules.capital
            sessions[place].append(
                MonteCarlo.Trade(result: trade.net / unit, fills: fills.map { $0 / unit }))
        }
        return MonteCarlo(sessions: sessions, capital: rules.capital, isCompounded: series.isCompounded)
    }

    /// What the account did not take as it was, in words.
    package var notes: [String] {
        var notes: [String] = []
        if account.cut > 0 { notes.append("\(counted(account.cut, "trade")) cut to what --leverage allows") }
        for why in Account.PassedOver.allCases {
            guard let count = account.passedOver[why] else { continue }
            let reason =
                switch why {
                case .noStop: "no stop"
                case .positions: "--max-positions"
                case .risk: "--max-risk"
                case .capitalLost: "the capital was lost"
                }
            notes.append("\(counted(count, "trade")) passed over: \(reason)")
        }
        return notes
    }
}

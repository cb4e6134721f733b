import PlaybookCore

/// What a report's pictures show beside the statistics, made of its rows once.
struct Figures {
    /// All rows, by date, symbol and trade.
    let rows: [JournalRow]
    /// Those with a trade, in the order in which these were entered.
    let traded: [JournalRow]
    /// The trades of `traded`.
    let trades: [ClosedTrade]
    /// The first rows of sessions without a trade.
    let untraded: [JournalRow]
    let days: [Day]
    /// The deepest fall; nil without one.
    let drawdown: Drawdown?
    /// Each symbol once.
    let symbols: [String]

    /// A date with all its symbols.
    struct Day {
        let date: CivilDate
        var trades = 0
        /// Cumulative net P&L after it, in USD.
        var equity = 0.0
        /// The deepest fall from the peak at one of its trades' ends, <= 0, in USD.
        var fall = 0.0
    }

    /// The deepest fall of the cumulative net P&L, trade by trade.
    struct Drawdown {
        /// USD, > 0.
        let depth: Double
        /// The places of the days of its peak, its lowest point and its recovery; -1 for the start, nil for none yet.
        let peak, trough: Int
        let recovery: Int?

        /// Days from the peak to the recovery, or to the last of `count`.
        func length(of count: Int) -> Int { (recovery ?? count - 1) - peak }
    }

    init(_ rows: [JournalRow]) {
        self.rows = rows
        func entered(_ row: JournalRow) -> (CivilDate, Int64, Int, String, Int) {
            let trade = row.trade
            return (
                row.tradeDate, trade?.entryInstant?.secondsSinceEpoch ?? 0, trade?.entryTime.minutes ?? 0,
                row.symbol.name, row.tradeNumber
            )
        }
        traded = rows.filter { $0.trade != nil }.sorted { entered($0) < entered($1) }
        trades = traded.compactMap(\.trade)
        untraded = rows.filter { $0.trade == nil && $0.tradeNumber == 1 }
        symbols = Set(rows.map(\.symbol.name)).sorted()
        (days, drawdown) = Self.days(rows, traded)
    }

    private static func days(_ rows: [JournalRow], _ traded: [JournalRow]) -> ([Day], Drawdown?) {
        var days: [Day] = []
        for row in rows where days.last?.date != row.tradeDate { days.append(Day(date: row.tradeDate)) }
        var (equity, peak, place) = (0.0, 0.0, 0)
        var peakDay = -1
        var deepest: (depth: Double, peak: Int, trough: Int, top: Double)?
        for day in days.indices {
            // The lowest after one of its trades; what was before the first of them belongs to the session before.
            var fall: Double?
            while place < traded.count, traded[place].tradeDate == days[day].date {
                equity += traded[place].trade?.net ?? 0
                days[day].trades += 1
                if equity >= peak { (peak, peakDay) = (equity, day) }
                fall = min(fall ?? 0, equity - peak)
                if peak - equity > deepest?.depth ?? 0 { deepest = (peak - equity, peakDay, day, peak) }
                place += 1
            }
            days[day].fall = fall ?? equity - peak
            days[day].equity = equity
            // A peak lasts until the session before the first fall from it.
            if equity >= peak { peakDay = day }
        }
        guard let deepest else { return (days, nil) }
        let recovery = days.indices.first { $0 > deepest.trough && days[$0].equity >= deepest.top }
        return (
            days, Drawdown(depth: deepest.depth, peak: deepest.peak, trough: deepest.trough, recovery: recovery)
        )
    }

    /// Whether rows were made from sample bars.
    var isSynthetic: Bool { rows.contains { $0.dataSource == JournalMerge.syntheticSource } }

    /// Whether trades are of several setups of the playbook.
    var hasSetups: Bool {
        guard let first = traded.first?.setup else { return false }
        return traded.contains { $0.setup != first }
    }

    /// The R-multiples, in the order of the trades.
    var multiples: [Double] { trades.compactMap(\.rMultiple) }
}

/// Figures over the trades before each, for whether it still works.
struct RollingFigures {
    /// Over so many trades.
    static let window = 30

    /// The share of trades that won, and the mean R, from the `window`-th trade on; the latter nil without stops.
    let winRate: [Double]
    let expectancy: [Double]?

    /// Nil with fewer trades than the window has.
    init?(_ trades: [ClosedTrade]) {
        guard trades.count >= Self.window else { return nil }
        let ends = Self.window...trades.count
        winRate = ends.map { end in
            Double(trades[(end - Self.window)..<end].count(where: \.isWin)) / Double(Self.window)
        }
        let multiples = trades.map(\.rMultiple)
        guard multiples.allSatisfy({ $0 != nil }) else {
            expectancy = nil
            return
        }
        expectancy = ends.map { end in
            multiples[(end - Self.window)..<end].reduce(0) { $0 + ($1 ?? 0) } / Double(Self.window)
        }
    }
}

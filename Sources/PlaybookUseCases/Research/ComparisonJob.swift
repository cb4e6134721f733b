public import PlaybookCore
package import PlaybookScript
package import PlaybookResearch

/// The use case behind `compare`: two runs of a journal, or two journals, over the same sessions.
public struct ComparisonJob: Sendable {
    private let places: Places
    private let bars: any BarProvider
    private let symbols: @Sendable () throws -> [Symbol]
    private let minimumCompleteness: @Sendable () throws -> Double

    /// What the names of runs stand for.
    package struct Places: Sendable {
        package let journals: any JournalProvider
        /// The playbook file that a name is; nil where it is none.
        package let playbook: @Sendable (String) throws -> PlaybookFile?
        /// Whether a name is a journal's place or kind, not a parameter set.
        package let isJournal: @Sendable (String) -> Bool

        package init(
            journals: any JournalProvider, playbook: @escaping @Sendable (String) throws -> PlaybookFile?,
            isJournal: @escaping @Sendable (String) -> Bool
        ) {
            (self.journals, self.playbook, self.isJournal) = (journals, playbook, isJournal)
        }
    }

    /// A job.
    package init(
        _ places: Places, bars: any BarProvider, symbols: @escaping @Sendable () throws -> [Symbol],
        minimumCompleteness: @escaping @Sendable () throws -> Double
    ) {
        (self.places, self.bars) = (places, bars)
        (self.symbols, self.minimumCompleteness) = (symbols, minimumCompleteness)
    }

    /// What came of it.
    public struct Result: Sendable {
        package let names: [String]
        /// How many sessions each of the two has.
        package let sessions: [Int]
        /// The sessions that both have.
        package let dates: [CivilDate]
        package let figures: [(trades: Int, figures: FigureSet)]
        package let comparison: SeriesComparison
    }

    /// One of the two.
    private struct Side {
        let name: String
        let rows: [JournalRow]

        /// Net P&L of each session that has a row.
        var daily: [CivilDate: Double] {
            rows.reduce(into: [:]) { $0[$1.tradeDate, default: 0] += $1.trade?.net ?? 0 }
        }
    }

    /// Compares two runs, each a `params_id` of the journal or a journal's place.
    public func run(
        _ names: [String], _ selection: JournalSelection, capital: Double, seed: UInt64
    ) async throws -> Result {
        guard names.count == 2 else {
            throw PlaybookError(
                .usage, "\(counted(names.count, "run")) given, two are compared",
                nextStep: "Write --run A --run B, each a params_id of the journal or a journal's place.")
        }
        var sides: [Side] = []
        for name in names { sides.append(try await side(name, selection)) }
        let (one, other) = (sides[0].daily, sides[1].daily)
        let dates = one.keys.filter { other[$0] != nil }.sorted()
        guard !dates.isEmpty else {
            throw PlaybookError(
                .usage, "\(names[0]) and \(names[1]) have no session in common",
                nextStep: "Compare runs over the same sessions.")
        }
        let comparison = SeriesComparison(
            dates.map { one[$0] ?? 0 }, dates.map { other[$0] ?? 0 }, seed: seed)
        let shared = Set(dates)
        let figures = try sides.map { side in
            try JournalTrades(
                side.rows.filter { shared.contains($0.tradeDate) }, first: dates.first, last: dates.last)
        }.map { trades in
            var rules = AccountRules()
            rules.capital = capital
            return (trades: trades.trades.count, figures: trades.account(rules).figures)
        }
        return Result(
            names: names, sessions: sides.map(\.daily.count), dates: dates, figures: figures, comparison: comparison)
    }

    private func side(_ name: String, _ selection: JournalSelection) async throws -> Side {
        var selection = selection
        let journal: Journal
        if let file = try places.playbook(name) {
            return Side(name: name, rows: try await rows(of: file, name, selection))
        }
        if places.isJournal(name) {
            journal = try places.journals.journal(name, flag: "--run")
        } else {
            journal = try places.journals.journal()
            selection.parametersID = name
        }
        let rows = try await journal.rows(selection)
        let series = Set(rows.map { "\($0.strategy) \($0.parametersID) \($0.mode.rawValue)" }).sorted()
        guard series.count == 1 else {
            throw PlaybookError(
                .usage,
                rows.isEmpty
                    ? "--run \(name): no rows in \(journal.place.location)"
                    : """
                    --run \(name): rows of \(series.count) playbooks, parameter sets or modes: \
                    \(series.prefix(3).joined(separator: ", "))
                    """,
                nextStep: "Choose one with --strategy, --param or --mode, or name its params_id.")
        }
        return Side(name: name, rows: rows)
    }

    /// The rows that a playbook file makes over the sessions asked for.
    private func rows(
        of file: PlaybookFile, _ path: String, _ selection: JournalSelection
    ) async throws -> [JournalRow] {
        guard let first = selection.first, let last = selection.last else {
            throw PlaybookError(
                .usage, "--run \(path) is a playbook file: over which sessions?",
                nextStep: "Add --start and --end, and --symbol.")
        }
        let script = try file.script()
        let symbols = try symbols()
        try script.requireMarket(file, symbols)
        let minimum = try minimumCompleteness()
        let (rows, _, _) = try await bars.marketData().settled { market in
            var rows: [JournalRow] = []
            for symbol in symbols {
                let playbook = try script.made([:], symbol.market)
                let history = try await HistoryLoader(source: market.source).load(
                    HistoryRequest(symbol: symbol, sessions: first...last, playbooks: [playbook]))
                rows += Backtest(history: history).journal(
                    playbook, minimumCompleteness: minimum, dataSource: market.source.label, runID: "compare")
            }
            return rows
        }
        return rows
    }
}

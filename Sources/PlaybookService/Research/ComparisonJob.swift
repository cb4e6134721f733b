public import PlaybookCore
import PlaybookFileSystem
import PlaybookResearch

/// The use case behind `compare`: two runs of a journal, or two journals, over the same sessions.
public struct ComparisonJob: Sendable {
    private let settings: Settings

    /// A job under `settings`.
    public init(settings: Settings) { self.settings = settings }

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
        _ names: [String], _ selection: JournalSelection, capital: Double, seed: UInt64, _ format: ReportFormat
    ) async throws -> String {
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
            return (trades.trades.count, trades.account(rules).figures)
        }
        switch format {
        case .json:
            return try jsonText(
                Document(
                    sessions: comparison.sessions, start: "\(dates[0])", end: "\(dates[dates.count - 1])",
                    runs: zip(sides, figures).map {
                        Document.Run(
                            name: $0.name, sessions: $0.daily.count, trades: $1.0, figures: FigureDocument($1.1))
                    }, meanDifferenceUsd: comparison.mean,
                    meanDifferenceUsd95: comparison.interval.map { [$0.lowerBound, $0.upperBound] }))
        case .table:
            return lines(names, sides, dates, figures, comparison).joined(separator: "\n")
        }
    }

    private struct Document: Encodable {
        let schema = "trading-playbook/compare/1"
        let sessions: Int
        let start, end: String
        let runs: [Run]
        let meanDifferenceUsd: Double
        let meanDifferenceUsd95: [Double]?

        struct Run: Encodable {
            let name: String
            let sessions, trades: Int
            let figures: FigureDocument
        }
    }

    private func side(_ name: String, _ selection: JournalSelection) async throws -> Side {
        var selection = selection
        let reader: any JournalReader
        if PlaybookFile.isPlaybook(FileSystem.name(of: name)), FileSystem.exists(name) {
            return Side(name: name, rows: try await rows(of: name, selection))
        }
        if name.contains("/") || name.contains("://") || name.hasSuffix(".csv") || WriterKind(rawValue: name) != nil {
            reader = try settings.journal(name, flag: "--run").reader
        } else {
            reader = try settings.journal().reader
            selection.parametersID = name
        }
        let rows = try await Settings.rows(of: reader, selection)
        let series = Set(rows.map { "\($0.strategy) \($0.parametersID) \($0.mode.rawValue)" }).sorted()
        guard series.count == 1 else {
            throw PlaybookError(
                .usage,
                rows.isEmpty
                    ? "--run \(name): no rows in \(reader.place.location)"
                    : "--run \(name): rows of \(series.count) playbooks, parameter sets or modes: "
                        + series.prefix(3).joined(separator: ", "),
                nextStep: "Choose one with --strategy, --param or --mode, or name its params_id.")
        }
        return Side(name: name, rows: rows)
    }

    /// The rows that a playbook file makes over the sessions asked for.
    private func rows(of path: String, _ selection: JournalSelection) async throws -> [JournalRow] {
        guard let first = selection.first, let last = selection.last else {
            throw PlaybookError(
                .usage, "--run \(path) is a playbook file: over which sessions?",
                nextStep: "Add --start and --end, and --symbol.")
        }
        let file = try PlaybookFile(path: path)
        let script = try file.script()
        let symbols = try settings.symbols()
        try Settings.requireMarket(of: script, file, symbols)
        let minimum = try settings.minimumCompleteness()
        let (rows, _, _) = try await settings.marketData().settled { market in
            var rows: [JournalRow] = []
            for symbol in symbols {
                let playbook = try Settings.made(script, [:], symbol.market)
                let history = try await HistoryLoader(source: market.source).load(
                    HistoryRequest(symbol: symbol, sessions: first...last, playbooks: [playbook]))
                rows += Backtest(history: history).journal(
                    playbook, minimumCompleteness: minimum, dataSource: market.source.label, runID: "compare")
            }
            return rows
        }
        return rows
    }

    private func lines(
        _ names: [String], _ sides: [Side], _ dates: [CivilDate], _ figures: [(Int, FigureSet)],
        _ comparison: SeriesComparison
    ) -> [String] {
        var table = TextTable([""] + ["A", "B"])
        table.add("Trades", "\(figures[0].0)", "\(figures[1].0)")
        let shown: [(String, FigureName, Int)] = [
            ("Net P&L, USD", .net, 2), ("Expectancy", .expectancy, 3), ("Win rate", .winRate, 3),
            ("Profit factor", .profitFactor, 2), ("Sharpe", .sharpe, 2), ("Max drawdown, USD", .maxDrawdownUSD, 2),
        ]
        for (words, name, decimals) in shown {
            table.add([words] + figures.map { $0.1.value(name).map { fixed($0, decimals) } ?? "-" })
        }
        let interval =
            comparison.interval.map { ", 95% CI \(signed($0.lowerBound, 2)) to \(signed($0.upperBound, 2))" }
            ?? ", no interval: fewer than 30 sessions"
        let only = sides.map { $0.daily.count - dates.count }
        var lines = [
            "A: \(names[0])", "B: \(names[1])",
            "\(counted(dates.count, "session")) that both have, \(dates[0]) through \(dates[dates.count - 1])",
        ]
        if only[0] + only[1] > 0 { lines.append("left out: \(only[0]) sessions of A alone, \(only[1]) of B alone") }
        return lines + [""] + table.lines() + [
            "", "A - B: \(signed(comparison.mean, 2)) USD a session on average\(interval)",
        ]
    }
}

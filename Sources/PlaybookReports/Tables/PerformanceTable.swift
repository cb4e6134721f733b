package import PlaybookCore

/// The statistics of a journal's rows as tables for people.
package struct PerformanceTable {
    private let performance: Performance
    private let bySymbol: [String: Performance]
    private let symbols: [String]
    private let failed: Set<String>

    /// Tables of `performance` and, when there are several `symbols`, of each.
    ///
    /// - Parameter failed: symbols that have no rows because something went wrong.
    package init(
        _ performance: Performance, bySymbol: [String: Performance], symbols: [String], failed: Set<String> = []
    ) {
        self.performance = performance
        self.bySymbol = bySymbol
        self.symbols = symbols
        self.failed = failed
    }

    /// The tables.
    ///
    /// - Parameter isWhole: whether to break the trades down in every way, or just in those that a run's summary needs.
    package func lines(_ paint: Paint, isWhole: Bool = false) -> [String] {
        var lines = summary()
        if symbols.count > 1 { lines += ["", paint.bold("By symbol")] + symbolLines() }
        func add(_ title: String, _ breakdowns: [Breakdown]) {
            if !breakdowns.isEmpty { lines += ["", paint.bold(title)] + groups(breakdowns) }
        }
        if performance.bySide.count > 1 { add("By side", performance.bySide) }
        if performance.bySetup.count > 1 { add("By setup", performance.bySetup) }
        add("By entry bucket (\(performance.entryClock ?? "market time"))", performance.byEntryBucket)
        add("By ATR / price, in thirds", performance.byTrueRangeTercile)
        guard isWhole else { return lines }
        add("By exit reason", performance.byExitReason)
        add("By R", performance.byR)
        add("By weekday", performance.byWeekday)
        let months = performance.byMonth
        let rest = months.count - Self.mostMonths
        add(rest > 0 ? "By month, the last \(Self.mostMonths)" : "By month", months.suffix(Self.mostMonths))
        if rest > 0 { lines.append("\(counted(rest, "earlier month")) with trades: see --format json") }
        return lines
    }

    private static let mostMonths = 12

    private func summary() -> [String] {
        var table = TextTable()
        func text(_ number: Double?, _ format: (Double) -> String) -> String { number.map(format) ?? "-" }
        func interval(_ range: ClosedRange<Double>?, _ unit: String, _ format: (Double) -> String) -> String {
            range.map { "95% CI \(format($0.lowerBound)) to \(format($0.upperBound))\(unit)" } ?? ""
        }
        table.add("Sessions", "\(performance.sessions)", sessions)
        table.add(
            "Trades", "\(performance.trades)",
            performance.exits.map { "\($0.count) \($0.reason)" }.joined(separator: ", "))
        table.add(
            "Win rate", text(performance.winRate) { fixed($0 * 100, 1) + "%" },
            interval(performance.winRateInterval, "%") { fixed($0 * 100, 1) })
        let tooFew = performance.expectancy != nil && performance.intervals == nil
        let least = BootstrapIntervals.leastWinners
        table.add(
            "Expectancy", text(performance.expectancy) { signed($0, 3) + " R" },
            tooFew
                ? "no 95% CI: it takes \(least) winners and \(least) losers"
                : interval(performance.intervals?.expectancy, " R") { signed($0, 3) })
        table.add(
            "Profit factor", text(performance.profitFactor) { fixed($0, 2) },
            interval(performance.intervals?.profitFactor, "") { fixed($0, 2) })
        table.add(
            "Net P&L", signed(performance.net, 2) + " USD", "after \(fixed(performance.costs, 2)) USD slippage and fees"
        )
        table.add("Max drawdown", fixed(performance.maximumDrawdown, 2) + " USD", "")
        if let excursions = performance.excursions {
            table.add(
                "Mean MAE / MFE", "\(signed(excursions.mae, 3)) / \(signed(excursions.mfe, 3))",
                excursions.maeInR.flatMap { mae in excursions.mfeInR.map { "\(signed(mae, 2)) / \(signed($0, 2)) R" } }
                    ?? "")
        }
        return table.lines(leftAligned: [0, 2], width: pageWidth)
    }

    /// What there is to say of the number of sessions.
    private var sessions: String {
        let traded = performance.sessionsByTrades.filter { $0.trades > 0 }.reduce(0) { $0 + $1.sessions }
        var parts: [String] = []
        if performance.trades > traded {
            parts.append("\(traded) traded, \(fixed(Double(performance.trades) / Double(traded), 2)) trades each")
        }
        if performance.incomplete > 0 { parts.append("\(performance.incomplete) not traded for lack of bars") }
        return parts.joined(separator: ", ")
    }

    private func symbolLines() -> [String] {
        var table = TextTable(["symbol", "sessions", "trades", "win rate", "expectancy", "net USD", "drawdown USD"])
        for symbol in symbols {
            guard let performance = bySymbol[symbol] else {
                table.add(symbol, failed.contains(symbol) ? "failed" : "nothing new")
                continue
            }
            table.add(
                symbol, "\(performance.sessions)", "\(performance.trades)",
                performance.winRate.map { fixed($0 * 100, 1) + "%" } ?? "-",
                performance.expectancy.map { signed($0, 3) + " R" } ?? "-", signed(performance.net, 2),
                fixed(performance.maximumDrawdown, 2))
        }
        return table.lines()
    }

    private func groups(_ breakdowns: [Breakdown]) -> [String] {
        var table = TextTable(["", "trades", "win rate", "expectancy", "net USD"])
        for group in breakdowns {
            table.add(
                group.group, "\(group.trades)", group.winRate.map { fixed($0 * 100, 1) + "%" } ?? "-",
                group.expectancy.map { signed($0, 3) + " R" } ?? "-", signed(group.net, 2))
        }
        return table.lines()
    }
}

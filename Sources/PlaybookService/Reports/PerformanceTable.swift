import PlaybookCore

/// The statistics of a journal's rows as tables for people.
struct PerformanceTable {
    private let performance: Performance
    private let bySymbol: [String: Performance]
    private let symbols: [String]

    /// Tables of `performance` and, when there are several `symbols`, of each.
    init(_ performance: Performance, bySymbol: [String: Performance], symbols: [String]) {
        self.performance = performance
        self.bySymbol = bySymbol
        self.symbols = symbols
    }

    func lines(_ paint: Paint) -> [String] {
        var lines = summary()
        if symbols.count > 1 { lines += ["", paint.bold("By symbol")] + symbolLines() }
        if performance.trades > 0 {
            lines += ["", paint.bold("By entry bucket (New York time)")] + groups(performance.byEntryBucket)
        }
        if !performance.byTrueRangeTercile.isEmpty {
            lines += ["", paint.bold("By ATR / price, in thirds")] + groups(performance.byTrueRangeTercile)
        }
        return lines
    }

    private func summary() -> [String] {
        var table = TextTable()
        func text(_ number: Double?, _ format: (Double) -> String) -> String { number.map(format) ?? "-" }
        table.add(
            "Sessions", "\(performance.sessions)",
            performance.incomplete > 0 ? "\(performance.incomplete) not traded for lack of bars" : "")
        table.add(
            "Trades", "\(performance.trades)",
            performance.exits.map { "\($0.count) \($0.reason)" }.joined(separator: ", "))
        table.add("Win rate", text(performance.winRate) { fixed($0 * 100, 1) + "%" }, "")
        table.add(
            "Expectancy", text(performance.expectancy) { signed($0, 3) + " R" },
            performance.expectancyInterval.map {
                "95% CI \(signed($0.lowerBound, 3)) to \(signed($0.upperBound, 3)) R"
            } ?? "")
        table.add("Profit factor", text(performance.profitFactor) { fixed($0, 2) }, "")
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
        return table.lines(leftAligned: [0, 2])
    }

    private func symbolLines() -> [String] {
        var table = TextTable(["symbol", "sessions", "trades", "win rate", "expectancy", "net USD", "drawdown USD"])
        for symbol in symbols {
            guard let performance = bySymbol[symbol] else {
                table.add(symbol, "failed")
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

import PlaybookCore

extension BacktestResult {
    /// The result as a table for people.
    ///
    /// - Parameter color: whether to use the terminal's colours.
    public func table(color: Bool) -> String {
        let paint = Paint(isOn: color)
        guard case .completed = status, let sessions else {
            if case .skipped(let reason) = status { return reason }
            return ""
        }
        let names = symbols.map(\.name).joined(separator: ", ")
        var lines = [paint.bold("\(strategy) on \(names), \(sessions.lowerBound) through \(sessions.upperBound)")]
        if isSynthetic { lines.append(paint.yellow("SYNTHETIC DATA: built-in sample bars, not the market")) }
        lines.append("")
        let performance = Performance(rows)
        lines += summary(performance)
        if symbols.count > 1 { lines += ["", paint.bold("By symbol")] + bySymbol() }
        if performance.trades > 0 {
            lines += ["", paint.bold("By entry bucket (New York time)")] + groups(performance.byEntryBucket)
        }
        if !performance.byTrueRangeTercile.isEmpty {
            lines += ["", paint.bold("By ATR / price, in thirds")] + groups(performance.byTrueRangeTercile)
        }
        lines.append("")
        for receipt in receipts {
            lines.append(
                "Journal: \(receipt.location) (\(receipt.added) added, \(receipt.replaced) replaced, "
                    + "\(receipt.unchanged) unchanged)")
        }
        if !warnings.isEmpty { lines.append("Warnings: \(warnings.count)") }
        if let traffic = traffic.line { lines.append("Data: \(traffic)") }
        lines.append("Run \(runID), parameters \(parametersID), data \(dataSource), \(fixed(elapsed, 3)) s")
        return lines.joined(separator: "\n")
    }

    private func summary(_ performance: Performance) -> [String] {
        var table = TextTable()
        func text(_ number: Double?, _ format: (Double) -> String) -> String { number.map(format) ?? "-" }
        table.add(
            "Sessions", "\(performance.sessions)",
            performance.incomplete > 0 ? "\(performance.incomplete) incomplete" : "")
        table.add(
            "Trades", "\(performance.trades)",
            performance.exits.map { "\($0.count) \($0.reason.rawValue)" }.joined(separator: ", "))
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

    private func bySymbol() -> [String] {
        let bySymbol = Dictionary(grouping: rows) { $0.symbol }
        var table = TextTable(["symbol", "sessions", "trades", "win rate", "expectancy", "net USD", "drawdown USD"])
        for symbol in symbols {
            guard let rows = bySymbol[symbol] else {
                table.add(symbol.name, "failed")
                continue
            }
            let performance = Performance(rows)
            table.add(
                symbol.name, "\(performance.sessions)", "\(performance.trades)",
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

/// Colours of a terminal, or none.
struct Paint {
    let isOn: Bool

    func bold(_ text: String) -> String { wrap(text, "1") }
    func yellow(_ text: String) -> String { wrap(text, "33") }

    private func wrap(_ text: String, _ code: String) -> String {
        isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}

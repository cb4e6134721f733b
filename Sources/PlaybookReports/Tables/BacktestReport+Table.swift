import PlaybookCore
public import PlaybookUseCases

extension BacktestResult {
    /// The result as a table for people.
    ///
    /// - Parameter color: whether to use the terminal's colours.
    public func table(color: Bool) -> String {
        let paint = Paint(isOn: color)
        guard case .completed = status, let sessions else {
            if case .skipped(let reason) = status { return reason.detail }
            return ""
        }
        let names = symbols.map(\.name).joined(separator: ", ")
        var lines = [paint.bold("\(strategy) on \(names), \(sessions.lowerBound) through \(sessions.upperBound)")]
        if isSynthetic { lines.append(paint.yellow("SYNTHETIC DATA: built-in sample bars, not the market")) }
        lines.append("")
        lines += PerformanceTable(
            performance ?? Performance(rows),
            bySymbol: symbols.count > 1
                ? Dictionary(grouping: rows) { $0.symbol.name }.mapValues { Performance($0) } : [:],
            symbols: symbols.map(\.name), failed: Set(failures.map(\.symbol.name))
        ).lines(paint)
        if let account { lines += [""] + account.report.lines(paint) }
        lines.append("")
        for outcome in outcomes {
            let counts = outcome.receipt.map { isDryRun ? "nothing written; would be \($0.counts)" : $0.counts }
            lines.append("Journal: \(outcome.place.location) (\(counts ?? "NOT WRITTEN"))")
        }
        if !warnings.isEmpty { lines.append("Warnings: \(warnings.count)") }
        if let traffic = traffic.line { lines.append("Data: \(traffic)") }
        lines.append("Run \(runID), parameters \(parametersID), data \(dataSource), \(fixed(elapsed, 3)) s")
        return lines.joined(separator: "\n")
    }
}

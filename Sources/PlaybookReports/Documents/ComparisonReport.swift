import PlaybookCore
import PlaybookResearch
public import PlaybookUseCases

extension ComparisonJob.Result {
    /// The comparison in `format`.
    public func text(_ format: ReportFormat) throws -> String {
        switch format {
        case .json:
            return try jsonText(
                Document(
                    sessions: comparison.sessions, start: "\(dates[0])", end: "\(dates[dates.count - 1])",
                    runs: zip(zip(names, sessions), figures).map {
                        Document.Run(
                            name: $0.0, sessions: $0.1, trades: $1.trades, figures: FigureDocument($1.figures))
                    }, meanDifferenceUsd: comparison.mean,
                    meanDifferenceUsd95: comparison.interval.map { [$0.lowerBound, $0.upperBound] }))
        case .table:
            return lines.joined(separator: "\n")
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

    private var lines: [String] {
        var table = TextTable([""] + ["A", "B"])
        table.add("Trades", "\(figures[0].trades)", "\(figures[1].trades)")
        let shown: [(String, FigureName, Int)] = [
            ("Net P&L, USD", .net, 2), ("Expectancy", .expectancy, 3), ("Win rate", .winRate, 3),
            ("Profit factor", .profitFactor, 2), ("Sharpe", .sharpe, 2), ("Max drawdown, USD", .maxDrawdownUSD, 2),
        ]
        for (words, name, decimals) in shown {
            table.add([words] + figures.map { $0.figures.value(name).map { fixed($0, decimals) } ?? "-" })
        }
        let interval =
            comparison.interval.map { ", 95% CI \(signed($0.lowerBound, 2)) to \(signed($0.upperBound, 2))" }
            ?? ", no interval: fewer than 30 sessions"
        let only = sessions.map { $0 - dates.count }
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

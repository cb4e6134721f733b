import PlaybookCore
import PlaybookResearch
public import PlaybookUseCases

extension MonteCarloJob.Result {
    /// What came of it, in `format`.
    public func text(_ format: ReportFormat) throws -> String {
        switch format {
        case .json: try jsonText(Document(name, account, request, result))
        case .table: lines.joined(separator: "\n")
        }
    }

    private var lines: [String] {
        let dates = account.calendar.dates
        let block = result.block.map { ", blocks of \(fixed($0, 1)) sessions on average" } ?? ""
        var lines = [
            "Monte-Carlo of \(name), \(dates.first?.description ?? "") through \(dates.last?.description ?? "")",
            "  \(result.runs) runs, \(request.kind.name)\(block), seed \(request.seed)",
            "  \(counted(dates.count, "session")), \(counted(account.trades.count, "trade"))",
        ]
        lines += account.notes.map { "  \($0)" }
        var table = TextTable(["", "5%", "25%", "50%", "75%", "95%"])
        table.add(["Final P&L, USD"] + result.final.map { fixed($0, 2) })
        table.add(["Max drawdown, USD"] + result.drawdown.map { fixed($0, 2) })
        table.add(["Max drawdown, %"] + result.drawdownPercent.map { fixed($0, 2) })
        table.add(["Longest losing streak"] + result.streak.map { fixed($0, 0) })
        lines += [""] + table.lines()
        if let ruin = result.ruin, let asked = request.ruin {
            let limit =
                switch asked {
                case .percent(let percent): "\(decimalText(percent))%"
                case .usd(let usd): "\(decimalText(usd)) USD"
                }
            lines += ["", "  A drawdown above \(limit): \(fixed(ruin * 100, 2))% of the runs"]
        }
        return lines
    }

    /// The JSON document: schema `trading-playbook/monte-carlo/1`.
    private struct Document: Encodable {
        let schema = "trading-playbook/monte-carlo/1"
        let of, kind: String
        let runs: Int
        let seed: UInt64
        let blockSessions: Double?
        let sessions, trades: Int
        let percentiles: [Double]
        let finalUsd, maxDrawdownUsd, maxDrawdownPct, longestLosingStreak: [Double]
        let ruinProbability: Double?
        let notes: [String]

        init(_ name: String, _ account: AccountRun, _ request: MonteCarloJob.Request, _ result: MonteCarlo.Result) {
            (of, kind, runs, seed) = (name, request.kind.name, result.runs, request.seed)
            (blockSessions, sessions, trades) = (result.block, account.calendar.count, account.trades.count)
            percentiles = MonteCarlo.percentiles
            (finalUsd, maxDrawdownUsd, maxDrawdownPct) = (result.final, result.drawdown, result.drawdownPercent)
            longestLosingStreak = result.streak
            ruinProbability = result.ruin
            notes = account.notes
        }
    }
}

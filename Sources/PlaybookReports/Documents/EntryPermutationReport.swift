import PlaybookCore
import PlaybookResearch
public import PlaybookUseCases

extension EntryPermutationJob.Result {
    /// What came of it, in `format`.
    public func text(_ format: ReportFormat) throws -> String {
        switch format {
        case .json:
            return try jsonText(
                Document(
                    of: name, start: "\(dates.lowerBound)", end: "\(dates.upperBound)", dataSource: source,
                    trades: found.trades, draws: draws, seed: seed, unit: found.isInR ? "R" : "USD a share",
                    actual: found.actual, drawn: found.drawn, percentiles: MonteCarlo.percentiles,
                    drawnPercentiles: found.percentiles, p: found.p))
        case .table:
            let unit = found.isInR ? "R" : "USD a share"
            var table = TextTable(["", "5%", "25%", "50%", "75%", "95%"])
            table.add(["Mean of other entries, \(unit)"] + found.percentiles.map { fixed($0, 3) })
            return
                ([
                    "Entries of \(name), \(dates.lowerBound) through \(dates.upperBound)",
                    "  \(counted(found.trades, "trade")), \(draws) draws of other entries in their windows, seed \(seed); without costs",
                    "",
                ] + table.lines() + [
                    "", "  The real entries: \(signed(found.actual, 3)) \(unit) on average, p \(fixed(found.p, 3))",
                ]).joined(separator: "\n")
        }
    }

    /// The JSON document: schema `trading-playbook/entries/1`.
    private struct Document: Encodable {
        let schema = "trading-playbook/entries/1"
        let of, start, end, dataSource: String
        let trades, draws: Int
        let seed: UInt64
        let unit: String
        let actual, drawn: Double
        let percentiles, drawnPercentiles: [Double]
        let p: Double
    }
}

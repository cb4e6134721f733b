import PlaybookCore

/// The statistics of rows, as JSON documents hold them: `summary` in docs/json.md.
struct PerformanceDocument: Encodable {
    struct Group: Encodable {
        let group: String
        let trades: Int
        let winRate: Double?
        let expectancyR: Double?
        let netUsd: Double

        init(_ breakdown: Breakdown) {
            group = breakdown.group
            trades = breakdown.trades
            winRate = breakdown.winRate
            expectancyR = breakdown.expectancy
            netUsd = breakdown.net
        }
    }

    let sessions: Int
    let incompleteSessions: Int
    let trades: Int
    let winRate: Double?
    let expectancyR: Double?
    let expectancyR95: [Double]?
    let profitFactor: Double?
    let netUsd: Double
    let costsUsd: Double
    let maxDrawdownUsd: Double
    let meanMae: Double?
    let meanMfe: Double?
    let meanMaeR: Double?
    let meanMfeR: Double?
    let exits: [String: Int]
    let byEntryBucket: [Group]
    let byAtrTercile: [Group]

    init(_ performance: Performance) {
        sessions = performance.sessions
        incompleteSessions = performance.incomplete
        trades = performance.trades
        winRate = performance.winRate
        expectancyR = performance.expectancy
        expectancyR95 = performance.expectancyInterval.map { [$0.lowerBound, $0.upperBound] }
        profitFactor = performance.profitFactor
        netUsd = performance.net
        costsUsd = performance.costs
        maxDrawdownUsd = performance.maximumDrawdown
        meanMae = performance.excursions?.mae
        meanMfe = performance.excursions?.mfe
        meanMaeR = performance.excursions?.maeInR
        meanMfeR = performance.excursions?.mfeInR
        exits = Dictionary(uniqueKeysWithValues: performance.exits.map { ($0.reason, $0.count) })
        byEntryBucket = performance.byEntryBucket.map(Group.init)
        byAtrTercile = performance.byTrueRangeTercile.map(Group.init)
    }
}

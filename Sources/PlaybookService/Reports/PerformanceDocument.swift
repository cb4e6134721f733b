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
    let sessionsByTrades: [String: Int]
    let winRate: Double?
    let winRate95: [Double]?
    let expectancyR: Double?
    let expectancyR95: [Double]?
    let meanNetUsd: Double?
    let meanNetUsd95: [Double]?
    let profitFactor: Double?
    let profitFactor95: [Double]?
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
    let bySide, bySetup, byExitReason, byMonth, byWeekday, byR: [Group]

    init(_ performance: Performance) {
        sessions = performance.sessions
        incompleteSessions = performance.incomplete
        trades = performance.trades
        sessionsByTrades = Dictionary(
            uniqueKeysWithValues: performance.sessionsByTrades.map { ("\($0.trades)", $0.sessions) })
        winRate = performance.winRate
        expectancyR = performance.expectancy
        meanNetUsd = performance.trades > 0 ? performance.net / Double(performance.trades) : nil
        profitFactor = performance.profitFactor
        winRate95 = Self.ends(performance.winRateInterval)
        expectancyR95 = Self.ends(performance.intervals?.expectancy)
        meanNetUsd95 = Self.ends(performance.intervals?.meanNet)
        profitFactor95 = Self.ends(performance.intervals?.profitFactor)
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
        bySide = performance.bySide.map(Group.init)
        bySetup = performance.bySetup.map(Group.init)
        byExitReason = performance.byExitReason.map(Group.init)
        byMonth = performance.byMonth.map(Group.init)
        byWeekday = performance.byWeekday.map(Group.init)
        byR = performance.byR.map(Group.init)
    }

    private static func ends(_ interval: ClosedRange<Double>?) -> [Double]? {
        interval.map { [$0.lowerBound, $0.upperBound] }
    }
}

package import PlaybookCore

/// The statistics of rows, as JSON documents hold them: `summary` in docs/json.md.
package struct PerformanceDocument: Encodable {
    package struct Group: Encodable {
        package let group: String
        package let trades: Int
        package let winRate: Double?
        package let expectancyR: Double?
        package let netUsd: Double

        package init(_ breakdown: Breakdown) {
            group = breakdown.group
            trades = breakdown.trades
            winRate = breakdown.winRate
            expectancyR = breakdown.expectancy
            netUsd = breakdown.net
        }
    }

    package let sessions: Int
    package let incompleteSessions: Int
    package let trades: Int
    package let sessionsByTrades: [String: Int]
    package let winRate: Double?
    package let winRate95: [Double]?
    package let expectancyR: Double?
    package let expectancyR95: [Double]?
    package let meanNetUsd: Double?
    package let meanNetUsd95: [Double]?
    package let profitFactor: Double?
    package let profitFactor95: [Double]?
    package let netUsd: Double
    package let costsUsd: Double
    package let maxDrawdownUsd: Double
    package let meanMae: Double?
    package let meanMfe: Double?
    package let meanMaeR: Double?
    package let meanMfeR: Double?
    package let exits: [String: Int]
    package let byEntryBucket: [Group]
    package let byAtrTercile: [Group]
    package let bySide, bySetup, byExitReason, byMonth, byWeekday, byR: [Group]

    package init(_ performance: Performance) {
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

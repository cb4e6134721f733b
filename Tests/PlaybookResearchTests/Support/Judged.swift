import PlaybookCore

@testable import PlaybookResearch

/// A sweep judged as the program does it.
struct Judged {
    let verdict: Verdict
    let deflated, predictive, overfitting: Double?
    /// The median correlation of two sets' daily series, and whether two of them are equal.
    let correlation: Double
    let hasEqualSets: Bool

    init(
        _ trades: [[TradeOutcome]], _ grid: Grid, _ calendar: SessionCalendar, windows: [WalkForwardWindow],
        seed: UInt64
    ) async {
        let rows = trades.enumerated().map { SweepRow(set: $0, $1, calendar, capital: 100_000) }
        let table = SweepTable(grid, rows, metric: .sharpe, minimumTrades: 30)
        let best = table.best(by: .sharpe)?.set ?? 0
        var matrix = DailyMatrix(sessions: calendar.count)
        let daily = trades.map { $0.daily(calendar.count) }
        for series in daily { matrix.add(series) }
        let series = calendar.series(trades[best], capital: 100_000)
        let walk = WalkForward(
            [trades], windows, grid, calendar, metric: .sharpe, minimumTrades: 30, capital: 100_000,
            isPerSymbol: false)
        let deflated = DeflatedSharpe(series, trials: trades.count, ratios: rows.compactMap(\.ratio))
        let predictive = await PredictiveAbility(matrix, seed: seed, cores: 2)
        let overfitting = await OverfittingProbability.of(matrix, cores: 2)
        verdict = Verdict(
            Evidence(
                sets: trades.count, symbols: 1, sessions: calendar.count, trials: trades.count,
                allTrades: trades.reduce(0) { $0 + $1.count }, set: "\(best)", trades: trades[best], series: series,
                intervals: NetIntervals(series, trades: trades[best], seed: seed), deflated: deflated,
                predictive: predictive, overfitting: overfitting, walk: Evidence.Outside(walk),
                plateau: table.plateau(of: best, by: .expectancy), doubled: rows[best].doubledExpectancy,
                minimumTrades: 30))
        (self.deflated, self.predictive) = (deflated.probability.value, predictive.p.value)
        self.overfitting = overfitting.value
        hasEqualSets = Set(daily).count < daily.count
        var correlations: [Double] = []
        for one in daily.indices {
            for other in daily.indices.dropFirst(one + 1) {
                correlations.append(Self.correlation(daily[one], daily[other]))
            }
        }
        correlation = correlations.sorted()[correlations.count / 2]
    }

    private static func correlation(_ one: [Double], _ other: [Double]) -> Double {
        let (a, b) = (Moments(one), Moments(other))
        let product = zip(one, other).reduce(0) { $0 + ($1.0 - a.mean) * ($1.1 - b.mean) } / Double(one.count - 1)
        return product / (a.deviation * b.deviation)
    }
}

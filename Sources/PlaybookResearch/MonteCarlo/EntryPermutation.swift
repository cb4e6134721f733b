public import PlaybookCore

/// Whether the moment of the entry matters: each trade is entered at the open of a bar of its session drawn at random, with
/// the same side and the same distances of stop and targets.
///
/// Source: D. Aronson, "Evidence-Based Technical Analysis" (2006), for permutation tests of rules, here of entries.
public struct EntryPermutation: Sendable, Hashable {
    /// How many trades have another entry to be drawn.
    public let trades: Int
    /// Mean R of the real trades, without costs; mean P&L of a share where there is no stop.
    public let actual: Double
    /// Mean over all draws.
    public let drawn: Double
    /// 5th, 25th, 50th, 75th and 95th percentile of the draws' means.
    public let percentiles: [Double]
    /// (1 + number of draws at least as high) / (draws + 1).
    public let p: Double
    /// Whether the means are R.
    public let isInR: Bool

    /// The test of a playbook's trades over a history; nil without a trade.
    public init?(
        _ playbook: Playbook, over histories: [BarHistory], minimumCompleteness: Double = 0.95, draws: Int = 1_000,
        seed: UInt64 = 1
    ) {
        let all = histories.flatMap {
            Backtest(history: $0).entryAlternatives(playbook, minimumCompleteness: minimumCompleteness)
        }
        let inR = all.contains(where: \.isInR)
        self.init(all.filter { $0.isInR == inR && !$0.others.isEmpty }, isInR: inR, draws: draws, seed: seed)
    }

    /// The test of trades and what they would have brought from other entries.
    init?(_ trades: [EntryAlternatives], isInR: Bool, draws: Int, seed: UInt64) {
        guard !trades.isEmpty else { return nil }
        let count = Double(trades.count)
        let actual = trades.reduce(0) { $0 + $1.actual } / count
        let means = (0..<draws).map { draw -> Double in
            var random = SplitMix64(seed: seed, unit: draw)
            return trades.reduce(0) { $0 + $1.others[random.index(below: $1.others.count)] } / count
        }
        let sorted = means.sorted()
        (self.trades, self.actual, self.isInR) = (trades.count, actual, isInR)
        drawn = means.reduce(0, +) / Double(max(1, draws))
        percentiles = MonteCarlo.percentiles.map { BootstrapIntervals.quantile(sorted, $0 / 100) }
        // Sums of the same numbers differ in their last digits.
        p = Double(1 + means.count { $0 >= actual - 1e-12 * max(1, abs(actual)) }) / Double(draws + 1)
    }
}

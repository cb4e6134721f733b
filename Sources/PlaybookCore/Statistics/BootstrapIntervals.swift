/// 95% confidence intervals of what trades bring, by redrawing the sessions that traded: trades of one session depend on
/// each other, so a session stays together, with all its symbols.
///
/// Bias-corrected and accelerated: B. Efron, "Better Bootstrap Confidence Intervals", JASA 82 (1987). Each figure is a
/// ratio of sums over the redrawn sessions, the acceleration comes from leaving out one session after the other, draws
/// that equal the figure count half, and quantiles interpolate linearly.
public struct BootstrapIntervals: Sendable, Hashable {
    /// Of the expectancy, in R; nil without R-multiples.
    public let expectancy: ClosedRange<Double>?
    /// Of the mean net P&L of a trade, in USD.
    public let meanNet: ClosedRange<Double>?
    /// Of the profit factor; nil where draws without a loss reach its upper end.
    public let profitFactor: ClosedRange<Double>?

    /// Fewer winners, or losers, tell too little.
    public static let leastWinners = 5

    /// The sums of one session, or of several.
    private struct Sums {
        /// R, net P&L, profit, loss.
        var values = SIMD4<Double>()
        /// How many trades and, times 2^32, how many R.
        var counts: Int64 = 0

        init() {}

        init(_ trade: Outcome) {
            values = SIMD4(trade.r ?? 0, trade.net, max(0, trade.net), -min(0, trade.net))
            counts = trade.r == nil ? 1 : 1 + 1 << 32
        }

        var expectancy: Double { values[0] / Double(counts >> 32) }
        var meanNet: Double { values[1] / Double(counts & 0xFFFF_FFFF) }
        var profitFactor: Double { values[2] / values[3] }

        @inline(__always)
        static func += (sums: inout Sums, other: Sums) {
            sums.values += other.values
            sums.counts &+= other.counts
        }

        static func - (sums: Sums, other: Sums) -> Sums {
            var difference = sums
            difference.values -= other.values
            difference.counts -= other.counts
            return difference
        }
    }

    /// The intervals of `trades`; nil with fewer than five winners or five losers.
    ///
    /// - Parameters:
    ///   - dates: the session of each trade.
    ///   - draws: how often all sessions are redrawn.
    public init?(_ trades: [ClosedTrade], dates: [CivilDate], draws: Int = 4_000, seed: UInt64 = 1) {
        let outcomes = zip(trades, dates).map { Outcome(session: Int($1.daysSinceEpoch), r: $0.rMultiple, net: $0.net) }
        self.init(outcomes, draws: draws, seed: seed)
    }

    /// What one trade brought.
    package struct Outcome: Sendable {
        /// Its session: the same number for all trades of one.
        package var session: Int
        /// R; nil without a stop.
        package var r: Double?
        /// Net P&L in USD.
        package var net: Double

        /// An outcome.
        package init(session: Int, r: Double?, net: Double) { (self.session, self.r, self.net) = (session, r, net) }
    }

    /// The intervals of trades by what they brought; nil with fewer than five winners or five losers.
    package init?(_ trades: [Outcome], draws: Int = 4_000, seed: UInt64 = 1) {
        guard trades.count(where: { $0.net > 0 }) >= Self.leastWinners,
            trades.count(where: { $0.net < 0 }) >= Self.leastWinners
        else { return nil }
        var places: [Int: Int] = [:]
        var sessions: [Sums] = []
        for trade in trades {
            let place = places[trade.session] ?? sessions.count
            if place == sessions.count {
                places[trade.session] = place
                sessions.append(Sums())
            }
            sessions[place] += Sums(trade)
        }
        let total = sessions.reduce(into: Sums()) { $0 += $1 }
        let drawn = Self.drawn(sessions, draws: draws, seed: seed)
        let others = sessions.map { total - $0 }
        func interval(_ ratio: (Sums) -> Double) -> ClosedRange<Double>? {
            Self.interval(of: ratio(total), drawn: drawn.map(ratio), leftOut: others.map(ratio))
        }
        expectancy = interval(\.expectancy)
        meanNet = interval(\.meanNet)
        profitFactor = interval(\.profitFactor)
    }

    /// The sums of as many sessions as there are, drawn at random, `draws` times.
    private static func drawn(_ sessions: [Sums], draws: Int, seed: UInt64) -> [Sums] {
        var random = SplitMix64(seed: seed)
        return sessions.withUnsafeBufferPointer { sessions in
            (0..<draws).map { _ in
                var sum = Sums()
                for _ in 0..<sessions.count / 2 {
                    let (one, other) = random.twoIndices(below: sessions.count)
                    sum += sessions[one]
                    sum += sessions[other]
                }
                if sessions.count % 2 == 1 { sum += sessions[random.index(below: sessions.count)] }
                return sum
            }
        }
    }

    /// The interval of a figure; nil where it has none.
    static func interval(of figure: Double, drawn: [Double], leftOut: [Double]) -> ClosedRange<Double>? {
        guard figure.isFinite, !drawn.contains(where: \.isNaN), leftOut.allSatisfy(\.isFinite) else { return nil }
        let drawn = drawn.sorted()
        // Sums of the same numbers in another order differ in their last digits.
        let below = drawn.reduce(0.0) { sum, value in
            let isEqual = abs(value - figure) <= 1e-9 * max(abs(value), abs(figure))
            return sum + (isEqual ? 0.5 : value < figure ? 1 : 0)
        }
        let bias = NormalDistribution.quantile(below / Double(drawn.count))
        let center = leftOut.reduce(0, +) / Double(leftOut.count)
        let (squares, cubes) = leftOut.reduce((0.0, 0.0)) { sums, value in
            let distance = center - value
            return (sums.0 + distance * distance, sums.1 + distance * distance * distance)
        }
        guard bias.isFinite, squares > 0 else { return nil }
        let acceleration = cubes / (6 * squares * squares.squareRoot())
        func end(_ z: Double) -> Double {
            let moved = bias + z
            return quantile(drawn, NormalDistribution.probability(bias + moved / (1 - acceleration * moved)))
        }
        let (low, high) = (end(NormalDistribution.limits95.low), end(NormalDistribution.limits95.high))
        return low.isFinite && high.isFinite && low <= high ? low...high : nil
    }

    /// A quantile of sorted values, between two of them by a straight line.
    package static func quantile(_ sorted: [Double], _ share: Double) -> Double {
        let place = share * Double(sorted.count - 1)
        let lower = Int(place)
        guard lower + 1 < sorted.count, place > Double(lower) else { return sorted[lower] }
        return sorted[lower] + (place - Double(lower)) * (sorted[lower + 1] - sorted[lower])
    }
}

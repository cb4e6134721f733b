import PlaybookCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Whether the best of many sets is better than nothing, given that it is the best of many: Hansen's test for superior
/// predictive ability, studentised, against 0.
///
/// Sources: P. Hansen, "A Test for Superior Predictive Ability", Journal of Business & Economic Statistics 23 (2005);
/// D. Politis and J. Romano, "The Stationary Bootstrap", JASA 89 (1994).
public struct PredictiveAbility: Sendable, Hashable {
    /// The probability of such a best set where none has an edge.
    public let p: Figure
    /// max(0, the largest sqrt(T) mean / w); nil where p is absent.
    public let statistic: Double?
    /// Sets without variance, which are left out.
    public let leftOut: Int

    /// The test of the sets of `matrix`.
    ///
    /// - Parameters:
    ///   - draws: B, how many times the sessions are redrawn.
    ///   - cores: how many threads work.
    public init(_ matrix: DailyMatrix, draws: Int = 1_000, seed: UInt64 = 1, cores: Int) async {
        let sessions = matrix.sessions
        guard sessions >= ReturnSeries.fewestSessions else {
            (p, statistic, leftOut) = (.absent(.fewSessions), nil, 0)
            return
        }
        let block = cbrt(Double(sessions))
        let studied = await concurrently(matrix.sets, pieces: cores * 4) { range in
            range.map { Study(matrix.series($0), block: block) }
        }.flatMap { $0 }
        let kept = studied.indices.filter { studied[$0].deviation > 0 }
        leftOut = matrix.sets - kept.count
        guard !kept.isEmpty else {
            (p, statistic) = (.absent(.noVariance), nil)
            return
        }
        let root = Double(sessions).squareRoot()
        let observed = kept.map { root * studied[$0].mean / studied[$0].deviation }.max() ?? 0
        let best = max(0, observed)
        var random = SplitMix64(seed: seed)
        let drawn = (0..<draws).map { _ in StationaryBootstrap.blocks(sessions, mean: block, &random) }
        // Sets in groups that are summed side by side.
        let groups = (kept.count + Study.lanes - 1) / Study.lanes
        let maxima = await concurrently(groups, pieces: cores * 4) { range in
            var largest = [Double](repeating: 0, count: draws)
            for group in range {
                let sets = kept[group * Study.lanes..<min(kept.count, (group + 1) * Study.lanes)]
                Study.raise(&largest, matrix, Array(sets), studied, drawn)
            }
            return largest
        }
        let atLeast = (0..<draws).count { draw in maxima.contains { $0[draw] >= best } || best <= 0 }
        statistic = best
        p = .value(Double(1 + atLeast) / Double(draws + 1))
    }

    /// Mean and kernel deviation of one set's series.
    struct Study: Sendable {
        let mean: Double
        /// w, the square root of the variance of sqrt(T) x mean under the stationary bootstrap; 0 without variance.
        let deviation: Double
        /// What redrawn means are compared with: the mean, or 0 where it is so low that it cannot matter.
        let centre: Double

        static let lanes = 8

        init(_ series: ArraySlice<Float>, block: Double) {
            let count = series.count
            let n = Double(count)
            let mean = series.reduce(0) { $0 + Double($1) } / n
            self.mean = mean
            guard let first = series.first, series.contains(where: { $0 != first }) else {
                (deviation, centre) = (0, 0)
                return
            }
            let values = series.map { Double($0) - mean }
            let keep = 1 - 1 / block
            var sum = values.reduce(0) { $0 + $1 * $1 }
            // Of the lags i: sum of keep^i x[t + i], and of i keep^i x[t + i], from the end on.
            var (weighted, ramped, later) = (0.0, 0.0, 0.0)
            for value in values.reversed() {
                (weighted, ramped) = (keep * (later + weighted), keep * (later + weighted + ramped))
                sum += 2 * value * (weighted - ramped / n)
                later = value
            }
            // The series goes on at its start: lags i weigh i / T keep^(T - i) as well.
            var (start, rampedStart, power) = (0.0, 0.0, 1.0)
            for (place, value) in values.enumerated() {
                let end = pow(keep, Double(count - place))
                sum += 2 * end * value * (Double(place) * start - rampedStart) / n
                start += power * value
                rampedStart += Double(place) * power * value
                power *= keep
            }
            let variance = sum / n
            deviation = variance > 0 ? variance.squareRoot() : 0
            let threshold = -(2 * log(log(n))).squareRoot()
            centre = deviation > 0 && n.squareRoot() * mean / deviation >= threshold ? mean : 0
        }

        /// Raises the largest statistic of each draw to that of these sets.
        static func raise(
            _ largest: inout [Double], _ matrix: DailyMatrix, _ sets: [Int], _ studied: [Study],
            _ drawn: [[StationaryBootstrap.Block]]
        ) {
            let sessions = matrix.sessions
            var sums = [SIMD8<Double>](repeating: SIMD8(), count: sessions + 1)
            for (lane, set) in sets.enumerated() {
                var sum = 0.0
                for (place, value) in matrix.series(set).enumerated() {
                    sum += Double(value)
                    sums[place + 1][lane] = sum
                }
            }
            var (scale, centre) = (SIMD8<Double>(), SIMD8<Double>())
            let root = Double(sessions).squareRoot()
            for (lane, set) in sets.enumerated() {
                scale[lane] = root / studied[set].deviation
                centre[lane] = studied[set].centre
            }
            let inverse = 1 / Double(sessions)
            sums.withUnsafeBufferPointer { sums in
                let total = sums[sessions]
                for (draw, blocks) in drawn.enumerated() {
                    var sum = SIMD8<Double>()
                    for block in blocks {
                        let end = Int(block.start) + Int(block.length)
                        if end <= sessions {
                            sum += sums[end] - sums[Int(block.start)]
                        } else {
                            sum += total - sums[Int(block.start)] + sums[end - sessions]
                        }
                    }
                    let value = ((sum * inverse - centre) * scale).max()
                    if value > largest[draw] { largest[draw] = value }
                }
            }
        }
    }
}

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// How often the set that is best in one half of the sessions is below the middle in the other half.
///
/// Combinatorially symmetric cross-validation: 16 consecutive blocks, all 12,870 halves. It judges the choosing, not the
/// edge: equally good sets give 0.5. Source: D. Bailey, J. Borwein, M. Lopez de Prado and Q. Zhu, "The Probability of
/// Backtest Overfitting", Journal of Computational Finance 20 (2017).
public enum OverfittingProbability {
    /// Blocks of sessions.
    static let blocks = 16
    /// Fewer sets, or sessions, tell too little.
    public static let fewestSets = 20
    public static let fewestSessions = 320

    /// The probability, 0 to 1.
    ///
    /// - Parameter cores: how many threads work.
    public static func of(_ matrix: DailyMatrix, cores: Int) async -> Figure {
        await ranks(of: matrix, cores: cores).figure
    }

    /// The probability, and the ranks that it is made of; nil where it is absent.
    public static func ranks(
        of matrix: DailyMatrix, cores: Int
    ) async -> (figure: Figure, ranks: OverfittingRanks?) {
        guard matrix.sets >= fewestSets else { return (.absent(.fewSets), nil) }
        guard matrix.sessions >= fewestSessions else { return (.absent(.fewSessions), nil) }
        let sums = BlockSums(matrix)
        // Of a split and its complement, each is in sample once: the splits with the first block stand for both.
        let firsts = (0..<256).filter { $0 & 1 == 1 }
        let parts = await concurrently(firsts.count, pieces: cores * 4) { range in sums.ranks(of: firsts[range]) }
        var counts = [Int](repeating: 0, count: 2 * matrix.sets + 1)
        for part in parts { for (rank, count) in part.enumerated() { counts[rank] += count } }
        let ranks = OverfittingRanks(sets: matrix.sets, counts: counts)
        return (.value(ranks.probability), ranks)
    }
}

/// Where the sets that are best in one half of the sessions rank in the other half, over all halves.
public struct OverfittingRanks: Sendable, Hashable {
    /// How many sets there are.
    public let sets: Int
    /// For twice each mean rank, from 0 on, in how many halves; the worst set has rank 1.
    public let counts: [Int]

    /// How often the rank is below the middle, the middle itself counted half.
    var probability: Double {
        let middle = sets + 1
        let below = counts[..<middle].reduce(0, +)
        return (Double(below) + Double(counts[middle]) / 2) / Double(counts.reduce(0, +))
    }

    /// `ln(w / (1 - w))` of twice a rank, with w = rank / (sets + 1): below 0 for ranks below the middle.
    public func logit(_ doubledRank: Int) -> Double {
        let share = Double(doubledRank) / 2 / Double(sets + 1)
        return log(share / (1 - share))
    }
}

/// Eight sets side by side.
private typealias Lanes = SIMD8<Double>

/// Sums and sums of squares of blocks of sessions, of every subset of four neighbouring blocks, for all sets.
private struct BlockSums: Sendable {
    private let sets: Int
    /// Vectors of a row; the last one may have lanes without a set.
    private let width: Int
    /// For each of the four groups of blocks and each of its 16 subsets, a row of the sets' values.
    private var sums: [Lanes]
    private var squares: [Lanes]
    /// Sessions of each block.
    private let lengths: [Int]

    init(_ matrix: DailyMatrix) {
        let blocks = OverfittingProbability.blocks
        let (sets, sessions) = (matrix.sets, matrix.sessions)
        self.sets = sets
        width = (sets + Lanes.scalarCount - 1) / Lanes.scalarCount
        // Lengths differ by at most 1, the longer ones come first.
        lengths = (0..<blocks).map { sessions / blocks + ($0 < sessions % blocks ? 1 : 0) }
        sums = Array(repeating: Lanes(), count: 64 * width)
        squares = sums
        for set in 0..<sets {
            let series = matrix.series(set)
            var start = series.startIndex
            for (block, length) in lengths.enumerated() {
                var (sum, square) = (0.0, 0.0)
                for value in series[start..<start + length] {
                    let value = Double(value)
                    sum += value
                    square += value * value
                }
                start += length
                let place = ((block / 4) * 16 + 1 << (block % 4)) * width + set / Lanes.scalarCount
                sums[place][set % Lanes.scalarCount] = sum
                squares[place][set % Lanes.scalarCount] = square
            }
        }
        for group in 0..<4 {
            for subset in 1..<16 where subset & (subset - 1) != 0 {
                // The sum without its last block, and that block.
                let last = 1 << (subset.bitWidth - 1 - subset.leadingZeroBitCount)
                let (row, rest, single) = (
                    (group * 16 + subset) * width, (group * 16 + subset - last) * width, (group * 16 + last) * width
                )
                for place in 0..<width {
                    sums[row + place] = sums[rest + place] + sums[single + place]
                    squares[row + place] = squares[rest + place] + squares[single + place]
                }
            }
        }
    }

    /// Over splits whose first eight blocks are these masks, and their complements: how often the best set has twice each
    /// rank in the other half.
    func ranks(of firsts: ArraySlice<Int>) -> [Int] {
        var counts = [Int](repeating: 0, count: 2 * sets + 1)
        var keys = [Lanes](repeating: Lanes(), count: 2 * width)
        let sessions = lengths.reduce(0, +)
        for first in firsts {
            // Both halves are summed alike: sets that are equal in one of them stay so.
            let (half, halfSquares) = (row(sums, first), row(squares, first))
            let (rest, restSquares) = (row(sums, 255 - first), row(squares, 255 - first))
            for second in 0..<256 where first.nonzeroBitCount + second.nonzeroBitCount == 8 {
                let mask = first | second << 8
                let inside = lengths.indices.reduce(0) { $0 + (mask >> $1 & 1) * lengths[$1] }
                let (scale, restScale) = (
                    Lanes(repeating: 1 / Double(inside)), Lanes(repeating: 1 / Double(sessions - inside))
                )
                let (one, two) = ((32 + second & 15) * width, (48 + second >> 4) * width)
                let (restOne, restTwo) = ((32 + ~second & 15) * width, (48 + (255 - second) >> 4) * width)
                keys.withUnsafeMutableBufferPointer { keys in
                    sums.withUnsafeBufferPointer { sums in
                        squares.withUnsafeBufferPointer { squares in
                            for place in 0..<width {
                                keys[place] = Self.key(
                                    half[place] + (sums[one &+ place] + sums[two &+ place]),
                                    halfSquares[place] + (squares[one &+ place] + squares[two &+ place]), scale)
                                keys[width &+ place] = Self.key(
                                    rest[place] + (sums[restOne &+ place] + sums[restTwo &+ place]),
                                    restSquares[place] + (squares[restOne &+ place] + squares[restTwo &+ place]),
                                    restScale)
                            }
                        }
                    }
                    keys.withMemoryRebound(to: Double.self) { keys in
                        let (one, other) = (
                            UnsafeBufferPointer(rebasing: keys[..<sets]),
                            UnsafeBufferPointer(rebasing: keys[(width * Lanes.scalarCount)...].prefix(sets))
                        )
                        counts[Self.doubledRank(chosen: one, judged: other)] += 1
                        counts[Self.doubledRank(chosen: other, judged: one)] += 1
                    }
                }
            }
        }
        return counts
    }

    /// The sums of those of the first eight blocks that `mask` names.
    private func row(_ values: [Lanes], _ mask: Int) -> [Lanes] {
        let (one, other) = ((mask & 15) * width, (16 + mask >> 4) * width)
        return (0..<width).map { values[one + $0] + values[other + $0] }
    }

    /// Numbers that are ordered like the Sharpe ratios of a half: sum x |sum| / variance; 0 without variance.
    @inline(__always)
    private static func key(_ sum: Lanes, _ square: Lanes, _ inverse: Lanes) -> Lanes {
        let variance = square - sum * sum * inverse
        let positive = SIMD8<UInt64>(repeating: ~(1 << 63))
        let size = unsafeBitCast(unsafeBitCast(sum, to: SIMD8<UInt64>.self) & positive, to: Lanes.self)
        // What rounding leaves of a variance is none.
        let varies = unsafeBitCast(variance .> square * 1e-12, to: SIMD8<UInt64>.self)
        return unsafeBitCast(
            unsafeBitCast(sum * size / variance, to: SIMD8<UInt64>.self) & varies, to: Lanes.self)
    }

    /// Twice the rank of the best set in the other half; sets that are equal there share the mean of their ranks.
    private static func doubledRank(
        chosen: UnsafeBufferPointer<Double>, judged: UnsafeBufferPointer<Double>
    ) -> Int {
        let key = judged[best(chosen)]
        let lanes = Lanes(repeating: key)
        var (below, equal) = (SIMD8<Int64>(), SIMD8<Int64>())
        let whole = judged.count / Lanes.scalarCount * Lanes.scalarCount
        for place in stride(from: 0, to: whole, by: Lanes.scalarCount) {
            let values = UnsafeRawPointer(judged.baseAddress! + place).loadUnaligned(as: Lanes.self)
            // A lane that is true is -1.
            below &-= unsafeBitCast(values .< lanes, to: SIMD8<Int64>.self)
            equal &-= unsafeBitCast(values .== lanes, to: SIMD8<Int64>.self)
        }
        var (lower, same) = (Int(below.wrappedSum()), Int(equal.wrappedSum()))
        for place in whole..<judged.count {
            lower += judged[place] < key ? 1 : 0
            same += judged[place] == key ? 1 : 0
        }
        return 2 * lower + same + 1
    }

    /// The place of the largest number, the first among equals.
    private static func best(_ keys: UnsafeBufferPointer<Double>) -> Int {
        var largest = Lanes(repeating: -.infinity)
        let whole = keys.count / Lanes.scalarCount * Lanes.scalarCount
        for place in stride(from: 0, to: whole, by: Lanes.scalarCount) {
            let values = UnsafeRawPointer(keys.baseAddress! + place).loadUnaligned(as: Lanes.self)
            let isLarger = unsafeBitCast(values .> largest, to: SIMD8<UInt64>.self)
            largest = unsafeBitCast(
                (unsafeBitCast(values, to: SIMD8<UInt64>.self) & isLarger)
                    | (unsafeBitCast(largest, to: SIMD8<UInt64>.self) & ~isLarger), to: Lanes.self)
        }
        let most = keys[whole...].reduce(largest.max()) { $1 > $0 ? $1 : $0 }
        return keys.firstIndex(of: most) ?? 0
    }
}

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

/// Sums and sums of squares of blocks of sessions, of every subset of four neighbouring blocks, for all sets.
private struct BlockSums: Sendable {
    private let sets: Int
    /// For each of the four groups of blocks and each of its 16 subsets, a row of the sets' values.
    private var sums: [Double]
    private var squares: [Double]
    /// Sessions of each block.
    private let lengths: [Int]

    init(_ matrix: DailyMatrix) {
        let blocks = OverfittingProbability.blocks
        let (sets, sessions) = (matrix.sets, matrix.sessions)
        self.sets = sets
        // Lengths differ by at most 1, the longer ones come first.
        lengths = (0..<blocks).map { sessions / blocks + ($0 < sessions % blocks ? 1 : 0) }
        sums = Array(repeating: 0, count: 64 * sets)
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
                let row = ((block / 4) * 16 + 1 << (block % 4)) * sets + set
                (sums[row], squares[row]) = (sum, square)
            }
        }
        for group in 0..<4 {
            for subset in 1..<16 where subset & (subset - 1) != 0 {
                // The sum without its last block, and that block.
                let last = 1 << (subset.bitWidth - 1 - subset.leadingZeroBitCount)
                let (row, rest, single) = (
                    (group * 16 + subset) * sets, (group * 16 + subset - last) * sets, (group * 16 + last) * sets
                )
                for set in 0..<sets {
                    sums[row + set] = sums[rest + set] + sums[single + set]
                    squares[row + set] = squares[rest + set] + squares[single + set]
                }
            }
        }
    }

    /// Over splits whose first eight blocks are these masks, and their complements: how often the best set has twice each
    /// rank in the other half.
    func ranks(of firsts: ArraySlice<Int>) -> [Int] {
        var counts = [Int](repeating: 0, count: 2 * sets + 1)
        var keys = [Double](repeating: 0, count: 2 * sets)
        for first in firsts {
            for second in 0..<256 where first.nonzeroBitCount + second.nonzeroBitCount == 8 {
                fill(&keys, at: 0, first, second)
                fill(&keys, at: sets, 255 - first, 255 - second)
                counts[Self.doubledRank(keys, chosen: 0..<sets, judged: sets)] += 1
                counts[Self.doubledRank(keys, chosen: sets..<2 * sets, judged: -sets)] += 1
            }
        }
        return counts
    }

    /// For each set a number that is ordered like its Sharpe ratio in the blocks of a split: sum x |sum| / variance; 0
    /// without variance.
    private func fill(_ keys: inout [Double], at start: Int, _ first: Int, _ second: Int) {
        let mask = first | second << 8
        let count = Double(lengths.enumerated().reduce(0) { $0 + (mask >> $1.offset & 1 == 1 ? $1.element : 0) })
        let rows = (
            (first & 15) * sets, (16 + first >> 4) * sets, (32 + second & 15) * sets, (48 + second >> 4) * sets
        )
        let inverse = 1 / count
        keys.withUnsafeMutableBufferPointer { keys in
            sums.withUnsafeBufferPointer { sums in
                squares.withUnsafeBufferPointer { squares in
                    for set in 0..<sets {
                        let sum =
                            (sums[rows.0 &+ set] + sums[rows.1 &+ set]) + (sums[rows.2 &+ set] + sums[rows.3 &+ set])
                        let square =
                            (squares[rows.0 &+ set] + squares[rows.1 &+ set])
                            + (squares[rows.2 &+ set] + squares[rows.3 &+ set])
                        let variance = square - sum * sum * inverse
                        // What rounding leaves of a variance is none.
                        keys[start &+ set] = variance > 1e-12 * square ? sum * abs(sum) / variance : 0
                    }
                }
            }
        }
    }

    /// Twice the rank of the best set in the other half; sets that are equal there share the mean of their ranks.
    private static func doubledRank(_ keys: [Double], chosen: Range<Int>, judged offset: Int) -> Int {
        keys.withUnsafeBufferPointer { keys in
            var (best, bestKey) = (chosen.lowerBound, keys[chosen.lowerBound])
            for place in chosen where keys[place] > bestKey { (best, bestKey) = (place, keys[place]) }
            let key = keys[best + offset]
            var (below, equal) = (0, 0)
            for place in (chosen.lowerBound + offset)..<(chosen.upperBound + offset) {
                below &+= keys[place] < key ? 1 : 0
                equal &+= keys[place] == key ? 1 : 0
            }
            return 2 * below + equal + 1
        }
    }
}

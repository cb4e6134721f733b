public import PlaybookCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Redraws sessions in blocks of random length, so that what hangs together stays together. The series goes on at its
/// start.
///
/// Source: D. Politis and J. Romano, "The Stationary Bootstrap", JASA 89 (1994).
public enum StationaryBootstrap {
    /// Successive sessions: the first, and how many.
    public struct Block: Sendable, Hashable {
        public var start, length: Int32
    }

    /// Blocks that make up as many sessions as there are; none is longer than all of them.
    ///
    /// - Parameter mean: the mean length of a block, 1 at least.
    public static func blocks(_ sessions: Int, mean: Double, _ random: inout SplitMix64) -> [Block] {
        var blocks: [Block] = []
        blocks.reserveCapacity(Int(Double(sessions) / max(1, mean)) + 8)
        each(sessions, mean: mean, &random) { blocks.append(Block(start: Int32($0), length: Int32($1))) }
        return blocks
    }

    /// Calls `body` with each block's first session and its length.
    @inline(__always)
    static func each(_ sessions: Int, mean: Double, _ random: inout SplitMix64, _ body: (Int, Int) -> Void) {
        // A block ends at each session with the probability 1 / mean.
        let scale = mean > 1 ? 1 / log(1 - 1 / mean) : 0
        var left = sessions
        while left > 0 {
            let start = random.index(below: sessions)
            var length = 1
            if scale < 0 {
                let more = log(random.unitValue()) * scale
                length = more < Double(left) ? 1 + Int(more) : left
            }
            length = min(length, left)
            body(start, length)
            left -= length
        }
    }
}

extension SplitMix64 {
    /// A number above 0 and at most 1.
    @inline(__always)
    mutating func unitValue() -> Double { Double((next() >> 11) + 1) * 0x1p-53 }

    /// A number from the standard normal distribution. Source: G. Box and M. Muller, "A Note on the Generation of Random
    /// Normal Deviates", Annals of Mathematical Statistics 29 (1958).
    mutating func normal() -> Double {
        let radius = (-2 * log(unitValue())).squareRoot()
        return radius * cos(2 * Double.pi * unitValue())
    }

    /// The stream of one of many units: the same however they are shared among threads.
    init(seed: UInt64, unit: Int) {
        var digest = StableDigest(seed: seed)
        digest.add(UInt64(unit))
        self.init(seed: digest.value)
    }
}

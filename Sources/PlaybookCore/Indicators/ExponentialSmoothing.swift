#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The recursion `y[i] = k x[i] + (1 - k) y[i-1]`, faster than bar by bar, where each step waits for the one before it:
/// sums over the inputs are formed first, and only one multiplication and one addition wait for the value before them
/// (G. Blelloch, "Prefix Sums and Their Applications", 1990).
struct ExponentialSmoothing: Sendable {
    /// Weight of the newest value, `2 / (period + 1)`.
    let weight: Double
    /// 1 - weight, to the powers 1 to 4.
    private let decay, decay2, decay3, decay4, decay16: Double
    /// The weights of `warmUpBars` values, oldest first: `k (1-k)^(n-1), …, k (1-k), k`.
    private let weights: [Double]

    /// - Parameter period: in bars, 1 or more.
    init(period: Int) {
        let weight = 2 / Double(period + 1)
        let decay = 1 - weight
        self.weight = weight
        self.decay = decay
        decay2 = decay * decay
        decay3 = decay2 * decay
        decay4 = decay2 * decay2
        decay16 = (decay4 * decay4) * (decay4 * decay4)
        let count = Self.warmUpBars(weight)
        weights = (0..<count).map { weight * pow(decay, Double(count - 1 - $0)) }
    }

    /// Bars until a start's weight, `(1 - k)^n`, is below 2^-53: `ln 2^-53 = -36.7`, and `ln (1 - k) < -k`.
    var warmUpBars: Int { weights.count }

    private static func warmUpBars(_ weight: Double) -> Int { Int((36.8 / weight).rounded(.up)) }

    /// The next value after `last`.
    @inline(__always)
    func one(_ x: Double, after last: Double) -> Double { weight * x + decay * last }

    /// Writes the next four values after `last` to `column` and returns the newest.
    @inline(__always)
    func four(
        _ x0: Double, _ x1: Double, _ x2: Double, _ x3: Double, after last: Double,
        into column: UnsafeMutablePointer<Double>
    ) -> Double {
        let sum0 = weight * x0
        let sum1 = weight * x1 + decay * sum0
        let sum2 = weight * x2 + decay * sum1
        let sum3 = weight * x3 + decay * sum2
        let newest = sum3 + decay4 * last
        column[0] = sum0 + decay * last
        column[1] = sum1 + decay2 * last
        column[2] = sum2 + decay3 * last
        column[3] = newest
        return newest
    }

    /// Writes the next values after `last`, fewer than four, to `column` and returns the newest. They are those that `four`
    /// writes, to the last bit, so that no value depends on how many bars follow.
    @inline(__always)
    func rest(
        _ count: Int, _ x: (Int) -> Double, after last: Double, into column: UnsafeMutablePointer<Double>
    ) -> Double {
        guard count > 0 else { return last }
        var sum = weight * x(0)
        column[0] = sum + decay * last
        guard count > 1 else { return column[0] }
        sum = weight * x(1) + decay * sum
        column[1] = sum + decay2 * last
        guard count > 2 else { return column[1] }
        sum = weight * x(2) + decay * sum
        column[2] = sum + decay3 * last
        return column[2]
    }

    /// The value after `count` more inputs: `last` decayed, plus their weighted sum. The inputs are `pair(i)`, the i-th
    /// and the one after it, and `single(i)`.
    ///
    /// - Precondition: `count` is at most `warmUpBars`.
    @inline(__always)
    func carry(_ count: Int, after last: Double, pair: (Int) -> SIMD2<Double>, single: (Int) -> Double) -> Double {
        weights.withUnsafeBufferPointer { weights in
            let first = weights.baseAddress! + (weights.count - count)
            let chunk = 16
            // What does not fill chunks comes first, weighted as it is at its end.
            let rest = count % chunk
            let end = weights.baseAddress! + (weights.count - rest)
            var sum = 0.0
            var index = 0
            while index < rest {
                sum += single(index) * end[index]
                index &+= 1
            }
            guard count >= chunk else { return sum + (count > 0 ? first[0] / weight * decay : 1) * last }
            // One sum for each place in a chunk; all decay together.
            let fade = SIMD2(repeating: decay16)
            let fade2 = fade * fade
            var faded = sum * decay16
            var sums = (
                pair(index), pair(index &+ 2), pair(index &+ 4), pair(index &+ 6), pair(index &+ 8), pair(index &+ 10),
                pair(index &+ 12), pair(index &+ 14)
            )
            index &+= chunk
            @inline(__always)
            func next(_ place: Int) -> SIMD2<Double> { pair(index &+ place) }
            /// Of two chunks, the older one already decayed.
            @inline(__always)
            func next2(_ place: Int) -> SIMD2<Double> { pair(index &+ place) * fade + pair(index &+ (chunk &+ place)) }
            if (count &- index) & chunk != 0 {
                sums = (
                    sums.0 * fade + next(0), sums.1 * fade + next(2), sums.2 * fade + next(4), sums.3 * fade + next(6),
                    sums.4 * fade + next(8), sums.5 * fade + next(10), sums.6 * fade + next(12),
                    sums.7 * fade + next(14)
                )
                faded *= decay16
                index &+= chunk
            }
            while index < count {
                sums.0 = sums.0 * fade2 + next2(0)
                sums.1 = sums.1 * fade2 + next2(2)
                sums.2 = sums.2 * fade2 + next2(4)
                sums.3 = sums.3 * fade2 + next2(6)
                sums.4 = sums.4 * fade2 + next2(8)
                sums.5 = sums.5 * fade2 + next2(10)
                sums.6 = sums.6 * fade2 + next2(12)
                sums.7 = sums.7 * fade2 + next2(14)
                faded *= fade2[0]
                index &+= 2 &* chunk
            }
            let newest = weights.baseAddress! + (weights.count - chunk)
            let low =
                (sums.0 * load2(newest) + sums.1 * load2(newest + 2))
                + (sums.2 * load2(newest + 4) + sums.3 * load2(newest + 6))
            let high =
                (sums.4 * load2(newest + 8) + sums.5 * load2(newest + 10))
                + (sums.6 * load2(newest + 12) + sums.7 * load2(newest + 14))
            // The weight of the value before the oldest input is the oldest weight's decay.
            return faded + (low + high).sum() + first[0] / weight * decay * last
        }
    }
}

/// Two neighbouring values.
@inline(__always)
func load2(_ pointer: UnsafePointer<Double>) -> SIMD2<Double> {
    UnsafeRawPointer(pointer).loadUnaligned(as: SIMD2<Double>.self)
}

/// The greater of each pair. Written out lane by lane it becomes one instruction, which `pointwiseMax` does not.
@inline(__always)
func greater(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> SIMD2<Double> {
    SIMD2(a[0] > b[0] ? a[0] : b[0], a[1] > b[1] ? a[1] : b[1])
}

/// The lesser of each pair.
@inline(__always)
func lesser(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> SIMD2<Double> {
    SIMD2(a[0] < b[0] ? a[0] : b[0], a[1] < b[1] ? a[1] : b[1])
}

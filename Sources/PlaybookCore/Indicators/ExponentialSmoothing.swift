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
    private let decay, decay2, decay3, decay4: Double
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

    /// The value after `count` more inputs: `last` decayed, plus their weighted sum. The inputs are `pair(i)`, the i-th
    /// and the one after it, and `single(i)`.
    ///
    /// - Precondition: `count` is at most `warmUpBars`.
    @inline(__always)
    func carry(_ count: Int, after last: Double, pair: (Int) -> SIMD2<Double>, single: (Int) -> Double) -> Double {
        weights.withUnsafeBufferPointer { weights in
            let first = weights.baseAddress! + (weights.count - count)
            var sums = (SIMD2<Double>.zero, SIMD2<Double>.zero, SIMD2<Double>.zero, SIMD2<Double>.zero)
            var index = 0
            while index &+ 8 <= count {
                sums.0 += pair(index) * load2(first + index)
                sums.1 += pair(index &+ 2) * load2(first + (index &+ 2))
                sums.2 += pair(index &+ 4) * load2(first + (index &+ 4))
                sums.3 += pair(index &+ 6) * load2(first + (index &+ 6))
                index &+= 8
            }
            var sum = ((sums.0 + sums.1) + (sums.2 + sums.3)).sum()
            while index < count {
                sum += single(index) * first[index]
                index &+= 1
            }
            // The weight of the value before the oldest input is the oldest weight's decay.
            return sum + (count > 0 ? first[0] / weight * decay : 1) * last
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

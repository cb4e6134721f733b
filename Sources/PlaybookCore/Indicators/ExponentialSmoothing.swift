import CPrefetch

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

    /// The value after `count` more inputs: `last` decayed, plus their weighted sum.
    ///
    /// - Precondition: `count` is at most `warmUpBars`.
    @inline(__always)
    func carry<Input: SmoothingInput>(_ count: Int, after last: Double, _ input: Input) -> Double {
        weights.withUnsafeBufferPointer { weights in
            let first = weights.baseAddress! + (weights.count - count)
            let chunk = 16
            // What does not fill chunks comes first.
            var index = count % chunk
            var sum = 0.0
            for place in 0..<index { sum += input.single(place) * first[place] }
            let newest = weights.baseAddress! + (weights.count - chunk)
            // The weight of the value before the oldest input is the oldest weight's decay.
            let before = (count > 0 ? first[0] / weight * decay : 1) * last
            // Half the instructions, where the processor has it: this is a fifth of a run.
            if wide_is_there() != 0 { return sum + input.wide(index..<count, newest, decay16) + before }
            // One sum for each place in a chunk; all decay together, two chunks at a time.
            let fade = SIMD8(repeating: decay16)
            let fade2 = fade * fade
            var low = SIMD8<Double>.zero
            var high = SIMD8<Double>.zero
            if (count &- index) & chunk != 0 {
                low = input.eight(index)
                high = input.eight(index &+ 8)
                index &+= chunk
            }
            while index < count {
                low = low * fade2 + (input.eight(index) * fade + input.eight(index &+ 16))
                high = high * fade2 + (input.eight(index &+ 8) * fade + input.eight(index &+ 24))
                index &+= 2 &* chunk
            }
            let eight = low * load8(newest) + high * load8(newest + 8)
            let four = eight.lowHalf + eight.highHalf
            let two = four.lowHalf + four.highHalf
            return sum + (two[0] + two[1]) + before
        }
    }
}

/// What a smoothing is made of, value by value or eight at a time.
protocol SmoothingInput {
    func single(_ place: Int) -> Double
    /// The value at a place and the seven after it.
    func eight(_ place: Int) -> SIMD8<Double>
    /// The weighted sum of chunks of 16 values, as `carry` has it, by a processor that has AVX2.
    func wide(_ places: Range<Int>, _ newest: UnsafePointer<Double>, _ decay16: Double) -> Double
}

/// Eight neighbouring values.
@inline(__always)
func load8(_ pointer: UnsafePointer<Double>) -> SIMD8<Double> {
    UnsafeRawPointer(pointer).loadUnaligned(as: SIMD8<Double>.self)
}

// Written out place by place: so they become single instructions, which `replacing(with:where:)` does not everywhere.

/// The greater of each pair.
@inline(__always)
func greater<Vector: SIMD<Double>>(_ a: Vector, _ b: Vector) -> Vector {
    var result = a
    for place in 0..<Vector.scalarCount { result[place] = b[place] > a[place] ? b[place] : a[place] }
    return result
}

/// The lesser of each pair.
@inline(__always)
func lesser<Vector: SIMD<Double>>(_ a: Vector, _ b: Vector) -> Vector {
    var result = a
    for place in 0..<Vector.scalarCount { result[place] = b[place] < a[place] ? b[place] : a[place] }
    return result
}

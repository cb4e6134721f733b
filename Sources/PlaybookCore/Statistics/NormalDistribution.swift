#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The standard normal distribution.
package enum NormalDistribution {
    /// The probability of a value up to `x`: `erfc(-x / sqrt(2)) / 2`.
    package static func probability(_ x: Double) -> Double { erfc(-x / 2.0.squareRoot()) / 2 }

    /// The value that has `probability` below it, by bisection to the last places; infinite for 0 and 1.
    package static func quantile(_ probability: Double) -> Double {
        if probability <= 0 { return -.infinity }
        if probability >= 1 { return .infinity }
        // In the lower half, where erfc keeps all its digits.
        if probability > 0.5 { return -quantile(1 - probability) }
        var (low, high) = (-40.0, 0.0)
        for _ in 0..<200 {
            let middle = (low + high) / 2
            if middle <= low || middle >= high { break }
            if self.probability(middle) < probability { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// The values that have 2.5% and 97.5% below them.
    package static let limits95 = (low: quantile(0.025), high: -quantile(0.025))
}

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension ReturnSeries {
    /// Compound annual growth, a fraction: `(product of (1 + r))^(N/T) - 1` for a compounded series,
    /// `(1 + sum of r)^(N/T) - 1` otherwise. Absent where the capital is lost.
    ///
    /// Source: C. Bacon, "Practical Portfolio Performance Measurement and Attribution" (2008).
    public var cagr: Figure {
        guard returns.count >= Self.fewestSessions else { return .absent(.fewSessions) }
        let total: Double
        if isCompounded {
            guard returns.allSatisfy({ 1 + $0 > 0 }) else { return .absent(.capitalLost) }
            total = returns.reduce(1) { $0 * (1 + $1) }
        } else {
            total = 1 + returns.reduce(0, +)
        }
        guard total > 0 else { return .absent(.capitalLost) }
        return .value(pow(total, Double(sessionsPerYear) / Double(returns.count)) - 1)
    }

    /// Compound annual growth / maximum drawdown in %, both as fractions.
    ///
    /// Source: T. Young, "Calmar Ratio: A Smoother Tool", Futures 20 (1991), here over the whole range.
    public func calmar(_ drawdown: Drawdown) -> Figure {
        guard case .value(let growth) = cagr else { return cagr }
        return drawdown.percent > 0 ? .value(growth / (drawdown.percent / 100)) : .absent(.noDrawdown)
    }
}

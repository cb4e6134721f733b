import PlaybookCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// How sure a Sharpe ratio is.
///
/// Source: D. Bailey and M. Lopez de Prado, "The Sharpe Ratio Efficient Frontier", Journal of Risk 15 (2012).
public enum ProbabilisticSharpe {
    /// The probability that the true ratio is above `threshold`:
    /// `Phi((SR - SR*) sqrt(T - 1) / sqrt(1 - g3 SR + (g4 - 1) / 4 SR^2))`. Ratios are those of a session.
    public static func probability(
        _ ratio: Double, above threshold: Double, sessions: Int, skewness: Double, kurtosis: Double
    ) -> Double {
        let spread = Moments.spread(ratio, skewness: skewness, kurtosis: kurtosis)
        let distance = (ratio - threshold) * Double(sessions - 1).squareRoot()
        // A sample's own moments never give less than 0; what rounding leaves counts as 0.
        guard spread > 0 else { return distance > 0 ? 1 : distance < 0 ? 0 : 0.5 }
        return NormalDistribution.probability(distance / spread.squareRoot())
    }

    /// Sessions after which the ratio is above `threshold` with `confidence`:
    /// `1 + (1 - g3 SR + (g4 - 1) / 4 SR^2) (z / (SR - SR*))^2`; absent where the ratio is not above it.
    public static func minimumTrackRecord(
        _ ratio: Double, above threshold: Double = 0, skewness: Double, kurtosis: Double, confidence: Double = 0.95
    ) -> Figure {
        guard ratio > threshold else { return .absent(.notAbove) }
        let step = NormalDistribution.quantile(confidence) / (ratio - threshold)
        return .value(1 + Moments.spread(ratio, skewness: skewness, kurtosis: kurtosis) * step * step)
    }
}

extension ReturnSeries {
    /// The probability that the true ratio of a session is above `threshold`.
    public func probability(above threshold: Double = 0) -> Figure {
        let moments = moments
        if let absence { return .absent(absence) }
        guard let ratio = moments.ratio else { return .absent(.noVariance) }
        return .value(
            ProbabilisticSharpe.probability(
                ratio, above: threshold, sessions: returns.count, skewness: moments.skewness,
                kurtosis: moments.kurtosis))
    }

    /// Sessions after which its ratio is above 0 with 95%.
    public var minimumTrackRecord: Figure {
        let moments = moments
        if let absence { return .absent(absence) }
        guard let ratio = moments.ratio else { return .absent(.noVariance) }
        return ProbabilisticSharpe.minimumTrackRecord(
            ratio, skewness: moments.skewness, kurtosis: moments.kurtosis)
    }
}

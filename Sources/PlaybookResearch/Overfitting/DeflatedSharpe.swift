import PlaybookCore

/// How sure a Sharpe ratio is, given how many sets were tried to find it.
///
/// Source: D. Bailey and M. Lopez de Prado, "The Deflated Sharpe Ratio", Journal of Portfolio Management 40 (2014).
public struct DeflatedSharpe: Sendable, Hashable {
    /// How many sets were tried.
    public let trials: Int
    /// The variance, with n - 1, of the ratios of a session of the sets, at most what luck alone gives; nil for one trial.
    public let variance: Double?
    /// The ratio of a session that the best of so many sets without any edge is expected to have; nil where it is absent.
    public let threshold: Double?
    /// The probability that the true ratio is above it.
    public let probability: Figure

    /// c, Euler's constant.
    static let euler = 0.5772156649

    /// The expected maximum of `count` standard normal values:
    /// `(1 - c) Phi^-1(1 - 1/N) + c Phi^-1(1 - 1/(N e))`; 0 for one.
    public static func expectedMaximum(_ count: Int) -> Double {
        guard count > 1 else { return 0 }
        let n = Double(count)
        // From the other side, where no digits are lost.
        return -(1 - euler) * NormalDistribution.quantile(1 / n)
            - euler * NormalDistribution.quantile(1 / (n * 2.718281828459045))
    }

    /// The deflated ratio of `series`, one of the sets of a sweep.
    ///
    /// - Parameters:
    ///   - trials: N, how many sets were ever tried.
    ///   - ratios: the Sharpe ratios of a session of the sweep's sets that have one, over the same sessions.
    public init(_ series: ReturnSeries, trials: Int, ratios: [Double]) {
        self.trials = trials
        guard trials > 1 else {
            (variance, threshold, probability) = (nil, 0, series.probability(above: 0))
            return
        }
        guard ratios.count > 1, series.returns.count > 1 else {
            (variance, threshold, probability) = (nil, nil, .absent(.fewRatios))
            return
        }
        let deviation = Moments(ratios).deviation
        // What sets differ by in truth is not luck: luck alone gives no more than this.
        let variance = min(deviation * deviation, 1 / Double(series.returns.count - 1))
        let threshold = variance.squareRoot() * Self.expectedMaximum(trials)
        self.variance = variance
        self.threshold = threshold
        probability = series.probability(above: threshold)
    }
}

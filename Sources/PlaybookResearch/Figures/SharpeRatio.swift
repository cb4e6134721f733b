extension ReturnSeries {
    /// Annual Sharpe ratio: mean / standard deviation (n - 1) of the sessions' returns x sqrt(N), the risk-free rate 0.
    ///
    /// Source: W. Sharpe, "The Sharpe Ratio", Journal of Portfolio Management 21 (1994).
    public var sharpe: Figure {
        ratio { $0 * Double(sessionsPerYear).squareRoot() }
    }

    /// Standard error of the annual Sharpe ratio: `sqrt((1 - g3 SR + (g4 - 1) / 4 SR^2) / (T - 1)) x sqrt(N)`, SR that of a
    /// session, g3 its skewness, g4 its kurtosis, from biased moments.
    ///
    /// Source: E. Mertens, "Comments on Variance of the IID Estimator in Lo" (2002), as used by Bailey and Lopez de Prado (2012).
    public var sharpeError: Figure {
        let moments = moments
        return ratio { ratio in
            (max(0, moments.spread(ratio)) / Double(returns.count - 1) * Double(sessionsPerYear)).squareRoot()
        }
    }

    /// t statistic of the mean return: mean / standard deviation x sqrt(T).
    ///
    /// Source: Student, "The Probable Error of a Mean", Biometrika 6 (1908).
    public var t: Figure { ratio { $0 * Double(returns.count).squareRoot() } }

    /// Annual Sortino ratio: mean / sqrt(mean over all T of min(r, 0)^2) x sqrt(N).
    ///
    /// Source: F. Sortino and L. Price, "Performance Measurement in a Downside Risk Framework", Journal of Investing 3 (1994).
    public var sortino: Figure {
        guard returns.count >= Self.fewestSessions else { return .absent(.fewSessions) }
        guard moments.deviation > 0 else { return .absent(.noVariance) }
        let count = Double(returns.count)
        let downside = (returns.reduce(0) { $0 + min($1, 0) * min($1, 0) } / count).squareRoot()
        guard downside > 0 else { return .absent(.noLosingSession) }
        return .value(moments.mean / downside * Double(sessionsPerYear).squareRoot())
    }

    private func ratio(_ make: (Double) -> Double) -> Figure {
        guard returns.count >= Self.fewestSessions else { return .absent(.fewSessions) }
        guard let ratio = moments.ratio else { return .absent(.noVariance) }
        return .value(make(ratio))
    }
}

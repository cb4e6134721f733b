/// 95% confidence interval of the expectancy, in R; nil with fewer than two R-multiples.
///
/// `mean ± t(0.975, n - 1) s / sqrt(n)`, `s` the sample standard deviation (n - 1). Source: NIST/SEMATECH e-Handbook of
/// Statistical Methods, 1.3.5.2 "Confidence Limits for the Mean".
public func expectancyInterval(_ trades: [ClosedTrade]) -> ClosedRange<Double>? {
    let values = trades.compactMap(\.rMultiple)
    guard values.count >= 2, let center = mean(values) else { return nil }
    let squares = values.reduce(0) { $0 + ($1 - center) * ($1 - center) }
    let deviation = (squares / Double(values.count - 1)).squareRoot()
    let t = StudentT.quantile(twoSided: 0.95, degrees: values.count - 1)
    let half = t * deviation / Double(values.count).squareRoot()
    return (center - half)...(center + half)
}

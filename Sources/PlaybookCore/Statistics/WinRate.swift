/// Share of trades with net P&L above 0, 0 to 1; nil without trades.
///
/// Source: Van K. Tharp, "Trade Your Way to Financial Freedom" (1998), "percent winners".
public func winRate(_ trades: [ClosedTrade]) -> Double? {
    trades.isEmpty ? nil : Double(trades.count(where: \.isWin)) / Double(trades.count)
}

/// 95% confidence interval of the win rate, within 0 to 1; nil without trades.
///
/// `(p + z²/2n ± z sqrt(p (1 - p) / n + z²/4n²)) / (1 + z²/n)`, z 1.96. Source: E. Wilson, "Probable Inference, the Law of
/// Succession, and Statistical Inference", JASA 22 (1927).
public func winRateInterval(_ trades: [ClosedTrade]) -> ClosedRange<Double>? {
    winRateInterval(wins: trades.count(where: \.isWin), of: trades.count)
}

/// The same of so many wins among `count` trades.
package func winRateInterval(wins: Int, of count: Int) -> ClosedRange<Double>? {
    guard count > 0 else { return nil }
    let rate = Double(wins) / Double(count)
    let (n, z) = (Double(count), NormalDistribution.limits95.high)
    let center = rate + z * z / (2 * n)
    let half = z * (rate * (1 - rate) / n + z * z / (4 * n * n)).squareRoot()
    let scale = 1 + z * z / n
    return max(0, (center - half) / scale)...min(1, (center + half) / scale)
}

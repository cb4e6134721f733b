/// Deepest fall of cumulative net P&L from its running peak, in USD, >= 0; the peak starts at 0. Trades must be in the
/// order they were entered.
///
/// `MDD = max over i of (max(0, C[0], …, C[i]) - C[i])`, `C[i]` the sum of the first i+1 net results. Source:
/// M. Magdon-Ismail and A. Atiya, "Maximum Drawdown", Risk 17(10), 2004.
public func maximumDrawdown(_ trades: [ClosedTrade]) -> Double {
    var cumulative = 0.0
    var peak = 0.0
    var deepest = 0.0
    for trade in trades {
        cumulative += trade.net
        peak = max(peak, cumulative)
        deepest = max(deepest, peak - cumulative)
    }
    return deepest
}

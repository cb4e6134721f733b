/// Gross profit / gross loss: the sum of net P&L of trades above 0 over that of trades below 0, both positive; nil when
/// there is no loss.
///
/// Source: Robert Pardo, "The Evaluation and Optimization of Trading Strategies" (2008).
public func profitFactor(_ trades: [ClosedTrade]) -> Double? {
    let profit = trades.reduce(0) { $0 + max(0, $1.net) }
    let loss = trades.reduce(0) { $0 - min(0, $1.net) }
    return loss > 0 ? profit / loss : nil
}

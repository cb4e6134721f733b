/// Mean R-multiple over the trades that have one, in R; nil without any.
///
/// `E = sum(R) / n`. Source: Van K. Tharp, "Trade Your Way to Financial Freedom" (1998).
public func expectancy(_ trades: [ClosedTrade]) -> Double? {
    mean(trades.compactMap(\.rMultiple))
}

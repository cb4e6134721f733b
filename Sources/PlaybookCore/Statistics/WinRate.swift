/// Share of trades with net P&L above 0, 0 to 1; nil without trades.
///
/// Source: Van K. Tharp, "Trade Your Way to Financial Freedom" (1998), "percent winners".
public func winRate(_ trades: [ClosedTrade]) -> Double? {
    trades.isEmpty ? nil : Double(trades.count(where: \.isWin)) / Double(trades.count)
}

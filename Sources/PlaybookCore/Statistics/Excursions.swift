/// How far trades went against and for the position while they were held.
///
/// Source: John Sweeney, "Maximum Adverse Excursion" (1997).
public struct Excursions: Sendable, Hashable {
    /// Mean maximum adverse excursion in price units, <= 0.
    public let mae: Double
    /// Mean maximum favourable excursion in price units, >= 0.
    public let mfe: Double
    /// The same in R, over the trades with a stop; nil without any.
    public let maeInR, mfeInR: Double?

    /// The mean excursions; nil without trades.
    public init?(_ trades: [ClosedTrade]) {
        guard let mae = mean(trades.map(\.mae)), let mfe = mean(trades.map(\.mfe)) else { return nil }
        self.mae = mae
        self.mfe = mfe
        func inR(_ value: (ClosedTrade) -> Double) -> Double? {
            mean(trades.compactMap { trade in trade.risk.flatMap { $0 > 0 ? value(trade) / $0 : nil } })
        }
        maeInR = inR(\.mae)
        mfeInR = inR(\.mfe)
    }
}

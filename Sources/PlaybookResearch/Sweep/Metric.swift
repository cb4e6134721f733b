/// What sets are ranked by.
public enum Metric: String, Sendable, Hashable, CaseIterable {
    case sharpe, t, expectancy, net, calmar, sqn
    case profitFactor = "profit-factor"

    /// The figure that it is.
    public var figure: FigureName {
        switch self {
        case .sharpe: .sharpe
        case .t: .t
        case .expectancy: .expectancy
        case .net: .net
        case .calmar: .calmar
        case .sqn: .sqn
        case .profitFactor: .profitFactor
        }
    }

    /// Its value for a run; nil where it has none.
    ///
    /// Computes no other figure, so that windows of many sets can be compared.
    func value(_ trades: ArraySlice<TradeOutcome>, _ series: @autoclosure () -> ReturnSeries) -> Double? {
        switch self {
        case .sharpe: return series().sharpe.value
        case .t: return series().t.value
        case .expectancy: return NetResults(trades).expectancy.value
        case .net: return trades.isEmpty ? nil : trades.reduce(0) { $0 + $1.net }
        case .calmar:
            let series = series()
            return series.calmar(Drawdown(series)).value
        case .sqn: return NetResults(trades).systemQuality.value
        case .profitFactor: return PlaybookResearch.profitFactor(trades).value
        }
    }
}

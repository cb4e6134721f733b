/// Falls of the equity at session closes from its running peak, which starts at the capital.
///
/// Sources: M. Magdon-Ismail and A. Atiya, "Maximum Drawdown", Risk 17(10), 2004; P. Martin and B. McCann, "The Investor's
/// Guide to Fidelity Funds" (1989) for the Ulcer index.
public struct Drawdown: Sendable, Hashable {
    /// The deepest in USD; 0 without a fall.
    public private(set) var usd = 0.0
    /// The deepest in % of its peak, which may be another fall.
    public private(set) var percent = 0.0
    /// Sessions of the deepest in USD, the first among equals: from its peak to its recovery, or to the end.
    public private(set) var sessions: Figure = .absent(.noDrawdown)
    /// Of these, from the lowest close on; absent when it is not recovered.
    public private(set) var recovery: Figure = .absent(.noDrawdown)
    /// Root mean square over all sessions of the falls in %.
    public private(set) var ulcer = 0.0

    /// The falls of `series`.
    public init(_ series: ReturnSeries) { self.init(series.equity, capital: series.capital) }

    /// The falls of an equity at session closes.
    init(_ equity: [Double], capital: Double) {
        guard !equity.isEmpty else { return }
        var (peak, peakPlace) = (capital, -1)
        var (deepestPeak, deepestPlace, lowest) = (capital, -1, -1)
        var squares = 0.0
        for (place, value) in equity.enumerated() {
            if value >= peak { (peak, peakPlace) = (value, place) }
            let fall = peak - value
            let share = peak > 0 ? fall / peak * 100 : 0
            squares += share * share
            percent = max(percent, share)
            if fall > usd { (usd, deepestPeak, deepestPlace, lowest) = (fall, peak, peakPlace, place) }
        }
        ulcer = (squares / Double(equity.count)).squareRoot()
        guard usd > 0 else { return }
        if let recovered = equity[lowest...].firstIndex(where: { $0 >= deepestPeak }) {
            sessions = .value(Double(recovered - deepestPlace))
            recovery = .value(Double(recovered - lowest))
        } else {
            sessions = .value(Double(equity.count - 1 - deepestPlace))
            recovery = .absent(.notRecovered)
        }
    }
}

import PlaybookCore

/// 95% intervals of a run.
public struct NetIntervals: Sendable {
    /// Of the expectancy in net R, in USD without stops; nil where it is absent.
    public let expectancy: ClosedRange<Double>?
    /// Of the mean net P&L of a trade, in USD.
    public let meanNet: ClosedRange<Double>?
    /// Of the profit factor.
    public let profitFactor: ClosedRange<Double>?
    /// Of the annual Sharpe ratio: +-1.96 standard errors.
    public private(set) var sharpe: ClosedRange<Double>?
    /// Why the intervals of trades are absent; nil where they are not.
    public let absence: Absence?

    /// The intervals of a series and the trades that made it, from `draws` draws of the sessions that traded.
    public init(_ series: ReturnSeries, trades: [TradeOutcome], draws: Int = 4_000, seed: UInt64 = 1) {
        let results = trades.map {
            BootstrapIntervals.Outcome(session: Int($0.session), r: $0.netR, net: $0.net)
        }
        let found = BootstrapIntervals(results, draws: draws, seed: seed)
        let isInR = NetResults(trades).isInR
        expectancy = isInR ? found?.expectancy : found?.meanNet
        meanNet = found?.meanNet
        profitFactor = found?.profitFactor
        sharpe = Self.sharpe(series)
        let least = BootstrapIntervals.leastWinners
        absence =
            found != nil
            ? nil : trades.count(where: { $0.net > 0 }) < least ? .fewWinners : .fewLosers
    }

    /// The intervals of another series of the same trades, which are not drawn again.
    public func over(_ series: ReturnSeries) -> NetIntervals {
        var intervals = self
        intervals.sharpe = Self.sharpe(series)
        return intervals
    }

    private static func sharpe(_ series: ReturnSeries) -> ClosedRange<Double>? {
        guard let ratio = series.sharpe.value, let error = series.sharpeError.value else { return nil }
        let half = NormalDistribution.limits95.high * error
        return (ratio - half)...(ratio + half)
    }
}

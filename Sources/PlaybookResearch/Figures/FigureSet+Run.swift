extension FigureSet {
    /// The figures of a series alone.
    public init(_ series: ReturnSeries) {
        self.init()
        let equity = series.equity
        let drawdown = Drawdown(equity, capital: series.capital)
        self[.net] = .value((equity.last ?? series.capital) - series.capital)
        self[.sharpe] = series.sharpe
        self[.sharpeError] = series.sharpeError
        self[.sortino] = series.sortino
        self[.t] = series.t
        self[.cagr] = series.cagr
        self[.calmar] = series.calmar(drawdown)
        self[.maxDrawdownUSD] = .value(drawdown.usd)
        self[.maxDrawdownPercent] = .value(drawdown.percent)
        self[.drawdownSessions] = drawdown.sessions
        self[.recoverySessions] = drawdown.recovery
        self[.ulcer] = .value(drawdown.ulcer)
    }

    /// The figures of a series and of the trades that made it.
    ///
    /// - Parameter minutes: how many minutes all sessions of the range have.
    public init(_ series: ReturnSeries, trades: [TradeOutcome], minutes: Int) {
        self.init(series)
        let results = NetResults(trades)
        self[.net] = .value(trades.reduce(0) { $0 + $1.net })
        self[.expectancy] = results.expectancy
        self[.profitFactor] = profitFactor(trades)
        self[.winRate] =
            trades.isEmpty
            ? .absent(.noTrades) : .value(Double(trades.count { $0.net > 0 }) / Double(trades.count))
        self[.exposure] = exposure(trades, minutes: minutes)
        self[.sqn] = results.systemQuality
        self[.kelly] = results.kelly
    }
}

/// Gross profit / gross loss, after costs. Source: R. Pardo, "The Evaluation and Optimization of Trading Strategies" (2008).
func profitFactor(_ trades: some Collection<TradeOutcome>) -> Figure {
    guard !trades.isEmpty else { return .absent(.noTrades) }
    let (profit, loss) = trades.reduce((0.0, 0.0)) { ($0.0 + max(0, $1.net), $0.1 - min(0, $1.net)) }
    return loss > 0 ? .value(profit / loss) : .absent(.noLoser)
}

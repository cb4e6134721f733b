extension JournalRow {
    /// The row of a session's outcome.
    ///
    /// - Parameters:
    ///   - context: what is the same for all rows of a run.
    ///   - dataID: digest of the bars that decided the outcome.
    init(_ outcome: Backtest.Outcome, context: JournalContext, dataID: String) {
        let decision = outcome.decision
        let slice = context.history.slices[outcome.slice]
        let decimals = PriceDecimals(sessionOpen: slice.bars.isEmpty ? 1 : slice.firstOpen)
        func time(_ bar: Int?) -> TimeOfDay? { bar.map { context.time(of: $0, in: slice) } }
        self.init(
            tradeDate: slice.session.date, symbol: context.history.symbol, strategy: context.name,
            parametersID: context.parametersID, trades: outcome.trade == nil ? 0 : 1, trendValid: decision.trendValid,
            trendAverage: decision.trendAverage.map { journalRounded($0, decimals) },
            window: slice.bars.isEmpty ? "" : context.window, pullbackTime: time(decision.pullbackBar),
            reversalTime: time(decision.reversalBar), reversalStrong: decision.reversalStrong,
            confirmationTime: time(decision.confirmationBar), side: .long, noTrade: context.code(outcome),
            notes: context.note(outcome), market: TradingCalendar.nyseMarket,
            completeness: (slice.completeness * 10_000).rounded(.toNearestOrEven) / 10_000,
            parameters: context.parameters, dataSource: context.dataSource, dataID: dataID, runID: context.runID,
            decimals: decimals)
        guard let fill = outcome.trade else { return }
        let trade = context.trade(fill, decision, slice, decimals)
        self.trade = trade
        notes =
            switch fill.reason {
            case .stopLoss: "stopped out at \(trade.exitTime)"
            case .stopGap: "opened below the stop at \(trade.exitTime) and filled there"
            case .endOfDay: "closed at the exit time, bar \(trade.exitTime)"
            case .sessionEnd: "closed at the session's last bar \(trade.exitTime): no bar reached the exit time"
            }
    }
}

/// What is the same for all rows that a run writes about one symbol.
struct JournalContext {
    let history: BarHistory
    let strategy: any Strategy
    let name: String
    let parametersID: String
    let parameters: String
    let window: String
    let sizing: Sizing
    let dataSource: String
    let runID: String

    /// Why there is no trade, in words; empty when there is one.
    func note(_ outcome: Backtest.Outcome) -> String {
        let slice = history.slices[outcome.slice]
        if slice.bars.isEmpty { return "no bars" }
        switch outcome.refusal {
        case .tooFewBars(let bar, let present, let due):
            return
                "too few bars: \(present) of the \(due) due from \(NewYorkTime.timeOfDay(of: slice.session.open)) through "
                + "\(time(of: bar, in: slice))"
        case .noBar(let bar): return "not filled: no bar came after \(time(of: bar, in: slice)), when it was ordered"
        case .tooLate(let bar):
            return "not filled: the next bar opens at \(time(of: bar, in: slice)), not before the exit time"
        case nil: break
        }
        return outcome.decision.reason.map { strategy.explanation(of: $0, in: slice, of: history) } ?? ""
    }

    /// Why there is no trade, as a code; empty when there is one.
    func code(_ outcome: Backtest.Outcome) -> String {
        if history.slices[outcome.slice].bars.isEmpty { return NoTradeCode.noBars }
        return switch outcome.refusal {
        case .tooFewBars: NoTradeCode.tooFewBars
        case .noBar, .tooLate: NoTradeCode.expired
        case nil: outcome.decision.reason.map(strategy.code) ?? ""
        }
    }

    /// The columns of a trade.
    func trade(
        _ fill: Trade, _ decision: Decision, _ slice: SessionSlice, _ decimals: PriceDecimals
    ) -> ClosedTrade {
        func price(_ value: Double) -> Double { journalRounded(value, decimals) }
        let entryTime = time(of: fill.entryBar, in: slice)
        let openTime = NewYorkTime.timeOfDay(of: slice.session.open)
        let shares = Double(sizing.shares)
        let gross = (fill.exit - fill.entry) * shares
        let costs = sizing.costs(entry: fill.entry, exit: fill.exit)
        let (average, range) = (decision.order?.average, decision.order?.averageTrueRange)
        return ClosedTrade(
            side: .long, entryTime: entryTime, entryInstant: instant(of: fill.entryBar, in: slice),
            entry: price(fill.entry), shares: shares, average: average.map(price), trueRange: range.map(price),
            trueRangeFraction: range.map { journalRounded($0 / fill.entry) }, stop: fill.stop.map(price),
            entryBucket: ClosedTrade.bucket(of: entryTime),
            barsSinceOpen: Double((entryTime.minutes - openTime.minutes) * 60 / Int(history.timeframe.seconds)),
            exitTime: time(of: fill.exitBar, in: slice), exitInstant: instant(of: fill.exitBar, in: slice),
            exit: price(fill.exit), gross: journalRounded(gross), costs: journalRounded(costs),
            net: journalRounded(gross - costs), risk: fill.risk.map(price),
            rMultiple: fill.rMultiple.map { journalRounded($0) },
            distanceToAverage: average.map { journalRounded((fill.entry - $0) / $0 * 10_000) },
            exitReason: fill.reason.rawValue, mae: price(fill.mae), mfe: price(fill.mfe))
    }

    func time(of bar: Int, in slice: SessionSlice) -> TimeOfDay {
        NewYorkTime.timeOfDay(of: instant(of: bar, in: slice))
    }

    private func instant(of bar: Int, in slice: SessionSlice) -> Instant {
        Instant(secondsSinceEpoch: history.bars.times[slice.bars.lowerBound + bar])
    }
}

extension Backtest {
    /// Runs `strategy` and writes its outcomes down as journal rows.
    ///
    /// - Parameters:
    ///   - minimumCompleteness: where a smaller share of the bars due by the decision exists, 0 to 1, and more than one is
    ///     missing, the order is refused.
    ///   - dataSource: the journal's `data_source`.
    ///   - runID: the journal's `run_id`.
    public func journal(
        _ strategy: any Strategy, minimumCompleteness: Double = 0.95, dataSource: String, runID: String
    ) -> [JournalRow] {
        let context = JournalContext(
            history: history, strategy: strategy, name: type(of: strategy).descriptor.name,
            parametersID: strategy.parametersID, parameters: strategy.parameters.differences,
            window: strategy.entryWindow.map { "\($0.lowerBound)-\($0.upperBound)" } ?? "", sizing: strategy.sizing,
            dataSource: dataSource, runID: runID)
        let outcomes = run(strategy, minimumCompleteness: minimumCompleteness)
        return zip(outcomes, history.dataIDs(of: strategy)).map { outcome, dataID in
            JournalRow(outcome, context: context, dataID: dataID)
        }
    }
}

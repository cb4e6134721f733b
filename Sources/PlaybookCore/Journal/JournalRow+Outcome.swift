extension JournalRow {
    /// The row of a session's outcome.
    ///
    /// - Parameters:
    ///   - context: what is the same for all rows of a run.
    ///   - dataID: digest of the bars that decided the outcome.
    init(_ outcome: Backtest.Outcome, context: JournalContext, dataID: String) {
        let decision = outcome.decision
        let slice = context.history.slices[outcome.slice]
        let session = slice.session
        func time(_ bar: Int?) -> TimeOfDay? { bar.map { context.time(of: $0, in: slice) } }
        self.init(
            tradeDate: session.date, symbol: context.history.symbol, strategy: context.name,
            parametersID: context.parametersID, trendValid: decision.trendValid, trendAverage: decision.trendAverage,
            window: context.window, pullbackTime: time(decision.pullbackBar), reversalTime: time(decision.reversalBar),
            reversalStrong: decision.reversalStrong, confirmationTime: time(decision.confirmationBar), trade: nil,
            notes: context.note(outcome), isIncomplete: outcome.isIncomplete, dataSource: context.dataSource,
            dataID: dataID,
            runID: context.runID)
        guard let fill = outcome.trade else { return }
        let entryTime = context.time(of: fill.entryBar, in: slice)
        let exitTime = context.time(of: fill.exitBar, in: slice)
        let openTime = NewYorkTime.timeOfDay(of: session.open)
        trade = Fields(
            entryTime: entryTime,
            barsSinceOpen: (entryTime.minutes - openTime.minutes) * 60 / Int(context.history.timeframe.seconds),
            shares: context.sizing.shares, average: decision.order?.average,
            trueRange: decision.order?.averageTrueRange, exitTime: exitTime,
            costs: context.sizing.costs(entry: fill.entry, exit: fill.exit), fill: fill)
        notes =
            switch fill.reason {
            case .stopLoss: "stopped out at \(exitTime)"
            case .stopGap: "opened below the stop at \(exitTime) and filled there"
            case .endOfDay: "closed at the exit time, bar \(exitTime)"
            case .sessionEnd: "closed at the session's last bar \(exitTime): no bar reached the exit time"
            }
    }
}

/// What is the same for all rows that a run writes about one symbol.
struct JournalContext {
    let history: BarHistory
    let strategy: any Strategy
    let name: String
    let parametersID: String
    let window: ClosedRange<TimeOfDay>?
    let sizing: Sizing
    let dataSource: String
    let runID: String

    /// Why there is no trade; empty when there is one.
    func note(_ outcome: Backtest.Outcome) -> String {
        if outcome.isIncomplete {
            let slice = history.slices[outcome.slice]
            return JournalRecord.incompleteNote + "\(slice.bars.count) of \(slice.expectedBars) bars"
        }
        return outcome.decision.reason.map(strategy.explanation) ?? ""
    }

    func time(of bar: Int, in slice: SessionSlice) -> TimeOfDay {
        NewYorkTime.timeOfDay(
            of: Instant(secondsSinceEpoch: history.bars.times[slice.bars.lowerBound + bar]))
    }
}

extension Backtest {
    /// Runs `strategy` and writes its outcomes down as journal rows.
    ///
    /// - Parameters:
    ///   - minimumCompleteness: sessions with a smaller share of their bars, 0 to 1, are not traded.
    ///   - dataSource: the journal's `data_source`.
    ///   - runID: the journal's `run_id`.
    public func journal(
        _ strategy: any Strategy, minimumCompleteness: Double = 0.95, dataSource: String, runID: String
    ) -> [JournalRow] {
        let context = JournalContext(
            history: history, strategy: strategy, name: type(of: strategy).descriptor.name,
            parametersID: strategy.parametersID,
            window: strategy.entryWindow, sizing: strategy.sizing, dataSource: dataSource, runID: runID)
        let outcomes = run(strategy, minimumCompleteness: minimumCompleteness)
        return zip(outcomes, history.dataIDs(of: strategy)).map { outcome, dataID in
            JournalRow(outcome, context: context, dataID: dataID)
        }
    }
}

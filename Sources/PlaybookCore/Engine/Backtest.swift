/// Runs strategies over a history: decisions, then fills, session by session.
public struct Backtest: Sendable {
    let history: BarHistory

    /// A backtest over `history`.
    public init(history: BarHistory) { self.history = history }

    /// What happened in one session.
    public struct Outcome: Sendable {
        /// The session's place in the history's `slices`.
        public let slice: Int
        /// Whether the session had too few bars to be traded.
        public let isIncomplete: Bool
        /// What the strategy decided.
        public let decision: Decision
        /// The trade, if one was taken.
        public let trade: Trade?
    }

    /// Runs `strategy` over the requested sessions.
    ///
    /// - Parameter minimumCompleteness: sessions with a smaller share of their bars, 0 to 1, are not traded.
    /// - Returns: one outcome a requested session.
    public func run(_ strategy: any Strategy, minimumCompleteness: Double = 0.95) -> [Outcome] {
        var outcomes: [Outcome] = []
        outcomes.reserveCapacity(history.requested.count)
        run([strategy], minimumCompleteness: minimumCompleteness) { outcomes.append($1) }
        return outcomes
    }

    /// Runs several strategies, or one with many parameter sets, over the requested sessions. What they have in common,
    /// the indicator columns and the daily values, is computed once.
    ///
    /// - Parameters:
    ///   - minimumCompleteness: sessions with a smaller share of their bars, 0 to 1, are not traded.
    ///   - body: called for each session, and within it for each strategy, with the strategy's place and its outcome.
    public func run(
        _ strategies: [any Strategy], minimumCompleteness: Double = 0.95, _ body: (Int, Outcome) -> Void
    ) {
        guard history.bars.count > 0 else {
            for slice in history.requested {
                for index in strategies.indices {
                    body(index, Outcome(slice: slice, isIncomplete: true, decision: incomplete(slice), trade: nil))
                }
            }
            return
        }
        let slices = history.slices
        history.bars.withPointers { bars in
            let bank = IndicatorBank(history: history, bars: bars, indicators: strategies.flatMap(\.indicators))
            let players = strategies.map { Player(strategy: $0, columns: $0.indicators.map(bank.column)) }
            var daily = SessionIndicatorBank(history: history, indicators: strategies.map(\.sessionIndicators))
            withExtendedLifetime(bank) {
                for segment in history.segments {
                    bank.start(monthStart: segment.monthStart, first: segment.sessions.lowerBound, slices: slices)
                    for index in segment.sessions {
                        bank.open(slices[index])
                        daily.open(slices[index])
                        let tradable = slices[index].completeness >= minimumCompleteness - 1e-9
                        for (place, player) in players.enumerated() {
                            daily.withValues(of: place) { values in
                                player.columns.withUnsafeBufferPointer { columns in
                                    let view = SessionView(
                                        slice: slices[index], timeframe: history.timeframe, bars: bars,
                                        columns: columns.baseAddress, dailyValues: values)
                                    body(place, outcome(player.strategy, view, index, tradable))
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// A strategy and the columns it reads.
    private struct Player {
        let strategy: any Strategy
        let columns: [LazyColumn]
    }

    @inline(__always)
    private func outcome(
        _ strategy: any Strategy, _ view: borrowing SessionView, _ slice: Int, _ tradable: Bool
    ) -> Outcome {
        guard tradable, view.count > 0 else {
            return Outcome(
                slice: slice, isIncomplete: true, decision: incomplete(slice, strategy.beforeOpen(view)), trade: nil)
        }
        let decision = strategy.decide(view)
        guard let order = decision.order else {
            return Outcome(slice: slice, isIncomplete: false, decision: decision, trade: nil)
        }
        return Outcome(slice: slice, isIncomplete: false, decision: decision, trade: view.fill(order))
    }

    /// The decision about a session with too few bars.
    private func incomplete(_ slice: Int, _ beforeOpen: Decision = Decision()) -> Decision {
        let slice = history.slices[slice]
        return beforeOpen.noTrade("incomplete: \(slice.bars.count) of \(slice.expectedBars) bars")
    }
}

/// Runs strategies over a history: decisions, then fills, session by session.
public struct Backtest: Sendable {
    let history: BarHistory

    /// A backtest over `history`.
    public init(history: BarHistory) { self.history = history }

    /// What happened in one session.
    public struct Outcome: Sendable {
        /// The session's place in the history's `slices`.
        public let slice: Int
        /// What the strategy decided.
        public let decision: Decision
        /// The trade, if one was taken.
        public let trade: Trade?
        /// Why the strategy's order was not filled; nil when it was, or when there was none.
        public let refusal: Refusal?

        /// An outcome.
        init(slice: Int, decision: Decision, trade: Trade? = nil, refusal: Refusal? = nil) {
            self.slice = slice
            self.decision = decision
            self.trade = trade
            self.refusal = refusal
        }
    }

    /// Why an order was not filled; bars are indices within the session.
    public enum Refusal: Sendable, Hashable {
        /// Of the bars due from the session's open through `bar`, at which the order was decided, too few exist.
        case tooFewBars(through: Int, present: Int, due: Int)
        /// No bar came after `bar`, at which the order was decided.
        case noBar(after: Int)
        /// The bar to fill at opens at or after the time to leave.
        case tooLate(bar: Int)
    }

    /// Runs `strategy` over the requested sessions.
    ///
    /// - Parameter minimumCompleteness: where a smaller share of the bars due by the decision exists, 0 to 1, and more than
    ///   one is missing, the order is refused.
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
    ///   - minimumCompleteness: where a smaller share of the bars due by the decision exists, 0 to 1, and more than one is
    ///     missing, the order is refused. What is missing later changes nothing.
    ///   - body: called for each session, and within it for each strategy, with the strategy's place and its outcome.
    public func run(
        _ strategies: [any Strategy], minimumCompleteness: Double = 0.95, _ body: (Int, Outcome) -> Void
    ) {
        guard history.bars.count > 0 else {
            for slice in history.requested {
                for place in strategies.indices {
                    body(place, Outcome(slice: slice, decision: Decision()))
                }
            }
            return
        }
        let slices = history.slices
        history.bars.withPointers { bars in
            let bank = IndicatorBank(history: history, bars: bars, indicators: strategies.flatMap(\.indicators))
            let daily = SessionIndicatorBank(history: history, indicators: strategies.map(\.sessionIndicators))
            let players = strategies.enumerated().map { place, strategy in
                Player(
                    strategy: strategy, columns: strategy.indicators.map(bank.column), daily: daily.values(of: place))
            }
            withExtendedLifetime((bank, daily)) {
                for index in history.requested {
                    bank.open(index)
                    daily.open(slices[index])
                    for (place, player) in players.enumerated() {
                        let outcome = player.columns.withUnsafeBufferPointer { columns in
                            let view = SessionView(
                                slice: slices[index], timeframe: history.timeframe, bars: bars,
                                columns: columns.baseAddress, dailyValues: player.daily)
                            return player.outcome(view, index, minimumCompleteness)
                        }
                        body(place, outcome)
                    }
                }
            }
        }
    }
}

/// A strategy and what it reads.
private final class Player {
    let strategy: any Strategy
    let columns: [LazyColumn]
    let daily: UnsafePointer<Double?>

    init(strategy: any Strategy, columns: [LazyColumn], daily: UnsafePointer<Double?>) {
        self.strategy = strategy
        self.columns = columns
        self.daily = daily
    }

    func outcome(_ view: borrowing SessionView, _ slice: Int, _ minimumCompleteness: Double) -> Backtest.Outcome {
        var decision = Decision()
        // Nothing is evaluated in a session without a bar.
        guard view.count > 0 else { return Backtest.Outcome(slice: slice, decision: decision) }
        strategy.beforeOpen(view, &decision)
        strategy.decide(view, &decision)
        guard let order = decision.order else { return Backtest.Outcome(slice: slice, decision: decision) }
        if let refusal = view.refusal(of: order, minimumCompleteness) {
            return Backtest.Outcome(slice: slice, decision: decision, refusal: refusal)
        }
        return Backtest.Outcome(slice: slice, decision: decision, trade: view.fill(order))
    }
}

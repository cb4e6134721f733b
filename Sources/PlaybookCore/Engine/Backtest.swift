/// Runs playbooks over a history, session by session.
public struct Backtest: Sendable {
    let history: BarHistory

    /// A backtest over `history`.
    public init(history: BarHistory) { self.history = history }

    /// Runs several playbooks, or one with many parameter sets, over the requested sessions. What they have in common, the
    /// numbers and conditions of bars, is computed once. Nothing is allocated for a session.
    ///
    /// - Parameters:
    ///   - minimumCompleteness: where a smaller share of the bars due by the decision exists, 0 to 1, and more than one is
    ///     missing, an order is refused. What is missing later changes nothing.
    ///   - body: called for each session, and within it for each playbook, with the playbook's place, the session's place
    ///     in the history's `slices`, and its trades.
    public func run(
        _ playbooks: [Playbook], minimumCompleteness: Double = 0.95,
        _ body: (Int, Int, ContiguousArray<SessionTrade>) -> Void
    ) {
        walk(playbooks, minimumCompleteness: minimumCompleteness, events: { _, _ in NoObserver() }) {
            place, slice, run in
            body(place, slice, run.trades)
        } withoutBars: { place, slice in
            body(place, slice, [])
        }
    }

    /// What a playbook did in each requested session.
    ///
    /// - Parameter minimumCompleteness: where a smaller share of the bars due by the decision exists, 0 to 1, and more than
    ///   one is missing, an order is refused.
    public func outcomes(_ playbook: Playbook, minimumCompleteness: Double = 0.95) -> [SessionOutcome] {
        var outcomes: [SessionOutcome] = []
        outcomes.reserveCapacity(history.requested.count)
        walk(
            [playbook], minimumCompleteness: minimumCompleteness,
            events: { bank, places in SessionRecorder(playbook, bank, places) },
            body: { _, slice, run in outcomes.append(SessionOutcome(slice, &run)) },
            withoutBars: { _, slice in outcomes.append(SessionOutcome(slice: slice)) })
        return outcomes
    }

    /// Walks each requested session by each playbook's plan.
    private func walk<Events: RunObserver>(
        _ playbooks: [Playbook], minimumCompleteness: Double, events: (ColumnBank, PlanPlaces) -> Events,
        body: (Int, Int, inout SessionRun<ColumnBank, SimulatedFills, Events>) -> Void, withoutBars: (Int, Int) -> Void
    ) {
        guard history.bars.count > 0, !playbooks.isEmpty else {
            for slice in history.requested {
                for place in playbooks.indices { withoutBars(place, slice) }
            }
            return
        }
        var graph = SeriesGraph()
        let places = playbooks.map { playbook in
            PlanPlaces(
                numbers: playbook.numbers.map { graph.number($0) },
                conditions: playbook.conditions.map { graph.truth($0) })
        }
        let secondsPerBar = history.timeframe.seconds
        history.withBank(graph) { bank, finer in
            let resolved = playbooks.map { playbook in playbook.plan.resolve.map { finer.place(of: $0) } }
            let walks = zip(playbooks, places).map { playbook, places in
                PlanWalk(
                    SessionRun(
                        playbook.plan, values: bank, places: places, fills: SimulatedFills(),
                        events: events(bank, places), minimumCompleteness: minimumCompleteness))
            }
            for index in history.requested {
                let slice = history.slices[index]
                guard !slice.bars.isEmpty else {
                    for place in walks.indices { withoutBars(place, index) }
                    continue
                }
                bank.open(index)
                let hours = SessionHours(slice)
                let closed = ClosedBars(
                    bank.pointers, first: slice.bars.lowerBound, count: slice.bars.count, hours: hours,
                    secondsPerBar: secondsPerBar, isComplete: slice.bars.count == slice.expectedBars)
                for (place, walk) in walks.enumerated() {
                    walk.run.begin(hours)
                    walk.run.advance(closed, finer: resolved[place]?.closed(index, hours), isOver: true)
                    body(place, index, &walk.run)
                }
            }
        }
    }
}

/// A walk in a place of its own, so that several can stand in an array.
private final class PlanWalk<Events: RunObserver> {
    var run: SessionRun<ColumnBank, SimulatedFills, Events>

    init(_ run: consuming SessionRun<ColumnBank, SimulatedFills, Events>) { self.run = run }
}

extension SessionHours {
    /// The hours of a history's session.
    init(_ slice: SessionSlice) {
        let start = Double(TradingSession.openTime.minutes)
        self.init(
            open: slice.session.open.secondsSinceEpoch, start: start, end: start + Double(slice.session.minutes),
            isEarlyClose: slice.session.isEarlyClose, equality: slice.equality)
    }
}

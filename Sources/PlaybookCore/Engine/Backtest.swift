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
        if playbooks.count == 1, history.bars.count > 0 {
            return runSingle(playbooks[0], minimumCompleteness: minimumCompleteness, body)
        }
        walk(playbooks, minimumCompleteness: minimumCompleteness, events: { _, _ in TradesOnly() }) {
            place, slice, run in
            body(place, slice, run.trades)
        } withoutBars: { place, slice in
            body(place, slice, [])
        }
    }

    /// One graph of the numbers and conditions of several playbooks, and where each finds its own.
    static func graph(of playbooks: [Playbook]) -> (SeriesGraph, [PlanPlaces]) {
        if playbooks.count == 1 { return (playbooks[0].graph, [playbooks[0].places]) }
        var graph = SeriesGraph()
        let places = playbooks.indices.map { place in
            graph.places(numbers: playbooks[place].numbers, conditions: playbooks[place].conditions)
        }
        return (graph, places)
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
    func walk<Events: RunObserver>(
        _ playbooks: [Playbook], minimumCompleteness: Double, events: (ColumnBank, PlanPlaces) -> Events,
        body: (Int, Int, inout SessionRun<ColumnBank, SimulatedFills, Events>) -> Void, withoutBars: (Int, Int) -> Void
    ) {
        guard history.bars.count > 0, !playbooks.isEmpty else {
            for slice in history.requested {
                for place in playbooks.indices { withoutBars(place, slice) }
            }
            return
        }
        let (graph, places) = Self.graph(of: playbooks)
        let count = playbooks.count
        history.withBank(graph) { bank, finer in
            let resolves = playbooks.contains { $0.plan.resolve != nil }
            let resolved = playbooks.map { playbook in playbook.plan.resolve.map { finer.place(of: $0) } }
            // In memory of its own: the walks are copied nowhere.
            let runs = UnsafeMutablePointer<SessionRun<ColumnBank, SimulatedFills, Events>>.allocate(capacity: count)
            for (place, playbook) in playbooks.enumerated() {
                (runs + place).initialize(
                    to: SessionRun(
                        playbook.plan, values: bank, places: places[place], fills: SimulatedFills(),
                        events: events(bank, places[place]), minimumCompleteness: minimumCompleteness))
            }
            // The next session is looked up before the one at hand is walked: what was just written is slow to be read.
            let pair = UnsafeMutablePointer<SessionBars>.allocate(capacity: 2)
            let requested = history.requested
            for index in requested.lowerBound...requested.upperBound {
                if index < requested.upperBound {
                    (pair + index & 1).initialize(to: SessionBars(index, bank.source, bank.secondsPerBar))
                }
                guard index > requested.lowerBound else { continue }
                let session = pair + (index - 1) & 1
                guard session.pointee.count > 0 else {
                    for place in 0..<count { withoutBars(place, index - 1) }
                    continue
                }
                bank.open(index - 1)
                for place in 0..<count {
                    runs[place].begin(session.pointee.hours)
                    let finer = resolves ? resolved[place]?.closed(index - 1, session.pointee.hours) : nil
                    runs[place].advance(session.bars, finer: finer, isOver: true)
                    body(place, index - 1, &runs[place])
                }
            }
            pair.deallocate()
            runs.deinitialize(count: count)
            runs.deallocate()
        }
    }
}

extension SessionHours {
    /// The hours of a history's session.
    init(_ slice: SessionSlice) {
        self = withUnsafePointer(to: slice) { SessionHours($0) }
    }

    /// The same, read where it lies.
    @inline(__always)
    init(_ slice: UnsafePointer<SessionSlice>) {
        let start = Double(slice.pointee.session.start.minutes)
        self.init(
            open: slice.pointee.session.open.secondsSinceEpoch, start: start,
            end: start + Double(slice.pointee.session.minutes), isEarlyClose: slice.pointee.session.isEarlyClose,
            equality: slice.pointee.equality, pause: slice.pointee.session.pause)
    }
}

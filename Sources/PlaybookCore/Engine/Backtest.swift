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
        walk(playbooks, minimumCompleteness: minimumCompleteness, events: { _, _ in TradesOnly() }) {
            place, slice, run in
            body(place, slice, run.trades)
        } withoutBars: { place, slice in
            body(place, slice, [])
        }
    }

    /// Runs many parameter sets over the requested sessions for their trades alone. The numbers and conditions of bars are
    /// kept for all of them, so it takes more memory than `run` and less time. Nothing is allocated for a session.
    ///
    /// - Parameters:
    ///   - minimumCompleteness: as in `run`.
    ///   - body: called for each trade, the sets one after the other and the sessions in their order, with the playbook's
    ///     place and the session's place in the history's `slices`.
    public func sweep(
        _ playbooks: [Playbook], minimumCompleteness: Double = 0.95, _ body: (Int, Int, SessionTrade) -> Void
    ) {
        guard history.bars.count > 0, !playbooks.isEmpty else { return }
        let (graph, places) = Self.graph(of: playbooks)
        HistoryColumns.with(graph, over: history) { columns in
            let sessions = SessionBarList(history.requested, columns.source, columns.secondsPerBar)
            defer { sessions.deallocate() }
            for (place, playbook) in playbooks.enumerated() {
                var run = SessionRun(
                    playbook.plan, values: columns, places: places[place], fills: SimulatedFills(),
                    events: TradesOnly(), minimumCompleteness: minimumCompleteness)
                for index in 0..<sessions.count {
                    let session = sessions.first + index
                    columns.open(session.pointee.slice)
                    run.begin(session.pointee.hours)
                    run.advance(session.bars, isOver: true)
                    for trade in 0..<run.trades.count { body(place, session.pointee.slice, run.trades[trade]) }
                }
            }
        }
    }

    /// One graph of the numbers and conditions of several playbooks, and where each finds its own.
    private static func graph(of playbooks: [Playbook]) -> (SeriesGraph, [PlanPlaces]) {
        var graph = SeriesGraph()
        let places = playbooks.map { playbook in
            PlanPlaces(
                numbers: playbook.numbers.map { graph.number($0) },
                conditions: playbook.conditions.map { graph.truth($0) })
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
        let (graph, places) = Self.graph(of: playbooks)
        let count = playbooks.count
        ColumnBank.with(graph, over: history) { bank in
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
                    runs[place].advance(session.bars, isOver: true)
                    body(place, index - 1, &runs[place])
                }
            }
            pair.deallocate()
            runs.deinitialize(count: count)
            runs.deallocate()
        }
    }
}

/// A session's hours and its bars, all of which have closed.
private struct SessionBars {
    /// The session's place in the history's `slices`.
    let slice: Int
    let count: Int
    let hours: SessionHours
    let bars: ClosedBars

    @inline(__always)
    init(_ slice: Int, _ source: ColumnSource, _ secondsPerBar: Int64) {
        let place = source.slices + slice
        self.slice = slice
        count = place.pointee.bars.count
        hours = SessionHours(place)
        bars = ClosedBars(
            source.pointers, first: place.pointee.bars.lowerBound, count: count, hours: hours,
            secondsPerBar: secondsPerBar, isComplete: count == place.pointee.expectedBars)
    }
}

extension UnsafeMutablePointer<SessionBars> {
    /// Where the bars lie.
    @inline(__always)
    fileprivate var bars: UnsafePointer<ClosedBars> {
        UnsafeRawPointer(self).advanced(by: MemoryLayout<SessionBars>.offset(of: \SessionBars.bars) ?? 0)
            .assumingMemoryBound(to: ClosedBars.self)
    }
}

/// The sessions of some slices that have bars, at an address of their own.
private struct SessionBarList {
    let first: UnsafeMutablePointer<SessionBars>
    private(set) var count = 0

    init(_ slices: Range<Int>, _ source: ColumnSource, _ secondsPerBar: Int64) {
        first = .allocate(capacity: max(1, slices.count))
        for slice in slices where !source.slices[slice].bars.isEmpty {
            (first + count).initialize(to: SessionBars(slice, source, secondsPerBar))
            count += 1
        }
    }

    func deallocate() { first.deallocate() }
}

extension SessionHours {
    /// The hours of a history's session.
    init(_ slice: SessionSlice) {
        self = withUnsafePointer(to: slice) { SessionHours($0) }
    }

    /// The same, read where it lies.
    @inline(__always)
    fileprivate init(_ slice: UnsafePointer<SessionSlice>) {
        let start = Double(TradingSession.openTime.minutes)
        self.init(
            open: slice.pointee.session.open.secondsSinceEpoch, start: start,
            end: start + Double(slice.pointee.session.minutes), isEarlyClose: slice.pointee.session.isEarlyClose,
            equality: slice.pointee.equality)
    }
}

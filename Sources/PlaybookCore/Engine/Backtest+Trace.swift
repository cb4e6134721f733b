/// What happened in a session, step by step, for people who want to know why.
package struct SessionTrace: Sendable {
    /// The session's place in the history's `slices`.
    package let slice: Int
    /// What its rows tell.
    package let outcome: SessionOutcome
    /// What happened, in order.
    package let events: [RunEvent]
    /// The numbers that were watched, bar by bar; one that is the same in the whole session is there once.
    package let numbers: [[Double]]
    /// The conditions that were watched, likewise; nil is unknown.
    package let conditions: [[Bool?]]
}

/// Keeps what a row needs and all events.
private struct TraceRecorder: RunObserver {
    static var isListening: Bool { true }
    var events: [RunEvent] = []

    mutating func begin() { events = [] }

    mutating func receive(_ event: RunEvent) { events.append(event) }
}

extension Backtest {
    /// Runs a playbook over the requested sessions and tells what happened, with some numbers and conditions at each bar.
    package func trace(
        _ playbook: Playbook, numbers: [Series], conditions: [Condition], minimumCompleteness: Double = 0.95
    ) -> [SessionTrace] {
        let outcomes = outcomes(playbook, minimumCompleteness: minimumCompleteness)
        guard history.bars.count > 0 else {
            return outcomes.map {
                SessionTrace(slice: $0.slice, outcome: $0, events: [], numbers: [], conditions: [])
            }
        }
        var (graph, places) = Self.graph(of: [playbook])
        let watched = numbers.map { graph.number($0) }
        let looked = conditions.map { graph.truth($0) }
        var traces: [SessionTrace] = []
        history.withBank(graph) { bank, finer in
            let resolved = playbook.plan.resolve.map { finer.place(of: $0) }
            var run = SessionRun(
                playbook.plan, values: bank, places: places[0], fills: SimulatedFills(), events: TraceRecorder(),
                minimumCompleteness: minimumCompleteness)
            let sessions = UnsafeMutablePointer<SessionBars>.allocate(capacity: 1)
            defer { sessions.deallocate() }
            for outcome in outcomes {
                sessions.initialize(to: SessionBars(outcome.slice, bank.source, bank.secondsPerBar))
                let count = sessions.pointee.count
                guard count > 0 else {
                    traces.append(
                        SessionTrace(slice: outcome.slice, outcome: outcome, events: [], numbers: [], conditions: []))
                    continue
                }
                bank.open(outcome.slice)
                run.begin(sessions.pointee.hours)
                run.advance(
                    sessions.bars, finer: resolved?.closed(outcome.slice, sessions.pointee.hours), isOver: true)
                traces.append(
                    SessionTrace(
                        slice: outcome.slice, outcome: outcome, events: run.events.events,
                        numbers: watched.map { ref in
                            graph.isKnownAtOpen(ref)
                                ? [bank.sessionNumber(ref)] : (0..<count).map { bank.number(ref, $0) }
                        },
                        conditions: looked.map { ref in
                            graph.isKnownAtOpen(ref)
                                ? [bank.sessionTruth(ref)] : (0..<count).map { bank.truth(ref, $0) }
                        }))
            }
        }
        return traces
    }
}

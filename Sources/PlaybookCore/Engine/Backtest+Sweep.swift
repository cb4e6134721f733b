extension Backtest {
    /// Runs many parameter sets over the requested sessions for their trades alone. What they have in common is done once:
    /// the numbers and conditions of bars, which are kept, and of sets that differ in stops, targets, sizes or costs alone
    /// the search for the entry. So it takes more memory than `run` and less time. Nothing is allocated for a session.
    ///
    /// - Parameters:
    ///   - minimumCompleteness: as in `run`.
    ///   - body: called for each trade with the playbook's place and the session's place in the history's `slices`; those
    ///     of a set come in their order, between them those of others.
    public func sweep(
        _ playbooks: [Playbook], minimumCompleteness: Double = 0.95, _ body: (Int, Int, SessionTrade) -> Void
    ) {
        guard history.bars.count > 0, !playbooks.isEmpty else { return }
        let (graph, places) = Self.graph(of: playbooks)
        history.withFinerBars { finer in
            HistoryColumns.with(graph, over: history) { columns in
                let sessions = SessionBarList(history.requested, columns.source, columns.secondsPerBar)
                defer { sessions.deallocate() }
                // Most sets have the same filters, which are looked at once.
                var passing: [[Int]: [SessionPlace]] = [:]
                for group in Self.groups(playbooks, places) {
                    let walks = SweepGroup(group, columns, finer, minimumCompleteness)
                    let filters = walks.filters
                    let passed = passing[filters] ?? walks.passing(sessions, columns)
                    passing[filters] = passed
                    walks.run(passed, columns, body)
                }
            }
        }
    }

    /// The places of playbooks that enter alike, which one search serves. Few enough that their walks stay in the
    /// processor's caches.
    private static func groups(_ playbooks: [Playbook], _ places: [PlanPlaces]) -> [[SweepPlan]] {
        var groups: [[SweepPlan]] = []
        var open: [[UInt64]: Int] = [:]
        for (place, playbook) in playbooks.enumerated() {
            let plan = SweepPlan(place: place, plan: CompiledPlan(playbook.plan, places[place]))
            guard let key = plan.plan.entryKey else {
                groups.append([plan])
                continue
            }
            if let group = open[key], groups[group].count < 64 {
                groups[group].append(plan)
            } else {
                open[key] = groups.count
                groups.append([plan])
            }
        }
        return groups
    }
}

/// A set's plan and its place among the sets.
private struct SweepPlan {
    let place: Int
    let plan: CompiledPlan
}

/// Where the bars and hours of a session are.
private typealias SessionPlace = UnsafeMutablePointer<SessionBars>

/// Walks of playbooks that enter alike: the first one looks for the entry.
private final class SweepGroup {
    private typealias Walk = SessionRun<HistoryColumns, SimulatedFills, TradesOnly>

    private let places: [Int]
    private let walks: UnsafeMutablePointer<Walk>
    /// The finer bars of each walk whose plan says `resolve`; empty where none does.
    private let finer: [FinerBars.Place?]

    init(
        _ group: [SweepPlan], _ columns: HistoryColumns, _ finer: [FinerBars.Place], _ minimumCompleteness: Double
    ) {
        places = group.map(\.place)
        let resolved = group.map { set in set.plan.plan.resolve.map { finer.place(of: $0) } }
        self.finer = resolved.contains { $0 != nil } ? resolved : []
        walks = .allocate(capacity: group.count)
        for (walk, set) in group.enumerated() {
            (walks + walk).initialize(
                to: SessionRun(
                    set.plan, values: columns, fills: SimulatedFills(), events: TradesOnly(),
                    minimumCompleteness: minimumCompleteness))
        }
    }

    deinit {
        walks.deinitialize(count: places.count)
        walks.deallocate()
    }

    /// The places of the filters' conditions.
    var filters: [Int] {
        (0..<walks[0].plan.filterCount).map { walks[0].plan.filters[$0].index }
    }

    /// The sessions whose filters are all true.
    func passing(_ sessions: SessionBarList, _ columns: HistoryColumns) -> [SessionPlace] {
        (0..<sessions.count).map { sessions.first + $0 }.filter { session in
            columns.open(session.pointee.slice)
            return walks[0].passesFilters()
        }
    }

    /// Runs the sessions whose filters are true.
    func run(_ sessions: [SessionPlace], _ columns: HistoryColumns, _ body: (Int, Int, SessionTrade) -> Void) {
        let isShared = walks[0].plan.isAlone
        let isInBits = walks[0].stepsAreBits
        places.withUnsafeBufferPointer { places in
            for session in sessions {
                let slice = session.pointee.slice
                columns.open(slice)
                if isShared {
                    guard
                        isInBits
                            ? walks[0].findEntryInBits(session)
                            : walks[0].findEntry(session)
                    else { continue }
                } else {
                    walks[0].begin(session.pointee.hours)
                }
                for walk in 1..<max(1, places.count) {
                    walks[walk].begin(session.pointee.hours)
                    walks[walk].follow(walks[0])
                }
                for walk in 0..<places.count {
                    let closed = finer.isEmpty ? nil : finer[walk]?.closed(slice, session.pointee.hours)
                    walks[walk].advance(session.bars, finer: closed, isOver: true)
                    let count = walks[walk].trades.count
                    for trade in 0..<count { body(places[walk], slice, walks[walk].trades[trade]) }
                }
            }
        }
    }
}

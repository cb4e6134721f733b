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
                for group in Self.groups(playbooks, places) {
                    let walks = SweepGroup(group, playbooks, places, columns, finer, minimumCompleteness)
                    walks.run(sessions, columns, body)
                }
            }
        }
    }

    /// The places of playbooks that enter alike, which one search serves. Few enough that their walks stay in the
    /// processor's caches.
    private static func groups(_ playbooks: [Playbook], _ places: [PlanPlaces]) -> [[Int]] {
        var groups: [[Int]] = []
        var open: [[UInt64]: Int] = [:]
        for (place, playbook) in playbooks.enumerated() {
            guard let key = CompiledPlan(playbook.plan, places[place]).entryKey else {
                groups.append([place])
                continue
            }
            if let group = open[key], groups[group].count < 64 {
                groups[group].append(place)
            } else {
                open[key] = groups.count
                groups.append([place])
            }
        }
        return groups
    }
}

/// Walks of playbooks that enter alike: the first one looks for the entry.
private final class SweepGroup {
    private typealias Walk = SessionRun<HistoryColumns, SimulatedFills, TradesOnly>

    private let places: [Int]
    private let walks: UnsafeMutablePointer<Walk>
    /// The finer bars of each walk whose plan says `resolve`; empty where none does.
    private let finer: [FinerBars.Place?]

    init(
        _ group: [Int], _ playbooks: [Playbook], _ places: [PlanPlaces], _ columns: HistoryColumns,
        _ finer: [FinerBars.Place], _ minimumCompleteness: Double
    ) {
        self.places = group
        let resolved = group.map { place in playbooks[place].plan.resolve.map { finer.place(of: $0) } }
        self.finer = resolved.contains { $0 != nil } ? resolved : []
        walks = .allocate(capacity: group.count)
        for (walk, place) in group.enumerated() {
            (walks + walk).initialize(
                to: SessionRun(
                    playbooks[place].plan, values: columns, places: places[place], fills: SimulatedFills(),
                    events: TradesOnly(), minimumCompleteness: minimumCompleteness))
        }
    }

    deinit {
        walks.deinitialize(count: places.count)
        walks.deallocate()
    }

    func run(_ sessions: SessionBarList, _ columns: HistoryColumns, _ body: (Int, Int, SessionTrade) -> Void) {
        let isShared = walks[0].plan.isAlone
        places.withUnsafeBufferPointer { places in
            for index in 0..<sessions.count {
                let session = sessions.first + index
                let slice = session.pointee.slice
                columns.open(slice)
                walks[0].begin(session.pointee.hours)
                if isShared, !walks[0].findEntry(session.bars) { continue }
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

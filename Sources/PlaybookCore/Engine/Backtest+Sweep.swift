extension Backtest {
    /// Runs many parameter sets over the requested sessions for their trades alone. What they have in common is done once:
    /// the numbers and conditions of bars, the search for the entry of sets that enter alike, and the trades of sets that
    /// differ in nothing but how they enter, and come to the same entry. So it takes more memory than `run` and less time.
    /// Nothing is allocated for a session.
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
                var entries = SweepEntries()
                var (inBits, others): ([SweepPlan], [SweepPlan]) = ([], [])
                for place in playbooks.indices {
                    var plan = SweepPlan(place: place, plan: CompiledPlan(playbooks[place].plan, places[place]))
                    if columns.bank.hasBits(of: plan.plan) {
                        plan.search = entries.add(plan.plan)
                        inBits.append(plan)
                    } else {
                        others.append(plan)
                    }
                }
                if !inBits.isEmpty {
                    let sweep = BlockSweep(inBits, entries, columns, finer, minimumCompleteness)
                    sweep.run(sessions, body)
                }
                Self.sweep(others, over: sessions, columns, finer, minimumCompleteness, body)
            }
        }
    }

    /// Runs sets whose entries are not looked for in bits, those that enter alike together.
    private static func sweep(
        _ plans: [SweepPlan], over sessions: SessionBarList, _ columns: HistoryColumns, _ finer: [FinerBars.Place],
        _ minimumCompleteness: Double, _ body: (Int, Int, SessionTrade) -> Void
    ) {
        // Most sets have the same filters, which are looked at once.
        var passing: [[Int]: [SessionPlace]] = [:]
        // A search serves playbooks that enter alike; few enough that their walks stay in the processor's caches.
        for group in plans.grouped(by: \.entryKey, atMost: 64) {
            let walks = SweepGroup(group, columns, finer, minimumCompleteness)
            let filters = walks.filters
            let passed = passing[filters] ?? walks.passing(sessions, columns)
            passing[filters] = passed
            walks.run(passed, columns, body)
        }
    }
}

/// A set's plan and its place among the sets.
struct SweepPlan {
    let place: Int
    let plan: CompiledPlan
    /// Which of the searches of a `SweepEntries` is its own.
    var search = 0
}

extension [SweepPlan] {
    /// Groups sets with the same key, at most so many; a set without a key is a group of its own.
    func grouped(by key: (CompiledPlan) -> [UInt64]?, atMost most: Int = .max) -> [[SweepPlan]] {
        var groups: [[SweepPlan]] = []
        var open: [[UInt64]: Int] = [:]
        for set in self {
            let key = key(set.plan)
            if let key, let group = open[key], groups[group].count < most {
                groups[group].append(set)
            } else {
                if let key { open[key] = groups.count }
                groups.append([set])
            }
        }
        return groups
    }
}

/// Where the bars and hours of a session are.
private typealias SessionPlace = UnsafeMutablePointer<SessionBars>

/// Walks of playbooks that enter alike: the first one looks for the entry.
private final class SweepGroup {
    private let places: [Int]
    private let walks: UnsafeMutablePointer<SweepWalk>
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
            (walks + walk).initialize(to: SweepWalk(set.plan, columns, minimumCompleteness))
        }
    }

    deinit {
        walks.deinitialize(count: places.count)
        walks.deallocate()
    }

    /// The places of the filters' conditions.
    var filters: [Int] { walks[0].plan.filterPlaces }

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
        places.withUnsafeBufferPointer { places in
            for session in sessions {
                let slice = session.pointee.slice
                columns.open(slice)
                if isShared {
                    guard walks[0].findEntry(session) else { continue }
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

/// A walk of a sweep.
typealias SweepWalk = SessionRun<HistoryColumns, SimulatedFills, TradesOnly>

extension SweepWalk {
    /// A walk by a plan made ready for the columns.
    init(_ plan: CompiledPlan, _ columns: HistoryColumns, _ minimumCompleteness: Double) {
        self.init(
            plan, values: columns, fills: SimulatedFills(), events: TradesOnly(),
            minimumCompleteness: minimumCompleteness)
    }
}

/// Sets whose steps are bits of bars, walked block by block of sessions: first the entries of all of them are looked for,
/// then their trades are walked.
///
/// What comes of an entry is the same for all sets that differ in nothing but what leads to it. So a trade is walked once
/// for all of them that come to it.
final class BlockSweep {
    private let outcomes: [SweepOutcome]
    private let block: EntryBlock
    private let columns: HistoryColumns
    private let memory: TradeMemory

    init(
        _ sets: [SweepPlan], _ entries: SweepEntries, _ columns: HistoryColumns, _ finer: [FinerBars.Place],
        _ minimumCompleteness: Double
    ) {
        self.columns = columns
        block = EntryBlock(entries)
        memory = TradeMemory(bars: columns.source.mostBars)
        outcomes = sets.grouped(by: \.outcomeKey).map { SweepOutcome($0, columns, finer, minimumCompleteness) }
    }

    /// Runs the sessions in their order.
    func run(_ sessions: SessionBarList, _ body: (Int, Int, SessionTrade) -> Void) {
        var first = 0
        while first < sessions.count {
            let count = min(EntryBlock.sessions, sessions.count - first)
            block.find(UnsafeBufferPointer(start: sessions.first + first, count: count), columns)
            for outcome in outcomes { outcome.run(sessions.first + first, block, columns, memory, body) }
            first += count
        }
    }
}

/// Sets that differ in nothing but what leads to their entry.
private final class SweepOutcome {
    private let places: [Int]
    private let searches: [Int]
    /// The walk of one of them, which serves all.
    private let walk: UnsafeMutablePointer<SweepWalk>
    private let finer: FinerBars.Place?

    init(_ sets: [SweepPlan], _ columns: HistoryColumns, _ finer: [FinerBars.Place], _ minimumCompleteness: Double) {
        places = sets.map(\.place)
        searches = sets.map(\.search)
        let plan = sets[0].plan
        self.finer = plan.plan.resolve.map { finer.place(of: $0) }
        walk = .allocate(capacity: 1)
        walk.initialize(to: SweepWalk(plan, columns, minimumCompleteness))
    }

    deinit {
        walk.deinitialize(count: 1)
        walk.deallocate()
    }

    /// Runs what was found in a block of sessions.
    func run(
        _ sessions: UnsafeMutablePointer<SessionBars>, _ block: EntryBlock, _ columns: HistoryColumns,
        _ memory: TradeMemory, _ body: (Int, Int, SessionTrade) -> Void
    ) {
        let isShared = places.count > 1
        if isShared { memory.forget() }
        for set in places.indices {
            var rest = block.found[searches[set]]
            while rest != 0 {
                let session = rest.trailingZeroBitCount
                rest &= rest &- 1
                let held = block.held(searches[set], session)
                let slice = sessions[session].slice
                if !isShared {
                    walk(sessions + session, held, columns)
                    let count = walk.pointee.trades.count
                    for trade in 0..<count { body(places[set], slice, walk.pointee.trades[trade]) }
                    continue
                }
                var trade = memory.trade(session, held, walk.pointee.plan)
                if trade == .unknown {
                    walk(sessions + session, held, columns)
                    trade = memory.keep(walk.pointee.trades.first, session, held, walk.pointee.plan)
                }
                if case .trade(let place) = trade { body(places[set], slice, memory[place]) }
            }
        }
    }

    /// Walks a session from the order on that steps lead to.
    private func walk(
        _ session: UnsafeMutablePointer<SessionBars>, _ held: UnsafePointer<Int32>, _ columns: HistoryColumns
    ) {
        columns.open(session.pointee.slice)
        if walk.pointee.order(session, after: held) {
            let closed = finer?.closed(session.pointee.slice, session.pointee.hours)
            walk.pointee.advance(session.bars, finer: closed, isOver: true)
        }
    }
}

extension Backtest {
    /// Runs one playbook for its trades alone.
    ///
    /// Most of the time would go by waiting for memory, so it goes by blocks of sessions: first it looks at the filters of
    /// all of them and asks for the memory that the sessions to be played will read, then it looks for their entries and
    /// asks for what their trades will read, and last it walks the trades.
    func runSingle(
        _ playbook: Playbook, minimumCompleteness: Double, _ body: (Int, Int, ContiguousArray<SessionTrade>) -> Void
    ) {
        history.withBank(playbook.graph) { bank, finer in
            let walk = SingleWalk(playbook, bank, finer, minimumCompleteness)
            var index = history.requested.lowerBound
            while index < history.requested.upperBound {
                let end = min(history.requested.upperBound, index + SingleWalk.block)
                walk.run(index..<end, body)
                index = end
            }
        }
    }
}

/// A walk of one playbook, block by block.
private final class SingleWalk {
    /// Sessions in a block: few enough that what is asked for is still in the processor's caches when it is read.
    static let block = 16

    private let bank: ColumnBank
    private let finer: FinerBars.Place?
    private let walk: UnsafeMutablePointer<SessionRun<ColumnBank, SimulatedFills, TradesOnly>>
    private let sessions: UnsafeMutablePointer<SessionBars>
    private let entries: UnsafeMutablePointer<FoundEntry>
    /// Of each entry the bars at which its steps held.
    private let marks: UnsafeMutablePointer<StepMark>
    private let stepCount: Int
    /// The steps where they are looked for in bits of bars, and the bars at which they hold.
    private let bitSteps: UnsafeMutablePointer<BitStep>
    private let held: UnsafeMutablePointer<Int32>
    private let isInBits: Bool

    init(_ playbook: Playbook, _ bank: ColumnBank, _ finer: [FinerBars.Place], _ minimumCompleteness: Double) {
        self.bank = bank
        self.finer = playbook.plan.resolve.map { finer.place(of: $0) }
        walk = .allocate(capacity: 1)
        walk.initialize(
            to: SessionRun(
                playbook.plan, values: bank, places: playbook.places, fills: SimulatedFills(), events: TradesOnly(),
                minimumCompleteness: minimumCompleteness))
        sessions = .allocate(capacity: Self.block)
        entries = .allocate(capacity: Self.block)
        stepCount = walk.pointee.plan.stepCount
        marks = .allocate(capacity: max(1, stepCount * Self.block))
        isInBits = bank.hasBits(of: walk.pointee.plan)
        bitSteps = .allocate(capacity: max(1, stepCount))
        held = .allocate(capacity: max(1, stepCount))
        if isInBits {
            for step in 0..<stepCount {
                (bitSteps + step).initialize(to: BitStep(walk.pointee.plan.setups[0].steps[step]))
            }
        }
    }

    deinit {
        walk.deinitialize(count: 1)
        walk.deallocate()
        sessions.deallocate()
        entries.deallocate()
        marks.deallocate()
        bitSteps.deallocate()
        held.deallocate()
    }

    /// Runs a block of the history's slices.
    func run(_ slices: Range<Int>, _ body: (Int, Int, ContiguousArray<SessionTrade>) -> Void) {
        let first = slices.lowerBound
        // The sessions that may have a trade, a bit each.
        var open = filtered(slices)
        let findsEntries = walk.pointee.plan.isAlone
        if findsEntries { open = entered(open, first) }
        for index in slices {
            let place = index - first
            guard open >> UInt64(place) & 1 != 0 else {
                body(0, index, [])
                continue
            }
            let session = sessions + place
            bank.open(index)
            walk.pointee.begin(session.pointee.hours)
            if findsEntries {
                walk.pointee.resume(entries[place], marks + place * stepCount)
            } else {
                walk.pointee.start(session)
            }
            walk.pointee.advance(session.bars, finer: finer?.closed(index, session.pointee.hours), isOver: true)
            body(0, index, walk.pointee.trades)
        }
    }

    /// The sessions whose filters are all true.
    private func filtered(_ slices: Range<Int>) -> UInt64 {
        var passed: UInt64 = 0
        for index in slices {
            let place = index - slices.lowerBound
            guard bank.source.slices[index].bars.count > 0 else { continue }
            bank.open(index)
            guard walk.pointee.passesFilters() else { continue }
            passed |= 1 << UInt64(place)
            (sessions + place).initialize(to: SessionBars(index, bank.source, bank.secondsPerBar))
            let looks = walk.pointee.firstLooks(sessions[place].count)
            bank.expect(index, looks)
            if !walk.pointee.plan.isAlone { bank.expectFills(index, looks, exit: walk.pointee.exitPlace) }
        }
        return passed
    }

    /// Of the sessions those in which the only setup orders.
    private func entered(_ open: UInt64, _ first: Int) -> UInt64 {
        var found: UInt64 = 0
        var rest = open
        while rest != 0 {
            let place = rest.trailingZeroBitCount
            rest &= rest &- 1
            let session = sessions + place
            bank.open(first + place)
            guard
                isInBits
                    ? walk.pointee.findEntryInBits(session, bitSteps, held)
                    : walk.pointee.findEntry(session)
            else { continue }
            found |= 1 << UInt64(place)
            (entries + place).initialize(to: walk.pointee.foundEntry)
            walk.pointee.copyMarks(to: marks + place * stepCount)
            bank.expectTrade(first + place, from: walk.pointee.played)
        }
        return found
    }
}

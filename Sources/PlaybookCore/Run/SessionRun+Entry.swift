// What leads to a session's first order depends on nothing that comes after it, so it may be looked for by itself.
extension SessionRun {
    /// Whether all filters are true in the session that the values are at.
    mutating func passesFilters() -> Bool {
        for place in 0..<plan.filterCount where values.sessionTruth(plan.filters[place]) != true { return false }
        return true
    }

    /// The bars of a session that are likely to be looked at first: those of the window, or its first ones.
    func firstLooks(_ count: Int) -> Range<Int> {
        let state = states[0]
        let first = min(state.firstPlace, count)
        return first..<max(first, min(count, first + (plan.isAlone ? 32 : 48), state.endPlace))
    }

    /// Walks the bars of a session that has begun up to its first order.
    ///
    /// - Parameter isFiltered: whether the filters are known to be true.
    /// - Returns: whether it came to an order. Otherwise the session is over without a trade.
    mutating func findEntry(_ closed: UnsafePointer<ClosedBars>, isFiltered: Bool = false) -> Bool {
        bars = closed
        defer { bars = nil }
        start(isFiltered: isFiltered)
        guard phase == .playing else { return false }
        seekAlone(closed)
        return states[0].hasOrder
    }

    /// Starts a session that has begun and whose filters are known to be true.
    mutating func start(_ session: UnsafeMutablePointer<SessionBars>) {
        bars = session.bars
        start(isFiltered: true)
        bars = nil
    }

    /// Begins a session whose filters are known to be true, and walks its bars up to its first order.
    mutating func findEntry(_ session: UnsafeMutablePointer<SessionBars>) -> Bool {
        begin(session.pointee.hours)
        return findEntry(session.bars, isFiltered: true)
    }

    /// Comes, in a session that has begun, to the order that another walk has come to, whose plan has the same `entryKey`.
    mutating func follow(_ other: borrowing SessionRun) {
        play()
        (exitMinute, exitFrom, exitTo, exitPlace) = (other.exitMinute, other.exitFrom, other.exitTo, other.exitPlace)
        states[0] = other.states[0]
        marks.update(from: other.marks, count: plan.stepCount)
        played = other.played
        if !plan.hasConstantSize { setSize() }
    }

    /// What the walk has come to, for `resume`, beside the marks of the steps.
    var foundEntry: FoundEntry {
        FoundEntry(order: states[0].order, firstTested: states[0].firstTested, next: states[0].next, played: played)
    }

    /// Keeps the marks of the steps.
    func copyMarks(to memory: UnsafeMutablePointer<StepMark>) { memory.update(from: marks, count: plan.stepCount) }

    /// Comes, in a session that has begun anew, to the order that was found before.
    mutating func resume(_ entry: FoundEntry, _ steps: UnsafePointer<StepMark>) {
        _ = setTimes()
        play()
        let state = states
        state.pointee.restart()
        (state.pointee.isActive, state.pointee.hasOrder, state.pointee.held) = (true, true, plan.stepCount)
        (state.pointee.firstTested, state.pointee.next) = (entry.firstTested, entry.next)
        state.pointee.order = entry.order
        state.pointee.isDue = entry.order.kind == .market
        marks.update(from: steps, count: plan.stepCount)
        played = entry.played
        if !plan.hasConstantSize { setSize() }
    }
}

extension SessionRun {
    /// Comes, in a session whose filters are known to be true, to the order of steps that hold.
    ///
    /// - Parameter steps: the bars at which they do.
    /// - Returns: whether the last of them ordered. Otherwise the session is over without a trade.
    mutating func order(_ session: UnsafeMutablePointer<SessionBars>, after steps: UnsafePointer<Int32>) -> Bool {
        begin(session.pointee.hours)
        guard setTimes() else {
            phase = .over
            return false
        }
        play()
        let state = states
        state.pointee.restart()
        (state.pointee.isActive, state.pointee.held) = (true, plan.stepCount)
        for step in 0..<plan.stepCount { marks[step] = StepMark(bar: steps[step]) }
        if !plan.hasConstantSize { setSize() }
        let bar = Int(steps[plan.stepCount - 1])
        bars = session.bars
        decide(0, bar)
        bars = nil
        played = bar + 1
        return state.pointee.hasOrder
    }
}

extension SessionRun where Values == ColumnBank {
    /// The same as `findEntry`, for a session that the values are at and a plan whose steps are bits.
    ///
    /// - Parameter steps: those of the plan.
    mutating func findEntryInBits(
        _ session: UnsafeMutablePointer<SessionBars>, _ steps: UnsafePointer<BitStep>,
        _ held: UnsafeMutablePointer<Int32>
    ) -> Bool {
        let state = states
        let (hours, count) = (UnsafePointer(session).hours, session.pointee.count)
        let (first, end) = (min(state.pointee.firstPlace, count), min(state.pointee.endPlace, count))
        guard hasTimes, timesStart == hours.pointee.start, timesEnd == hours.pointee.end,
            timesEarly == hours.pointee.isEarlyClose, session.bars.pointee.isDense, first < end,
            end &- first <= ColumnBank.bitsAtOnce
        else { return findEntry(session) }
        return values.findSteps(steps, plan.stepCount, first, end, held) && order(session, after: held)
    }
}

/// Where the only setup of a plan has come to when it orders.
struct FoundEntry {
    let order: PlacedOrder
    let firstTested: Int
    let next: Int
    let played: Int
}

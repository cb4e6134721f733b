// What leads to a session's first order depends on nothing that comes after it, so plans that enter alike share the search.
extension CompiledPlan {
    /// What leads to the first order, as numbers: plans with the same ones order the same at the same bar. Nil where that
    /// cannot be told so.
    var entryKey: [UInt64]? {
        let setup = setups
        guard isAlone else { return nil }
        var terms = [exit, setup.pointee.windowFrom, setup.pointee.windowTo, setup.pointee.price, setup.pointee.until]
        var key = [
            UInt64(secondsPerBar), UInt64(setup.pointee.hasWindow ? 1 : 0), UInt64(setup.pointee.entry.rawValue),
            setup.pointee.sign.bitPattern, UInt64(setup.pointee.bars), UInt64(plan.isKnownBeforeOpen ? 1 : 0),
            UInt64(setup.pointee.stepCount), UInt64(filterCount),
        ]
        for step in 0..<setup.pointee.stepCount {
            terms += [setup.pointee.steps[step].when, setup.pointee.steps[step].quality]
            key += [UInt64(setup.pointee.steps[step].within), UInt64(setup.pointee.steps[step].restarts ? 1 : 0)]
        }
        for filter in 0..<filterCount { key.append(UInt64(filters[filter].index)) }
        for term in terms {
            // Programs may read what only one plan has.
            guard term.kind != .program, term.kind != .shifted else { return nil }
            key += [UInt64(term.kind.rawValue), UInt64(bitPattern: Int64(term.index)), term.value.bitPattern]
        }
        return key
    }
}

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
        marks.update(from: steps, count: plan.stepCount)
        played = entry.played
        if !plan.hasConstantSize { setSize() }
    }
}

/// Where the only setup of a plan has come to when it orders.
struct FoundEntry {
    let order: PlacedOrder
    let firstTested: Int
    let next: Int
    let played: Int
}

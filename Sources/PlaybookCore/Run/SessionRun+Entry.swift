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
            switch term.kind {
            // Programs may read what only one plan has.
            case .trade, .traded, .shifted, .program: return nil
            case .absent, .constant, .number, .sessionNumber, .truth, .sessionTruth: break
            }
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

// Where conditions are bits of bars a step is a few instructions.
extension SessionRun where Values: TruthBits {
    /// Whether the steps of the plan's only setup, and its times, allow `findEntryInBits`.
    var stepsAreBits: Bool {
        guard !Events.isListening, plan.isAlone, plan.hasConstantTimes else { return false }
        return (0..<plan.stepCount).allSatisfy { step in
            let (when, quality) = (plan.setups[0].steps[step].when, plan.setups[0].steps[step].quality)
            return isBits(when) && (quality.isAbsent || isBits(quality))
        }
    }

    private func isBits(_ term: Term) -> Bool { term.kind == .truth && values.isByBar(term.index) }

    /// The same as `findEntry`, for a session that the values are at. A session without an entry is not begun.
    mutating func findEntryInBits(_ session: UnsafeMutablePointer<SessionBars>) -> Bool {
        let state = states
        let (hours, count) = (UnsafePointer(session).hours, session.pointee.count)
        let (first, end) = (min(state.pointee.firstPlace, count), min(state.pointee.endPlace, count))
        guard hasTimes, timesStart == hours.pointee.start, timesEnd == hours.pointee.end,
            timesEarly == hours.pointee.isEarlyClose, session.bars.pointee.isDense, first < end,
            values.areBits(first, end)
        else { return findEntry(session) }
        let steps = plan.setups[0].steps
        // The first bar still to be looked at, and the bar of the step before.
        var (from, bar) = (first, 0)
        for place in 0..<plan.stepCount {
            let step = steps + place
            let last = place > 0 && step.pointee.within < count ? bar &+ step.pointee.within : .max
            var next = Int.max
            if from < end {
                var bits = values.bits(step.pointee.when.index, from, end)
                if bits != 0, !step.pointee.quality.isAbsent {
                    bits &= values.bits(step.pointee.quality.index, from, end)
                }
                if bits != 0 { next = from &+ bits.trailingZeroBitCount }
            }
            guard next < end, next <= last else {
                return step.pointee.restarts && last < end ? findEntry(session) : false
            }
            marks[place] = StepMark(bar: Int32(truncatingIfNeeded: next))
            (bar, from) = (next, next &+ 1)
        }
        begin(hours.pointee)
        play()
        state.pointee.restart()
        (state.pointee.isActive, state.pointee.held) = (true, plan.stepCount)
        if !plan.hasConstantSize { setSize() }
        bars = session.bars
        decide(0, bar)
        bars = nil
        played = bar + 1
        return state.pointee.hasOrder
    }
}

/// Where the only setup of a plan has come to when it orders.
struct FoundEntry {
    let order: PlacedOrder
    let firstTested: Int
    let next: Int
    let played: Int
}

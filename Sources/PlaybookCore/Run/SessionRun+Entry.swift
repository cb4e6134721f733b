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
    /// Walks the bars of a session that has begun up to its first order.
    ///
    /// - Returns: whether there is one. Otherwise the session is over without a trade.
    mutating func findEntry(_ closed: UnsafePointer<ClosedBars>) -> Bool {
        bars = closed
        defer { bars = nil }
        start()
        guard phase == .playing else { return false }
        seekAlone(closed)
        return states[0].hasOrder
    }

    /// Comes, in a session that has begun, to the order that another walk has come to, whose plan has the same `entryKey`.
    mutating func follow(_ other: borrowing SessionRun) {
        phase = .playing
        exitBar = nil
        (losses, net) = (0, 0)
        position.openTime = hours.open
        position.equality = hours.equality
        (exitMinute, exitFrom, exitTo, exitPlace) = (other.exitMinute, other.exitFrom, other.exitTo, other.exitPlace)
        states[0] = other.states[0]
        marks.update(from: other.marks, count: plan.stepCount)
        played = other.played
        if !plan.hasConstantSize { setSize() }
    }
}

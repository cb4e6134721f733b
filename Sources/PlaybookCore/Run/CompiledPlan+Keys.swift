// What plans have in common, as numbers: those with the same ones are alike in it.
extension CompiledPlan {
    /// What leads to the first order: plans with the same key order the same at the same bar. Nil where that cannot be told
    /// so.
    var entryKey: [UInt64]? {
        guard isAlone else { return nil }
        let setup = setups
        var key = [
            UInt64(secondsPerBar), UInt64(setup.pointee.hasWindow ? 1 : 0), UInt64(setup.pointee.entry.rawValue),
            setup.pointee.sign.bitPattern, UInt64(setup.pointee.bars), UInt64(plan.isKnownBeforeOpen ? 1 : 0),
            UInt64(setup.pointee.stepCount), UInt64(filterCount),
        ]
        var terms = [exit, setup.pointee.windowFrom, setup.pointee.windowTo, setup.pointee.price, setup.pointee.until]
        for step in 0..<setup.pointee.stepCount {
            terms += [setup.pointee.steps[step].when, setup.pointee.steps[step].quality]
            key += [UInt64(setup.pointee.steps[step].within), UInt64(setup.pointee.steps[step].restarts ? 1 : 0)]
        }
        for filter in 0..<filterCount { key.append(UInt64(filters[filter].index)) }
        for term in terms {
            switch term.kind {
            // Programs may read what only one plan has.
            case .trade, .traded, .shifted, .program: return nil
            case .absent, .constant, .number, .sessionNumber, .truth, .sessionTruth: add(term, to: &key)
            }
        }
        return key
    }

    /// What decides, beside the bars at which the steps held, what becomes of the only order of a session: all but the
    /// filters, the window and the conditions of the steps. Nil where a session may have another order after the first,
    /// since that depends on these as well.
    var outcomeKey: [UInt64]? {
        guard hasOneOrder else { return nil }
        let (setup, size, costs) = (setups, plan.size, plan.costs)
        var key = [
            UInt64(secondsPerBar), UInt64(plan.resolve?.seconds ?? 0), UInt64(setup.pointee.stepCount),
            UInt64(setup.pointee.entry.rawValue), setup.pointee.sign.bitPattern, UInt64(setup.pointee.bars),
            UInt64(plan.isKnownBeforeOpen ? 1 : 0), Self.place(of: size.kind), size.step.bitPattern,
            costs.slippageBps.bitPattern, costs.feePerShare.bitPattern, UInt64(setup.pointee.trail.rawValue),
            UInt64(setup.pointee.mostBars),
            UInt64(setup.pointee.targetCount), UInt64(setup.pointee.exitCount),
        ]
        for term in [
            exit, setup.pointee.price, setup.pointee.until, sizeAmount, sizeAtMost, setup.pointee.stop,
            setup.pointee.trailPlace, setup.pointee.trailAfter, setup.pointee.evenTo, setup.pointee.evenAfter,
        ] { add(term, to: &key) }
        for target in 0..<setup.pointee.targetCount {
            add(setup.pointee.targets[target].price, to: &key)
            key.append(setup.pointee.targets[target].share.bitPattern)
        }
        for exit in 0..<setup.pointee.exitCount {
            add(setup.pointee.exits[exit].when, to: &key)
            key.append(setup.pointee.exits[exit].share.bitPattern)
        }
        return key
    }

    /// Whether nothing can be ordered in a session after the first order of the only setup, filled or not.
    private var hasOneOrder: Bool {
        guard isAlone, min(plan.limits.trades ?? .max, setups.pointee.trades) == 1 else { return false }
        switch setups.pointee.entry {
        // What is not filled in its bar ends the setup.
        case .market, .at: return true
        // So does a time that is the same for all orders; after some bars without a fill the steps begin anew.
        case .stop, .limit: return setups.pointee.bars == .max && setups.pointee.hasFixedUntil
        }
    }

    private static func place(of kind: Plan.Size.Kind) -> UInt64 {
        switch kind {
        case .shares: 0
        case .notional: 1
        case .risk: 2
        }
    }

    /// Adds a term: two are the same numbers where they compute the same.
    private func add(_ term: Term, to key: inout [UInt64]) {
        key.append(UInt64(term.kind.rawValue))
        guard term.kind == .program else {
            key += [UInt64(bitPattern: Int64(term.index)), term.value.bitPattern, UInt64(bitPattern: Int64(term.base))]
            return
        }
        key.append(UInt64(term.count))
        for place in 0..<Int(term.count) { key += evaluator.instructions[term.index + place].key }
    }
}

extension Instruction {
    /// The instruction as numbers.
    fileprivate var key: [UInt64] {
        [
            UInt64(operation.rawValue) << 40 | UInt64(field) << 32 | UInt64(UInt32(bitPattern: index)),
            value.bitPattern,
        ]
    }
}

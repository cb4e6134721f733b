extension Plan {
    /// Throws where the plan's parts contradict each other.
    func check() throws(PlanError) {
        guard !setups.isEmpty else { throw PlanError("a plan needs a setup") }
        try Self.unique(filters.map(\.name), "filters")
        try Self.unique(setups.map(\.name), "setups")
        guard size.step > 0 else { throw PlanError("size: the step is above 0, not \(size.step)") }
        guard limits.trades ?? 1 >= 1, limits.losses ?? 1 >= 1, limits.pause >= 0 else {
            throw PlanError("limits: trades and losses are at least 1, pause at least 0")
        }
        if let resolve {
            guard resolve.seconds < timeframe.seconds, timeframe.seconds % resolve.seconds == 0 else {
                throw PlanError("resolve: \(resolve) does not divide \(timeframe)")
            }
        }
        for setup in setups {
            do {
                try setup.check()
            } catch {
                throw PlanError("setup \(setup.name): \(error.description)")
            }
            if size.kind == .risk, setup.stop == nil {
                throw PlanError("setup \(setup.name): a size by risk needs a stop")
            }
        }
    }

    fileprivate static func unique(_ names: [String], _ what: String) throws(PlanError) {
        var seen: Set<String> = []
        for name in names where !seen.insert(name).inserted { throw PlanError("\(what): '\(name)' is there twice") }
    }
}

extension Setup {
    fileprivate func check() throws(PlanError) {
        guard trades ?? 1 >= 1 else { throw PlanError("trades are at least 1") }
        guard steps.count < 1000, exits.count <= 64 else { throw PlanError("too many steps or exits") }
        if steps.isEmpty, window != nil { throw PlanError("a window needs steps") }
        try Plan.unique(steps.map(\.name), "steps")
        try Plan.unique(exits.map(\.name), "exits")
        for (place, step) in steps.enumerated() {
            if place == 0, step.within != nil { throw PlanError("the first step has no within") }
            guard step.within ?? 1 >= 1 else { throw PlanError("\(step.name): within is at least 1") }
            try step.when.checkSteps(place, isManaging: false)
            try step.quality?.checkSteps(place, isManaging: false)
        }
        try cancel?.checkSteps(steps.count, isManaging: false)
        try checkEntry()
        try checkStops()
        try checkExits()
    }

    private func checkEntry() throws(PlanError) {
        switch entry {
        case .market: break
        case .at(let time): try time.check(steps.count, .none)
        case .stop(let price, let bars, let until), .limit(let price, let bars, let until):
            guard bars ?? 1 >= 1 else { throw PlanError("entry: an order is open for at least 1 bar") }
            try price.check(steps.count, .none)
            try until?.check(steps.count, .none)
        }
    }

    private func checkStops() throws(PlanError) {
        try stop?.check(steps.count, .entry)
        let fixed: Formula.Known = stop == nil ? .entry : .fill
        for target in targets {
            try target.price.check(steps.count, fixed)
            try Self.check(share: target.share)
        }
        let shares = targets.reduce(0) { $0 + $1.share }
        guard shares <= 1 + 1e-9 else { throw PlanError("targets: the shares are more than 100%") }
        let managed: Formula.Known = stop == nil ? .managedWithoutStop : .managed
        if let trail {
            switch trail.place {
            case .by(let place), .to(let place): try place.check(steps.count, managed)
            }
            try trail.after?.check(steps.count, managed)
        }
        try breakeven?.to.check(steps.count, managed)
        try breakeven?.after?.check(steps.count, managed)
    }

    private func checkExits() throws(PlanError) {
        for exit in exits {
            switch exit.when {
            case .after(let bars):
                guard bars >= 1 else { throw PlanError("\(exit.name): after is at least 1 bar") }
            case .condition(let when, let share):
                try when.checkSteps(steps.count, isManaging: true, hasStop: stop != nil)
                if let share { try Self.check(share: share) }
            }
        }
    }

    private static func check(share: Double) throws(PlanError) {
        guard share > 0, share <= 1 + 1e-9 else { throw PlanError("a share is above 0 and at most 100%") }
    }
}

extension Formula {
    /// Which numbers of the trade are known.
    fileprivate enum Known {
        case none
        /// `entry` and `side`.
        case entry
        /// `r` and `risk` too.
        case fill
        /// All of them.
        case managed
        /// All but `r` and `risk`.
        case managedWithoutStop

        func contains(_ number: TradeNumber) -> Bool {
            switch number {
            case .entry, .side: self != .none
            case .r, .risk: self == .fill || self == .managed
            case .held, .best, .worst, .profit: self == .managed || self == .managedWithoutStop
            }
        }
    }

    /// Throws where it reads a step that cannot have held, or a number that is not known.
    fileprivate func check(_ steps: Int, _ known: Known) throws(PlanError) {
        switch self {
        case .constant, .number, .session: break
        case .trade(let number):
            guard known.contains(number) else { throw PlanError("\(number) is not known here") }
        case .step(let step, _), .stepBefore(let step, _, _):
            guard step >= 0, step < steps else { throw PlanError("step \(step + 1) is not an earlier step") }
        case .negated(let one), .absolute(let one): try one.check(steps, known)
        case .truth(let condition): try condition.check(steps, known)
        case .reduced(_, let parts): for part in parts { try part.check(steps, known) }
        case .rounded(let one, let tick):
            guard tick > 0 else { throw PlanError("a tick is above 0, not \(tick)") }
            try one.check(steps, known)
        case .combined(_, let one, let other):
            try one.check(steps, known)
            try other.check(steps, known)
        case .choice(let condition, let one, let other):
            try condition.check(steps, known)
            try one.check(steps, known)
            try other.check(steps, known)
        }
    }
}

extension TradeCondition {
    fileprivate func checkSteps(_ steps: Int, isManaging: Bool, hasStop: Bool = false) throws(PlanError) {
        try check(steps, isManaging ? hasStop ? .managed : .managedWithoutStop : .none)
    }

    fileprivate func check(_ steps: Int, _ known: Formula.Known) throws(PlanError) {
        switch self {
        case .constant, .truth, .session: break
        case .compared(let one, _, let other):
            try one.check(steps, known)
            try other.check(steps, known)
        case .between(let one, let low, let high):
            try one.check(steps, known)
            try low.check(steps, known)
            try high.check(steps, known)
        case .not(let one): try one.check(steps, known)
        case .choice(let condition, let one, let other):
            try condition.check(steps, known)
            try one.check(steps, known)
            try other.check(steps, known)
        case .and(let one, let other), .or(let one, let other):
            try one.check(steps, known)
            try other.check(steps, known)
        }
    }
}

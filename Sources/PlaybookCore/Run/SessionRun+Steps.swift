extension SessionRun {
    /// Finds the next bar at which a setup may do something, and notes it.
    mutating func look(_ setup: Int, from: Int, _ closed: UnsafePointer<ClosedBars>) {
        let state = states + setup
        let count = closed.pointee.count
        guard !state.pointee.isOver else {
            state.pointee.next = .max
            return
        }
        func wait(until bar: Int, isDue: Bool) {
            state.pointee.next = bar
            state.pointee.isDue = isDue
        }
        if state.pointee.hasOrder {
            if plan.isPair, states[1 - setup].hasOrder, Fills.isDecidedByBars, finer == nil {
                return lookBoth(from, closed)
            }
            let next = orderBar(setup, from, closed)
            wait(until: next.bar, isDue: next.isDue)
            return
        }
        let steps = plan.setups[setup].steps
        let held = state.pointee.isActive ? state.pointee.held : 0
        let window = windowBars(state, closed)
        let first = max(from, state.pointee.firstTested, window.first)
        let end = window.end
        // The bar at which the step has failed.
        var failed = Int.max
        if state.pointee.isActive, steps[held].within != .max {
            failed = Int(mark(setup, held - 1).pointee.bar) + steps[held].within
        }
        let reach = min(end, failed)
        var next = first < reach ? firstTrue(steps[held].when, setup, first..<reach) : reach
        if next >= reach { next = min(failed, end < count ? .max : count) }
        if state.pointee.isActive {
            if !plan.setups[setup].cancel.isAbsent {
                let end = min(count, next)
                let start = max(from, state.pointee.firstTested)
                if start < end {
                    let cancelled = firstTrue(plan.setups[setup].cancel, setup, start..<end)
                    if cancelled < end { next = cancelled }
                }
                if next == .max { next = count }
            }
        }
        wait(until: next, isDue: next < count)
    }

    /// The first bar of a setup's window that has closed, and the one after the last; as many as there are where none has.
    @inline(__always)
    mutating func windowBars(
        _ state: UnsafeMutablePointer<SetupState>, _ closed: UnsafePointer<ClosedBars>
    ) -> (first: Int, end: Int) {
        let count = closed.pointee.count
        if closed.pointee.isDense { return (min(state.pointee.firstPlace, count), min(state.pointee.endPlace, count)) }
        var first = state.pointee.windowFirst
        if first < 0 {
            first = closed.pointee.first(atOrAfter: state.pointee.windowFrom)
            if first < count { state.pointee.windowFirst = first }
        }
        if state.pointee.windowTo == .max { return (first, count) }
        var end = state.pointee.windowEnd
        if end < 0 {
            end = closed.pointee.first(atOrAfter: state.pointee.windowTo + 1)
            if end < count { state.pointee.windowEnd = end }
        }
        return (first, end)
    }

    /// Finds the next bar at which one of two stop orders, one each way, may be filled or lapse.
    private mutating func lookBoth(_ from: Int, _ closed: UnsafePointer<ClosedBars>) {
        let (one, other) = (states, states + 1)
        let (top, bottom) = one.pointee.order.sign > 0 ? (one, other) : (other, one)
        let until = min(one.pointee.order.until, other.pointee.order.until)
        let end = max(from, closed.pointee.first(atOrAfter: until))
        let bar = closed.pointee.reach(
            from..<end, above: top.pointee.order.price, below: bottom.pointee.order.price, hours.equality)
        (one.pointee.next, other.pointee.next) = (bar, bar)
        let isDue = bar < closed.pointee.count
        (one.pointee.isDue, other.pointee.isDue) = (isDue, isDue)
    }

    /// The next bar at which an order may be filled, lapse or be cancelled.
    private mutating func orderBar(_ setup: Int, _ from: Int, _ closed: UnsafePointer<ClosedBars>) -> (
        bar: Int, isDue: Bool
    ) {
        let order = states[setup].order
        let compiled = plan.setups + setup
        let count = closed.pointee.count
        guard from < count else { return (count, false) }
        guard Fills.isDecidedByBars, finer == nil else { return (from, true) }
        var end = count
        switch order.kind {
        case .market: return (from, true)
        case .at: end = max(from, closed.pointee.first(atOrAfter: order.at))
        case .stop, .limit:
            end = min(end, max(from, closed.pointee.first(atOrAfter: order.until)))
            if compiled.pointee.bars != .max { end = min(end, order.decided + compiled.pointee.bars) }
        }
        // Not far ahead: another setup's fill may take the order back.
        let isNear = order.kind == .at || end <= from + 32
        if !isNear { end = from + 32 }
        var isDue = isNear
        if !compiled.pointee.cancel.isAbsent {
            let start = max(from, states[setup].firstTested)
            let cancelled = start < end ? firstTrue(compiled.pointee.cancel, setup, start..<end) : end
            if cancelled < end { (end, isDue) = (cancelled, true) }
        }
        if order.kind == .at { return (end, end < count) }
        let bar = closed.pointee.reach(
            from..<max(from, end), sign: order.sign, price: order.sign * order.price, isStop: order.kind == .stop,
            hours.equality)
        return (bar, bar < count && (bar < end || isDue))
    }

    /// The first of some bars at which a condition is true; their end where there is none.
    @inline(__always)
    mutating func firstTrue(_ term: Term, _ setup: Int, _ range: Range<Int>) -> Int {
        switch term.kind {
        case .truth: return values.firstTrue(TruthRef(term.index), in: range) ?? range.upperBound
        case .constant, .sessionTruth, .sessionNumber, .absent:
            return value(term, -1, setup) == 1 ? range.lowerBound : range.upperBound
        case .number, .trade, .traded, .shifted, .program: return firstTrueOfProgram(term, setup, range)
        }
    }

    @inline(never)
    private mutating func firstTrueOfProgram(_ term: Term, _ setup: Int, _ range: Range<Int>) -> Int {
        for bar in range where isTrue(term, bar, setup) { return bar }
        return range.upperBound
    }

    /// The mark of a setup's step.
    @inline(__always)
    mutating func mark(_ setup: Int, _ step: Int) -> UnsafeMutablePointer<StepMark> {
        marks + (plan.setups[setup].firstMark + step)
    }

    /// A bar's close for a setup: cancel, or the order's bars, or the next step.
    mutating func close(_ setup: Int, _ bar: Int, _ seconds: Int64) {
        let state = states + setup
        state.pointee.next = bar + 1
        state.pointee.isDue = false
        guard !state.pointee.isOver, bar >= state.pointee.firstTested else { return }
        let cancel = plan.setups[setup].cancel
        if state.pointee.isActive, !cancel.isAbsent, isTrue(cancel, bar, setup) {
            end(setup, .cancelled, at: bar, next: bar + 1)
        } else if state.pointee.hasOrder {
            let bars = plan.setups[setup].bars
            if bars != .max, bar - state.pointee.order.decided >= bars {
                end(setup, .expired, at: bar, next: bar + 1)
            }
        } else if plan.setups[setup].stepCount > 0 {
            test(setup, bar, seconds)
        }
    }

    /// Tests the next step of a setup at a bar's close.
    private mutating func test(_ setup: Int, _ bar: Int, _ seconds: Int64) {
        let state = states + setup
        let isActive = state.pointee.isActive
        let place = isActive ? state.pointee.held : 0
        let step = plan.setups[setup].steps + place
        let isInside = seconds >= state.pointee.windowFrom && seconds <= state.pointee.windowTo
        if isInside, isTrue(step.pointee.when, bar, setup) {
            let isGood = step.pointee.quality.isAbsent || isTrue(step.pointee.quality, bar, setup)
            if isGood {
                if !isActive { begin(setup) }
                hold(setup, place, bar)
                return
            }
            passOver(setup, place, bar)
        }
        guard isActive, step.pointee.within != .max else { return }
        if bar - Int(mark(setup, place - 1).pointee.bar) >= step.pointee.within {
            end(setup, .step(place), at: bar, next: bar + 1, isOver: !step.pointee.restarts)
        }
    }

    /// Notes that a bar had a step's condition, but not its quality.
    @inline(__always)
    mutating func passOver(_ setup: Int, _ step: Int, _ bar: Int) {
        tell(.passedOver(setup: setup, step: step, bar: bar))
        // What a later search for step 1 passes over belongs to no attempt.
        if states[setup].isActive || states[setup].held == 0 { mark(setup, step).pointee.quality = false }
    }

    /// Begins an attempt.
    mutating func begin(_ setup: Int) {
        states[setup].isActive = true
        states[setup].held = 0
        states[setup].end = nil
        for step in 0..<plan.setups[setup].stepCount { mark(setup, step).pointee = StepMark() }
    }

    /// Notes that a step held; the last one orders.
    mutating func hold(_ setup: Int, _ step: Int, _ bar: Int) {
        let hasQuality = !plan.setups[setup].steps[step].quality.isAbsent
        mark(setup, step).pointee = StepMark(bar: Int32(bar), quality: hasQuality ? true : nil)
        states[setup].held = step + 1
        tell(.step(setup: setup, step: step, bar: bar))
        if step + 1 == plan.setups[setup].stepCount { decide(setup, bar) }
    }

    /// Ends an attempt without a trade.
    ///
    /// - Parameters:
    ///   - next: the bar from which on step 1 is tested again.
    ///   - isOver: whether the setup is over for the session; one without steps always is.
    mutating func end(_ setup: Int, _ why: NoTrade, at bar: Int, next: Int, isOver: Bool = false) {
        states[setup].end = why
        reset(setup, next: next)
        if isOver { retire(setup) }
        tell(.ended(setup: setup, why, bar: bar, isOver: states[setup].isOver))
    }

    /// Lets a setup begin anew at the close of bar `next`.
    mutating func reset(_ setup: Int, next: Int) {
        let state = states + setup
        state.pointee.hasOrder = false
        state.pointee.isActive = false
        state.pointee.firstTested = next
        state.pointee.next = next
        state.pointee.isDue = false
        if plan.setups[setup].stepCount == 0 { retire(setup) }
    }

    /// Ends a setup for the rest of the session.
    mutating func retire(_ setup: Int) {
        states[setup].isOver = true
        states[setup].next = .max
    }
}

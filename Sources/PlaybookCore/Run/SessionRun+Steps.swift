extension SessionRun {
    /// Finds the next bar at which a setup may do something, and notes it.
    mutating func look(_ setup: Int, from: Int, _ closed: ClosedBars) {
        let state = states + setup
        let count = closed.count
        guard !state.pointee.isOver else {
            state.pointee.next = .max
            return
        }
        func wait(until bar: Int, isDue: Bool) {
            state.pointee.next = bar
            state.pointee.isDue = isDue
        }
        if state.pointee.hasOrder {
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
    private mutating func windowBars(
        _ state: UnsafeMutablePointer<SetupState>, _ closed: ClosedBars
    ) -> (first: Int, end: Int) {
        let count = closed.count
        var first = state.pointee.windowFirst
        if first < 0 {
            first = closed.first(atOrAfter: state.pointee.windowFrom)
            if first < count { state.pointee.windowFirst = first }
        }
        if state.pointee.windowTo == .max { return (first, count) }
        var end = state.pointee.windowEnd
        if end < 0 {
            end = closed.first(atOrAfter: state.pointee.windowTo + 1)
            if end < count { state.pointee.windowEnd = end }
        }
        return (first, end)
    }

    /// The next bar at which an order may be filled, lapse or be cancelled.
    private mutating func orderBar(_ setup: Int, _ from: Int, _ closed: ClosedBars) -> (bar: Int, isDue: Bool) {
        let order = states[setup].order
        let compiled = plan.setups + setup
        let count = closed.count
        guard from < count else { return (count, false) }
        guard Fills.isDecidedByBars, finer == nil else { return (from, true) }
        var end = count
        switch order.kind {
        case .market: return (from, true)
        case .at: end = max(from, closed.first(atOrAfter: order.at))
        case .stop, .limit:
            // Not far ahead: another setup's fill may take the order back.
            end = min(count, from + 32)
            end = min(end, max(from, closed.first(atOrAfter: order.until)))
            if compiled.pointee.bars != .max { end = min(end, order.decided + compiled.pointee.bars) }
        }
        if !compiled.pointee.cancel.isAbsent {
            let start = max(from, states[setup].firstTested)
            if start < end { end = min(end, firstTrue(compiled.pointee.cancel, setup, start..<end)) }
        }
        var bar = from
        if order.kind == .at {
            bar = end
        } else {
            let price = order.sign * order.price
            let equality = hours.equality
            while bar < end {
                let range = closed.range(bar, order.sign)
                let isOut =
                    order.kind == .stop ? equality.isBelow(range.good, price) : equality.isAbove(range.bad, price)
                guard isOut else { break }
                bar += 1
            }
        }
        // At the end of what was looked at, something may happen or not: the bar is played.
        return (bar, bar < count)
    }

    /// The first of some bars at which a condition is true; their end where there is none.
    private mutating func firstTrue(_ term: Term, _ setup: Int, _ range: Range<Int>) -> Int {
        switch term.kind {
        case .truth: return values.firstTrue(TruthRef(term.index), in: range) ?? range.upperBound
        case .constant, .sessionTruth, .sessionNumber, .absent:
            return value(term, -1, setup) == 1 ? range.lowerBound : range.upperBound
        case .number, .program: break
        }
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
        let step = plan.setups[setup].steps[place]
        let isInside = seconds >= state.pointee.windowFrom && seconds <= state.pointee.windowTo
        if isInside, isTrue(step.when, bar, setup) {
            let isGood = step.quality.isAbsent || isTrue(step.quality, bar, setup)
            if isGood {
                if !isActive { begin(setup) }
                hold(setup, place, bar)
                return
            }
            tell(.passedOver(setup: setup, step: place, bar: bar))
            // What a later search for step 1 passes over belongs to no attempt.
            if isActive || state.pointee.held == 0 { mark(setup, place).pointee.quality = false }
        }
        guard isActive, step.within != .max else { return }
        if bar - Int(mark(setup, place - 1).pointee.bar) >= step.within {
            end(setup, .step(place), at: bar, next: bar + 1, isOver: !step.restarts)
        }
    }

    /// Begins an attempt.
    private mutating func begin(_ setup: Int) {
        states[setup].isActive = true
        states[setup].held = 0
        states[setup].end = nil
        for step in 0..<plan.setups[setup].stepCount { mark(setup, step).pointee = StepMark() }
    }

    /// Notes that a step held; the last one orders.
    private mutating func hold(_ setup: Int, _ step: Int, _ bar: Int) {
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
        if isOver { states[setup].isOver = true }
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
        if plan.setups[setup].stepCount == 0 { state.pointee.isOver = true }
    }
}

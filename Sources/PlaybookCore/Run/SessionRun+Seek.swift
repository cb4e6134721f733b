// Going from bar to bar: those at which nothing can happen are passed over.
extension SessionRun {
    /// Goes to the next bar at which a setup may do something; to the end of what has closed where there is none.
    mutating func seek(_ closed: UnsafePointer<ClosedBars>) {
        let count = closed.pointee.count
        while true {
            var earliest = 0
            var next = states[0].next
            for setup in 1..<max(1, plan.setupCount) {
                let other = states[setup].next
                if other < next || other == next && !states[setup].isDue { (earliest, next) = (setup, other) }
            }
            if next >= count {
                played = count
                return
            }
            if states[earliest].isDue {
                played = max(played, next)
                return
            }
            look(earliest, from: max(played, next), closed)
        }
    }

    /// The same for the only setup of a plan, which has no `cancel`. Without an order nothing but its steps can happen, so
    /// it goes on until it orders or the bars end.
    @inline(__always)
    mutating func seekAlone(_ closed: UnsafePointer<ClosedBars>) {
        let state = states
        let window = windowBars(state, closed)
        var bar = max(played, state.pointee.firstTested, window.first)
        played = closed.pointee.count
        if state.pointee.isOver || bar >= window.end && !state.pointee.isActive { return }
        let steps = plan.setups[0].steps
        var isActive = state.pointee.isActive
        var held = isActive ? state.pointee.held : 0
        while true {
            let step = steps + held
            // The last bar at which the step may hold.
            var last = Int.max
            if isActive, step.pointee.within != .max { last = Int(marks[held - 1].bar) + step.pointee.within }
            let reach = last < window.end ? last + 1 : window.end
            let next = bar < reach ? firstTrue(step.pointee.when, 0, bar..<reach) : reach
            if next < reach {
                if step.pointee.quality.isAbsent || isTrue(step.pointee.quality, next, 0) {
                    if !isActive { begin(0) }
                    hold(0, held, next)
                    if state.pointee.hasOrder {
                        played = next + 1
                        return
                    }
                } else {
                    passOver(0, held, next)
                    if next == last { end(0, .step(held), at: next, next: next + 1, isOver: !step.pointee.restarts) }
                }
                bar = next + 1
            } else {
                guard last < closed.pointee.count else { return }
                end(0, .step(held), at: last, next: last + 1, isOver: !step.pointee.restarts)
                bar = last + 1
            }
            if state.pointee.isOver { return }
            isActive = state.pointee.isActive
            held = isActive ? state.pointee.held : 0
        }
    }

    /// Takes the position to the next bar at which something may become of it.
    mutating func pass(_ closed: UnsafePointer<ClosedBars>) {
        let setup = plan.setups + position.setup
        guard finer == nil, !setup.pointee.isManaged || setup.pointee.isSteady && Fills.isDecidedByBars else { return }
        let exit = firstExitBar(closed)
        // The n-th bar held is closed by rule 6: it has to be played.
        let room = setup.pointee.mostBars - position.held - 1
        // So is the session's last bar, which may be the last that closed.
        let end = min(exit, closed.pointee.count - 1, room < closed.pointee.count ? played + max(0, room) : .max)
        guard played < end else { return }
        if setup.pointee.isManaged {
            if !position.isForced { manage(played..<end, closed) }
        } else {
            played = fills.pass(&position, played..<end, of: closed)
        }
    }

    /// Takes a position through bars that touch no order, and moves its stop by what was fixed at the fill: that changes
    /// with the best price alone.
    private mutating func manage(_ range: Range<Int>, _ closed: UnsafePointer<ClosedBars>) {
        let sign = position.sign
        let goal = position.clearOfGoal
        var clear = position.clearOfStop
        var follows = followsBest
        var (best, worst, bar) = (position.best, position.worst, range.lowerBound)
        let moving = follows ? best : bestThatMoves
        if best < moving {
            bar = closed.pointee.passed(
                range, sign: sign, above: clear, below: min(goal, moving), best: &best, worst: &worst)
            position.best = best
        }
        // Bars in a row without a new best price.
        var still = 0
        while bar < range.upperBound {
            if still == 2 {
                // Mostly more of them follow: eight at a time.
                var highest = best
                bar = closed.pointee.passed(
                    bar..<range.upperBound, sign: sign, above: clear, below: min(goal, best), best: &highest,
                    worst: &worst)
                still = 0
                continue
            }
            let (good, bad) = closed.pointee.range(bar, sign)
            guard bad > clear, good < goal else { break }
            bar += 1
            worst = min(worst, bad)
            guard good > best else {
                still += 1
                continue
            }
            still = 0
            best = good
            if follows {
                guard follow(best, bar - 1) else { continue }
            } else {
                position.best = best
                moveStop(bar - 1, position.setup)
                follows = followsBest
            }
            clear = position.clearOfStop
            // Most bars are above the stop by far, and so are their closes.
            if bad > clear { continue }
            position.isForced =
                !position.stop.isNaN && position.isAbove(position.stop, sign * closed.pointee.close(bar - 1))
            if position.isForced { break }
        }
        (position.best, position.worst) = (best, worst)
        position.held += bar - range.lowerBound
        played = bar
    }

    /// Whether the stop follows the best price by a distance fixed at the fill, and nothing else moves it.
    private var followsBest: Bool {
        mutating get {
            let setup = plan.setups + position.setup
            return position.isTrailing && setup.pointee.trail == .by && setup.pointee.trailPlace.isFixed
                && (setup.pointee.evenTo.isAbsent || position.isEven)
        }
    }

    /// A best price below which a stop, which moves by what was fixed at the fill, stays where it is.
    private var bestThatMoves: Double {
        mutating get {
            let setup = plan.setups + position.setup
            var price = Double.infinity
            if setup.pointee.trail != .none {
                price =
                    position.isTrailing || setup.pointee.trailAfter.isAbsent ? -.infinity : clear(position.trailAfter)
            }
            if !setup.pointee.evenTo.isAbsent, !position.isEven {
                price = min(price, setup.pointee.evenAfter.isAbsent ? -.infinity : clear(position.evenAfter))
            }
            return price
        }
    }

    /// A price, times the side's sign, so well below another that no equality has to be looked at; infinity where that is
    /// unknown.
    private mutating func clear(_ price: Double) -> Double {
        price.isNaN ? .infinity : position.sign * price - 4e-9 * max(abs(price), hours.equality.floor)
    }

    /// The first bar that contains the exit time or comes after it; as many as there are when none has closed.
    private mutating func firstExitBar(_ closed: UnsafePointer<ClosedBars>) -> Int {
        // A bar that ends with the session ends after no exit that is the session's end.
        guard hours.length > exitTo else { return closed.pointee.count }
        if closed.pointee.isDense { return min(exitPlace, closed.pointee.count) }
        if let exitBar { return exitBar }
        let first = closed.pointee.first(atOrAfter: exitTo - closed.pointee.secondsPerBar + 1)
        if first < closed.pointee.count { exitBar = first }
        return first
    }
}

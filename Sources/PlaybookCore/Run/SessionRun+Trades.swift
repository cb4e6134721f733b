extension SessionRun {
    /// What becomes of the position at a bar's close: it is left for a reason of time, or managed.
    ///
    /// - Parameters:
    ///   - pieces: which of the finer bars are the bar's.
    ///   - isLast: whether no bar will follow.
    mutating func finish(_ bar: Int, _ candle: Candle, _ pieces: Range<Int>, isLast: Bool) {
        position.held += 1
        if let reason = leaving(candle, isLast: isLast) {
            leave(reason, bar, candle, pieces)
            if !position.isOpen { return }
        }
        if plan.setups[position.setup].isManaged, !position.isRefused { manage(bar, candle.close) }
    }

    /// Why the position is left at a bar's close.
    @inline(__always)
    private mutating func leaving(_ candle: Candle, isLast: Bool) -> ExitReason? {
        if position.held >= plan.setups[position.setup].mostBars { return .timeStop }
        if candle.end > exitTo { return .endOfDay }
        return isLast || candle.end >= hours.length ? .sessionEnd : nil
    }

    /// Leaves at a bar's close.
    private mutating func leave(_ reason: ExitReason, _ bar: Int, _ candle: Candle, _ pieces: Range<Int>) {
        let before = position.parts.count
        position.bar = bar
        let seconds = pieces.isEmpty ? candle.seconds : finer?.seconds(pieces.upperBound - 1) ?? candle.seconds
        fills.close(&position, at: candle.close, reason, seconds: seconds)
        tellExits(from: before)
        if position.left == 0 { settle(bar) }
    }

    /// Leaves at the close of the last bar, which was played before it was known to be the last.
    mutating func leaveAtEnd(_ closed: UnsafePointer<ClosedBars>, _ reason: ExitReason, _ bar: Int) {
        let candle = closed.pointee.candle(bar)
        var pieces = 0..<0
        if let finer { pieces = finer.first(atOrAfter: candle.seconds)..<finer.first(atOrAfter: candle.end) }
        leave(reason, bar, candle, pieces)
    }

    /// Breakeven, trail and exits at a close; all act from the next bar on.
    private mutating func manage(_ bar: Int, _ close: Double) {
        let setup = position.setup
        let compiled = plan.setups + setup
        position.note(close: close)
        moveStop(bar, setup)
        position.isForced = !position.stop.isNaN && position.isAbove(position.stop, position.sign * close)
        for exit in 0..<compiled.pointee.exitCount where !compiled.pointee.exits[exit].when.isAbsent {
            test(exit, compiled.pointee.exits[exit], bar, setup)
        }
    }

    /// Breakeven, then trail.
    mutating func moveStop(_ bar: Int, _ setup: Int) {
        let compiled = plan.setups + setup
        if !compiled.pointee.evenTo.isAbsent, !position.isEven,
            hasReached(compiled.pointee.evenAfter, position.evenAfter, bar, setup)
        {
            let term = compiled.pointee.evenTo
            let price = term.isFixed ? position.evenTo : value(term, bar, setup)
            if !price.isNaN {
                position.isEven = true
                move(position.sign * price, .breakevenStop, bar)
            }
        }
        if compiled.pointee.trail != .none {
            if !position.isTrailing {
                position.isTrailing = hasReached(compiled.pointee.trailAfter, position.trailAfter, bar, setup)
            }
            if position.isTrailing { trail(bar, setup, compiled) }
        }
    }

    /// Tests an exit's condition at a close. One with a share acts once in a trade.
    private mutating func test(_ exit: Int, _ compiled: CompiledExit, _ bar: Int, _ setup: Int) {
        let bit: UInt64 = 1 << UInt64(exit)
        guard position.acted & bit == 0, isTrue(compiled.when, bar, setup) else { return }
        if position.signals[exit].isNaN { position.signalCount += 1 }
        if compiled.share.isNaN {
            position.signals[exit] = .infinity
        } else {
            position.acted |= bit
            position.signals[exit] = position.equality.floor(compiled.share * position.lots)
        }
    }

    /// Whether the best price has reached one that begins something; without one it begins at once.
    private mutating func hasReached(_ after: Term, _ fixed: Double, _ bar: Int, _ setup: Int) -> Bool {
        if after.isAbsent { return true }
        let price = after.isFixed ? fixed : value(after, bar, setup)
        return !price.isNaN && position.isAtLeast(position.best, position.sign * price)
    }

    /// Moves the trailing stop.
    private mutating func trail(_ bar: Int, _ setup: Int, _ compiled: UnsafePointer<CompiledSetup>) {
        let term = compiled.pointee.trailPlace
        let place = term.isFixed ? position.trailPlace : value(term, bar, setup)
        if compiled.pointee.trail == .to {
            move(position.sign * place, .trailingStop, bar)
        } else if position.isAbove(place, 0) {
            move(position.best - place, .trailingStop, bar)
        }
    }

    /// Lets a stop follow the best price that does nothing else.
    ///
    /// - Returns: whether it moved.
    @inline(__always)
    mutating func follow(_ best: Double, _ bar: Int) -> Bool {
        position.isAbove(position.trailPlace, 0) && move(best - position.trailPlace, .trailingStop, bar)
    }

    @discardableResult
    @inline(__always)
    private mutating func move(_ price: Double, _ reason: ExitReason, _ bar: Int) -> Bool {
        guard position.move(stop: price, reason) else { return false }
        tell(.stopMoved(to: position.sign * price, reason, bar: bar))
        return true
    }

    /// Tells the exits that came since there were `before` of them.
    mutating func tellExits(from before: Int) {
        guard Events.isListening else { return }
        for part in before..<position.parts.count { events.receive(.exited(position.parts[part])) }
    }

    /// After a position's last exit: its trade is noted, and the session is over or the setups begin anew.
    mutating func settle(_ bar: Int) {
        let trade = closed()
        trades.append(trade)
        position.isOpen = false
        tell(.traded(trades.count - 1))
        let limits = plan.plan.limits
        if hours.equality.isBelow(trade.net, 0) { losses += 1 }
        net += trade.net
        for setup in 0..<plan.setupCount {
            reset(setup, next: bar + 1 + limits.pause)
            if states[setup].trades >= plan.setups[setup].trades { retire(setup) }
        }
        let isOver =
            trades.count >= limits.trades ?? .max || losses >= limits.losses ?? .max
            || limits.loss.map { !hours.equality.isAbove(net, -$0) } ?? false
        if isOver {
            phase = .over
            tell(.over(bar: bar))
        }
    }

    /// The trade that the position has become.
    @inline(__always)
    private mutating func closed() -> SessionTrade {
        let parts = position.firstPart..<position.parts.count
        var exit = position.parts[parts.lowerBound].price
        if parts.count > 1 {
            exit = 0
            for part in parts { exit += position.parts[part].lots * position.parts[part].price }
            exit /= position.lots
        }
        let (sign, entry) = (position.sign, position.entryPrice)
        let shares = position.lots * position.step
        let steps = plan.setups[position.setup].stepCount
        return SessionTrade(
            setup: position.setup, side: position.side, entry: entry, entryBar: position.entryBar,
            entryTime: position.entryTime, lots: position.lots, shares: shares,
            stop: position.firstStop.isNaN ? nil : sign * position.firstStop,
            target: position.firstTarget.isNaN ? nil : position.firstTarget, exit: exit,
            exitTime: position.parts[parts.upperBound - 1].time, isAmbiguous: position.isAmbiguous,
            mae: position.worst - position.entry,
            mfe: position.best - position.entry, gross: sign * (exit - entry) * shares,
            costs: plan.plan.costs.of(entry: entry, exit: exit, shares: shares), exits: parts,
            steps: stepBars.count - steps..<stepBars.count)
    }
}

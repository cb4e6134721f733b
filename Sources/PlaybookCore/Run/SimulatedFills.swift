/// Fills by the rules of the contract, over bars.
public struct SimulatedFills: Execution {
    public static var isDecidedByBars: Bool { true }

    /// The contract's fills.
    public init() {}

    public mutating func begin() {}

    /// A stop fills at its price or at an open beyond it, a limit at its price or at a better open, all else at the open.
    public func answer(_ order: PlacedOrder, _ bar: Candle, _ hours: SessionHours) -> EntryAnswer {
        let equality = hours.equality
        let (price, open) = (order.sign * order.price, order.sign * bar.open)
        switch order.kind {
        case .market, .at: return .filled(EntryFill(price: bar.open))
        case .stop:
            guard !equality.isBelow(bar.good(order.sign), price) else { return .open }
            return .filled(
                EntryFill(price: order.sign * max(open, price), isBeyond: equality.isBelow(open, price)))
        case .limit:
            guard !equality.isAbove(bar.bad(order.sign), price) else { return .open }
            return .filled(
                EntryFill(
                    price: order.sign * min(open, price), isBeyond: equality.isAbove(open, price), isLimit: true))
        }
    }

    /// The size at the fill's price, rounded down to whole lots.
    public func lots(_ fill: EntryFill, risk: Double, _ size: SessionSize, _ equality: Equality) -> Double {
        var amount = size.amount
        switch size.kind {
        case .shares: break
        case .notional: amount = equality.isEqual(fill.price, 0) ? .nan : amount / fill.price
        case .risk: amount = risk > 0 ? amount / risk : .nan
        }
        if size.atMost != .infinity {
            let most = equality.isEqual(fill.price, 0) ? .nan : size.atMost / fill.price
            amount = most.isNaN ? .nan : min(amount, most)
        }
        return amount.isNaN ? .nan : equality.floor(amount / size.step)
    }

    public func walk(_ position: inout Position, _ bar: Candle, entry: EntryFill?, isFirst: Bool) {
        let before = position.parts.count
        if let entry {
            reach(&position, bar, entry)
        } else if !open(&position, bar, isFirst: isFirst) {
            reach(&position, bar, nil)
        }
        let isLimited = entry.map { $0.isLimit && $0.isBeyond } ?? false
        position.see(bar, before: before, isLimited: isLimited)
    }

    /// Rules 1 to 3: what fills at a bar's open.
    ///
    /// - Returns: whether nothing is left.
    @inline(__always)
    private func open(_ position: inout Position, _ bar: Candle, isFirst: Bool) -> Bool {
        let open = position.sign * bar.open
        let isForced = position.isForced
        position.isForced = false
        if !position.stop.isNaN, isForced || position.isAtLeast(position.stop, open) {
            position.close(position.left, at: open, .stopGap, seconds: bar.seconds)
            return true
        }
        if isFirst, position.signalCount > 0 {
            for exit in 0..<position.exitCount where !position.signals[exit].isNaN {
                position.close(position.signals[exit], at: open, .signal, seconds: bar.seconds)
                position.signals[exit] = .nan
            }
            position.signalCount = 0
        }
        while position.left > 0, position.nextGoal < position.goalCount,
            position.isAtLeast(open, position.goals[position.nextGoal].price)
        {
            take(&position, at: open, bar)
        }
        return position.left == 0
    }

    /// Rules 4 and 5: what fills between a bar's open and its close. When both are true, the stop counts.
    @inline(__always)
    private func reach(_ position: inout Position, _ bar: Candle, _ entry: EntryFill?) {
        let isStopped = !position.stop.isNaN && position.isAtLeast(position.stop, bar.bad(position.sign))
        let good = bar.good(position.sign)
        var isReached =
            position.nextGoal < position.goalCount && position.isAtLeast(good, position.goals[position.nextGoal].price)
        if let entry, entry.isBeyond {
            if !entry.isLimit {
                if isStopped { position.isAmbiguous = true }
            } else if isReached {
                // The high may have come before the limit was reached.
                position.isAmbiguous = true
                isReached = false
            }
        }
        if isStopped {
            if isReached { position.isAmbiguous = true }
            position.close(position.left, at: position.stop, position.stopReason, seconds: bar.seconds)
        } else if isReached {
            while position.nextGoal < position.goalCount,
                position.isAtLeast(good, position.goals[position.nextGoal].price)
            {
                take(&position, at: position.goals[position.nextGoal].price, bar)
            }
        }
    }

    /// Fills the nearest target.
    private func take(_ position: inout Position, at price: Double, _ bar: Candle) {
        let goal = position.goals[position.nextGoal]
        position.nextGoal += 1
        position.close(goal.takesRest ? position.left : goal.lots, at: price, .target, seconds: bar.seconds)
    }

    public func close(_ position: inout Position, at price: Double, _ reason: ExitReason, seconds: Int64) {
        position.close(position.left, at: position.sign * price, reason, seconds: seconds)
    }

    public func pass(_ position: inout Position, _ bars: Range<Int>, of closed: UnsafePointer<ClosedBars>) -> Int {
        let bar = closed.pointee.passed(
            bars, sign: position.sign, above: position.clearOfStop, below: position.clearOfGoal, best: &position.best,
            worst: &position.worst)
        position.held += bar - bars.lowerBound
        return bar
    }
}

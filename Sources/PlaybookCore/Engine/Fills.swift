extension SessionView {
    /// When an order with `exitTime` leaves this session: 5 minutes before an early close at the latest.
    func exitTime(_ exitTime: TimeOfDay) -> TimeOfDay {
        guard session.isEarlyClose else { return exitTime }
        return min(exitTime, TradingSession.openTime.adding(minutes: session.minutes - 5))
    }

    /// Why `order` is not filled, or nil when it is. Too few bars come first: they are known at the decision, what the next
    /// bar is only later.
    ///
    /// - Parameter minimumCompleteness: the share, 0 to 1, of the bars due by the decision that must exist where more than
    ///   one is missing.
    func refusal(of order: EntryOrder, _ minimumCompleteness: Double) -> Backtest.Refusal? {
        let decided = order.bar - 1
        let (present, due) = (order.bar, barsDue(through: decided))
        if due - present > 1, Double(present) < minimumCompleteness * Double(due) - 1e-9 {
            return .tooFewBars(through: decided, present: present, due: due)
        }
        guard order.bar < count else { return .noBar(after: decided) }
        let isTooLate = secondsSinceOpen(order.bar) >= secondsSinceOpen(exitTime(order.exitTime))
        return isTooLate ? .tooLate(bar: order.bar) : nil
    }

    /// Fills `order`, bar by bar from the entry bar on: a bar after the entry bar that opens at or below the stop fills
    /// there; else a low at or below the stop fills at the stop; else the bar that contains the exit time, or the first
    /// one after it, fills at its close; else the last bar does. A price that equals the stop is at it.
    ///
    /// - Precondition: the order is not refused.
    func fill(_ order: EntryOrder) -> Trade {
        let entry = open(order.bar)
        let stop = order.stopDistance.map { entry - $0 }
        let exitSeconds = secondsSinceOpen(exitTime(order.exitTime))
        var lowest = entry
        var highest = entry

        func trade(_ bar: Int, at exit: Double, _ reason: Trade.ExitReason) -> Trade {
            Trade(
                entryBar: order.bar, exitBar: bar, entry: entry, exit: exit, stop: stop, reason: reason,
                mae: min(lowest, exit) - entry, mfe: max(highest, exit) - entry)
        }

        for bar in order.bar..<count {
            if let stop {
                if bar > order.bar, !equality.isAbove(open(bar), stop) { return trade(bar, at: open(bar), .stopGap) }
                if !equality.isAbove(low(bar), stop) { return trade(bar, at: stop, .stopLoss) }
            }
            lowest = min(lowest, low(bar))
            highest = max(highest, high(bar))
            if secondsSinceOpen(bar) + secondsPerBar > exitSeconds { return trade(bar, at: close(bar), .endOfDay) }
        }
        return trade(count - 1, at: close(count - 1), .sessionEnd)
    }
}

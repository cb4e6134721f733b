extension SessionView {
    /// When an order with `exitTime` leaves this session: 5 minutes before an early close at the latest.
    func exitTime(_ exitTime: TimeOfDay) -> TimeOfDay {
        guard session.isEarlyClose else { return exitTime }
        return min(exitTime, TradingSession.openTime.adding(minutes: session.minutes - 5))
    }

    /// Fills `order`, bar by bar from the entry bar on: a bar after the entry bar that opens at or below the stop fills
    /// there; else a low at or below the stop fills at the stop; else the bar that contains the exit time, or the first
    /// one after it, fills at its close; else the last bar does.
    ///
    /// - Precondition: `order.bar < count`.
    func fill(_ order: EntryOrder) -> Trade {
        let entry = open(order.bar)
        let stop = order.stopDistance.map { entry - $0 }
        let stopOrNone = stop ?? -.infinity
        let exitSeconds = secondsSinceOpen(exitTime(order.exitTime))
        var lowest = entry
        var highest = entry

        func trade(_ bar: Int, at exit: Double, _ reason: Trade.ExitReason) -> Trade {
            Trade(
                entryBar: order.bar, exitBar: bar, entry: entry, exit: exit, stop: stop, reason: reason,
                mae: min(lowest, exit) - entry, mfe: max(highest, exit) - entry)
        }

        for bar in order.bar..<count {
            if bar > order.bar, open(bar) <= stopOrNone { return trade(bar, at: open(bar), .stopGap) }
            if low(bar) <= stopOrNone { return trade(bar, at: stopOrNone, .stopLoss) }
            lowest = min(lowest, low(bar))
            highest = max(highest, high(bar))
            if secondsSinceOpen(bar) + secondsPerBar > exitSeconds { return trade(bar, at: close(bar), .endOfDay) }
        }
        return trade(count - 1, at: close(count - 1), .sessionEnd)
    }
}

import PlaybookCore

/// What must hold for every trade, whatever the strategy, checked against the bars it was made on.
struct TradeInvariants {
    let history: BarHistory
    let strategy: Playbook
    /// When trades end on a full day.
    let exitTime: TimeOfDay

    /// What does not hold for `outcome`.
    func violations(_ outcome: SessionOutcome) -> [String] {
        guard let made = outcome.trades.first, let exitBar = made.exits.last?.bar else { return [] }
        let trade = made.fill
        let slice = history.slices[outcome.slice]
        let bars = history.bars
        let first = slice.bars.lowerBound
        var violations: [String] = []
        func expect(_ holds: Bool, _ what: String) { if !holds { violations.append("\(slice.session.date): \(what)") } }

        expect(outcome.trades.count == 1, "more than one trade")
        expect(exitBar >= trade.entryBar, "exit before entry")
        expect(exitBar < slice.bars.count, "exit after the last bar")
        guard violations.isEmpty else { return violations }
        let (entry, exit) = (first + trade.entryBar, first + exitBar)
        // What equals the stop is at it.
        func isAboveStop(_ price: Double) -> Bool { trade.stop.map { slice.equality.isAbove(price, $0) } ?? true }

        expect(trade.entry == bars.open[entry], "entry is not the open of its bar")
        expect(
            !slice.equality.isBelow(trade.exit, bars.low[exit]) && trade.exit <= bars.high[exit], "exit outside its bar"
        )
        expect(trade.stop ?? 0 < trade.entry, "stop not below the entry")
        expect(trade.mae <= 0 && trade.mfe >= 0, "excursions of the wrong sign")
        expect(trade.mae <= trade.exit - trade.entry && trade.exit - trade.entry <= trade.mfe, "exit beyond excursions")

        // The bars before the exit bar reached neither the stop nor the exit time; the exit bar did, as its reason says.
        let endSeconds =
            slice.session.isEarlyClose
            ? min(Int64(exitTime.minutes - 570), 205) * 60 : Int64(exitTime.minutes - 570) * 60
        func reachesStop(_ bar: Int) -> Bool { !isAboveStop(bars.low[bar]) }
        func reachesExit(_ bar: Int) -> Bool {
            bars.times[bar] - slice.session.open.secondsSinceEpoch + history.timeframe.seconds > endSeconds
        }
        expect(!(entry..<exit).contains(where: reachesStop), "held through the stop")
        expect(!(entry..<exit).contains(where: reachesExit), "held beyond the exit time")
        switch made.reason {
        case .stopLoss:
            expect(trade.exit == trade.stop && reachesStop(exit), "stop filled elsewhere")
            expect(exit == entry || isAboveStop(bars.open[exit]), "a gap taken for a stop")
        case .stopGap:
            expect(exit > entry && trade.exit == bars.open[exit], "gap filled elsewhere")
            expect(!isAboveStop(trade.exit), "a stop filled above itself")
        case .endOfDay:
            expect(trade.exit == bars.close[exit] && reachesExit(exit) && !reachesStop(exit), "no end of day")
        case .sessionEnd:
            expect(trade.exit == bars.close[exit] && exitBar == slice.bars.count - 1, "not the session's end")
            expect(!reachesExit(exit) && !reachesStop(exit), "another reason")
        default: expect(false, "a reason that no order of the strategy has")
        }

        // Excursions: bars held whole, and the fill.
        let isStopped = made.reason == .stopLoss || made.reason == .stopGap
        let held = entry..<(isStopped ? exit : exit + 1)
        let worst = held.map { bars.low[$0] }.reduce(min(trade.entry, trade.exit), min)
        let best = held.map { bars.high[$0] }.reduce(max(trade.entry, trade.exit), max)
        expect(trade.mae == worst - trade.entry, "MAE")
        expect(trade.mfe == best - trade.entry, "MFE")
        return violations
    }

    /// What does not hold for `row`.
    func violations(_ row: JournalRow) -> [String] {
        guard let trade = row.trade else { return [] }
        var violations: [String] = []
        func expect(_ holds: Bool, _ what: String) { if !holds { violations.append("\(row.tradeDate): \(what)") } }
        expect(strategy.parameters.whole("shares") == Int(trade.shares), "shares")
        expect(abs(trade.gross - (trade.exit - trade.entry) * trade.shares) <= 1e-6 * trade.shares, "gross")
        expect(abs(trade.net - (trade.gross - trade.costs)) <= 2e-6, "net is not gross less costs")
        expect(trade.costs >= 0, "negative costs")
        if let multiple = trade.rMultiple {
            expect(multiple * trade.gross >= 0, "sign of R")
            expect(multiple == 0 || trade.gross != 0, "sign of R")
        }
        if trade.reason == .stopLoss { expect((trade.rMultiple ?? -1) == -1, "R of a stop") }
        if trade.reason == .stopGap { expect((trade.rMultiple ?? -1) <= -1, "R of a gap") }
        if let pullback = row.pullbackTime {
            let window = strategy.parameters.time("window-start")...strategy.parameters.time("window-end")
            let order = [pullback, row.reversalTime, row.confirmationTime, trade.entryTime].compactMap { $0 }
            expect(order.count == 4 && zip(order, order.dropFirst()).allSatisfy { $0 < $1 }, "order of the setup")
            expect(
                order.dropLast().allSatisfy { window.contains($0) }, "setup outside the window")
            expect(row.trendValid == true && row.reversalStrong == true, "traded against the rules")
        }
        expect(trade.entryTime <= trade.exitTime, "exit before entry")
        return violations
    }
}

extension SessionOutcome.Trade {
    /// Why it ended.
    var reason: ExitReason? { exits.last?.reason }
}

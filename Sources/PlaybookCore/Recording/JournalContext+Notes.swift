// What the journal's notes say: why there was no trade, or how one ended, in human words.
extension JournalContext {
    /// How a trade ended.
    func note(_ trade: SessionOutcome.Trade, _ slice: SessionSlice) -> String {
        let last = trade.exits[trade.exits.count - 1]
        let time = time(of: last.bar, in: slice)
        let beyond = trade.fill.side == .long ? "below" : "above"
        switch last.reason {
        case .stopLoss: return "stopped out at \(time)"
        case .stopGap: return "opened \(beyond) the stop at \(time) and filled there"
        case .trailingStop: return "stopped out by the trailing stop at \(time)"
        case .breakevenStop: return "stopped out by the breakeven stop at \(time)"
        case .target: return "reached the target at \(time)"
        case .signal: return "left at the open of \(time), after the close at which an exit's condition held"
        case .timeStop: return "closed after as many bars as it may be held, bar \(time)"
        case .endOfDay: return "closed at the exit time, bar \(time)"
        case .sessionEnd: return "closed at the session's last bar \(time): no bar reached the exit time"
        case .refusedFill, .unprotected, .flatten: return last.reason.rawValue
        }
    }

    /// Why there was no trade.
    func note(_ untraded: SessionOutcome.Untraded, _ filters: [Bool?], _ slice: SessionSlice) -> String {
        let plan = playbook.plan
        guard let reason = untraded.reason else { return "" }
        switch reason {
        case .filter(let place):
            let code = reason.code(in: plan, setup: 0)
            let name = plan.filters[place].name
            let decimals = PriceDecimals(sessionOpen: slice.bars.isEmpty ? 1 : slice.firstOpen)
            let numbers = text(untraded.values, decimals, " = ", ", ") { $0.shownWith == name }
            let shown = numbers.isEmpty ? "" : " (\(numbers))"
            if filters[place] == false { return (playbook.notes[code] ?? "the filter \(name) did not hold") + shown }
            let words = (playbook.notes[NoTradeNote.unknown(code)] ?? "the filter \(name) is unknown") + shown
            return shortage(before: slice).map { "\(words): \($0)" } ?? words
        case .exitUnknown: return "the time to leave is unknown"
        case .refused(let why): return note(why, untraded, slice)
        case .cancelled:
            return "cancelled" + (untraded.endBar.map { " at the close of \(time(of: $0, in: slice))" } ?? "")
        case .expired: return playbook.notes[NoTradeCode.expired] ?? expired(untraded, slice)
        case .step(let step): return missing(step, untraded, slice)
        }
    }

    /// What is missing where daily values are unknown; nil when nothing is.
    private func shortage(before slice: SessionSlice) -> String? {
        guard playbook.graph.dailyBars > 0 else { return nil }
        let mean = SimpleMovingAverage(period: playbook.graph.dailyBars)
        return mean.value(before: slice, in: history) == nil ? mean.shortage(before: slice, in: history) : nil
    }

    private func note(_ why: NoTrade.Refusal, _ untraded: SessionOutcome.Untraded, _ slice: SessionSlice) -> String {
        let isLong = playbook.plan.setups[untraded.setup].side == .long
        switch why {
        case .stop: return "refused: the stop is unknown or not \(isLong ? "below" : "above") the entry"
        case .target: return "refused: a target is unknown or not \(isLong ? "above" : "below") the entry"
        case .size: return "refused: the size is unknown or comes to less than one lot"
        case .price: return "refused: the order's price or time is unknown"
        case .bars:
            guard let bar = untraded.endBar, bar >= 0 else { return "too few bars" }
            let due = SessionHours(slice).due(through: number(of: bar, in: slice), history.timeframe.seconds)
            let quiet = history.quiet.map { Int($0.before[slice.bars.lowerBound + bar]) } ?? 0
            return "too few bars: \(bar + 1 + quiet) of the \(due) due from \(slice.session.start) "
                + "through \(time(of: bar, in: slice))"
        }
    }

    /// Why an order was not filled.
    private func expired(_ untraded: SessionOutcome.Untraded, _ slice: SessionSlice) -> String {
        switch playbook.plan.setups[untraded.setup].entry {
        case .market:
            let decided = untraded.steps.last ?? -1
            guard decided + 1 < slice.bars.count else {
                return "not filled: no bar came after \(time(of: decided, in: slice)), when it was ordered"
            }
            return "not filled: the next bar opens at \(time(of: decided + 1, in: slice)), not before the exit time"
        case .at: return "not filled: no bar opened from the order's time on, before the exit time"
        case .stop, .limit: return "not filled: no bar reached the order's price in its time"
        }
    }

    /// Why a step did not come.
    private func missing(_ step: Int, _ untraded: SessionOutcome.Untraded, _ slice: SessionSlice) -> String {
        let steps = playbook.plan.setups[untraded.setup].steps
        let code = NoTradeCode.step(steps[step].name)
        if step == 0 {
            guard hasBar(untraded.window, after: -1, slice) else { return "no bar in the entry window" }
        } else if steps[step].within != nil, !hasBar(untraded.window, after: untraded.steps[step - 1], slice) {
            return "no \(steps[step].name): the \(steps[step - 1].name) was the last bar of the window"
        }
        if untraded.quality[step] == false {
            return playbook.notes[NoTradeNote.weak(code)] ?? "the step \(steps[step].name) came without its quality"
        }
        return playbook.notes[code] ?? "the step \(steps[step].name) did not come"
    }

    /// Whether the bar after one exists and opens within the window, or for -1 whether any bar does.
    private func hasBar(_ window: SessionOutcome.Window?, after bar: Int, _ slice: SessionSlice) -> Bool {
        guard let window else { return false }
        let hours = SessionHours(slice)
        let (first, last) = (hours.firstSecond(at: window.from), hours.lastSecond(at: window.to))
        let bars = bar < 0 ? slice.bars : slice.bars.dropFirst(bar + 1).prefix(1)
        return bars.contains {
            (first...max(first, last)).contains(history.bars.times[$0] - hours.open) && first <= last
        }
    }
}

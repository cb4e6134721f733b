/// A trade, and what it would have brought from other entries of its session.
package struct EntryAlternatives: Sendable, Hashable {
    /// Its R, or its P&L of a share where it has no stop, without costs.
    package var actual: Double
    /// Whether these are R.
    package var isInR: Bool
    /// The same from each bar of the session that it might have been entered at, its own among them.
    package var others: [Double]

    /// A trade and its alternatives.
    package init(actual: Double, isInR: Bool, others: [Double]) {
        (self.actual, self.isInR, self.others) = (actual, isInR, others)
    }
}

extension Backtest {
    /// What each trade of a playbook would have brought if it had been entered at the open of another bar of its session:
    /// each that follows a bar of its setup's window, and opens before the exit time. The distances of stop and targets are
    /// those of the real trade in price units; trail, breakeven and exits go by the rules, and what these read of the
    /// setup's steps stays as it was. Without costs.
    package func entryAlternatives(_ playbook: Playbook, minimumCompleteness: Double = 0.95) -> [EntryAlternatives] {
        guard history.bars.count > 0 else { return [] }
        var found: [EntryAlternatives] = []
        history.withBank(playbook.graph) { bank, finer in
            let resolved = playbook.plan.resolve.map { finer.place(of: $0) }
            var run = SessionRun(
                playbook.plan, values: bank, places: playbook.places, fills: TargetRecorder(), events: TradesOnly(),
                minimumCompleteness: minimumCompleteness)
            let sessions = SessionBarList(history.requested, bank.source, bank.secondsPerBar)
            defer { sessions.deallocate() }
            for index in 0..<sessions.count {
                let session = sessions.first + index
                bank.open(session.pointee.slice)
                run.begin(session.pointee.hours)
                run.advance(
                    session.bars, finer: resolved?.closed(session.pointee.slice, session.pointee.hours), isOver: true)
                for (place, trade) in run.trades.enumerated() {
                    let window = run.window(of: trade.setup)
                    let other = OtherEntry(
                        playbook.plan, trade, run.fills.targets[place], Array(run.stepBars[trade.steps]),
                        history.bars(of: session.pointee.slice))
                    var values: [Double] = []
                    for bar in other.entryBars(within: window, of: history, session.pointee.hours) {
                        var walk = SessionRun(
                            other.plan(entering: bar, session.pointee.hours), values: bank, places: playbook.places,
                            fills: SimulatedFills(), events: TradesOnly(), minimumCompleteness: 0)
                        walk.begin(session.pointee.hours)
                        walk.advance(
                            session.bars, finer: resolved?.closed(session.pointee.slice, session.pointee.hours),
                            isOver: true)
                        if let other = walk.trades.first { values.append(Self.result(other)) }
                    }
                    found.append(
                        EntryAlternatives(actual: Self.result(trade), isInR: trade.stop != nil, others: values))
                }
            }
        }
        return found
    }

    private static func result(_ trade: SessionTrade) -> Double {
        trade.rMultiple ?? trade.side.sign * (trade.exit - trade.entry)
    }
}

/// A real trade as it would be from another bar.
private struct OtherEntry {
    private let base: Plan
    private let trade: SessionTrade
    private let targets: [TargetRecorder.Target]
    private let steps: [Int]
    private let bars: SessionCandles

    init(
        _ plan: Plan, _ trade: SessionTrade, _ targets: [TargetRecorder.Target], _ steps: [Int], _ bars: SessionCandles
    ) {
        (base, self.trade, self.targets, self.steps, self.bars) = (plan, trade, targets, steps, bars)
    }

    /// The bars that follow a bar of the window, all but the first where there is none.
    func entryBars(within window: (from: Double, to: Double)?, of history: BarHistory, _ hours: SessionHours) -> [Int] {
        let isOpen = base.setups[trade.setup].window == nil
        return (1..<max(1, bars.count)).filter { bar in
            if isOpen { return true }
            guard let window else { return false }
            let minute = bars.minute(bar - 1, hours)
            return window.from <= minute && minute <= window.to
        }
    }

    /// A plan that enters at a bar's open and goes on as the trade did.
    func plan(entering bar: Int, _ hours: SessionHours) -> Plan {
        var setup = base.setups[trade.setup]
        (setup.window, setup.steps, setup.cancel, setup.trades) = (nil, [], nil, 1)
        setup.entry = .at(time: .constant(bars.minute(bar, hours)))
        setup.stop = trade.stop.map { .combined(.plus, .entry, .constant($0 - trade.entry)) }
        setup.targets = targets.map {
            Setup.Target(at: .combined(.plus, .entry, .constant($0.price - trade.entry)), share: $0.share)
        }
        if var trail = setup.trail {
            trail.after = trail.after.map { settled($0, hours) }
            switch trail.place {
            case .by(let distance): trail.place = .by(settled(distance, hours))
            case .to(let price): trail.place = .to(settled(price, hours))
            }
            setup.trail = trail
        }
        if var even = setup.breakeven {
            even.to = settled(even.to, hours)
            even.after = even.after.map { settled($0, hours) }
            setup.breakeven = even
        }
        setup.exits = setup.exits.map { exit in
            var exit = exit
            if case .condition(let condition, let share) = exit.when {
                exit.when = .condition(settled(condition, hours), share: share)
            }
            return exit
        }
        var plan = base
        plan.filters = []
        plan.setups = [setup]
        plan.limits = Plan.Limits(trades: 1)
        plan.costs = Plan.Costs()
        var size = plan.size
        (size.kind, size.amount, size.atMost) = (.shares, .constant(trade.shares), nil)
        plan.size = size
        return plan
    }

    /// A formula with what it reads of steps as it was for the real trade.
    private func settled(_ formula: Formula, _ hours: SessionHours) -> Formula {
        switch formula {
        case .constant, .number, .session, .trade: formula
        case .step(let step, let field): .constant(value(step, field, hours))
        case .stepBefore(let step, let field, let bars): .constant(value(step, field, hours, before: bars))
        case .truth(let condition): .truth(settled(condition, hours))
        case .reduced(let how, let parts): .reduced(how, parts.map { settled($0, hours) })
        case .negated(let one): .negated(settled(one, hours))
        case .absolute(let one): .absolute(settled(one, hours))
        case .combined(let how, let one, let other): .combined(how, settled(one, hours), settled(other, hours))
        case .rounded(let one, let tick): .rounded(settled(one, hours), tick: tick)
        case .choice(let condition, let one, let other):
            .choice(settled(condition, hours), settled(one, hours), settled(other, hours))
        }
    }

    private func settled(_ condition: TradeCondition, _ hours: SessionHours) -> TradeCondition {
        switch condition {
        case .constant, .truth, .session: condition
        case .compared(let one, let how, let other): .compared(settled(one, hours), how, settled(other, hours))
        case .between(let one, let low, let high):
            .between(settled(one, hours), settled(low, hours), settled(high, hours))
        case .not(let one): .not(settled(one, hours))
        case .and(let one, let other): .and(settled(one, hours), settled(other, hours))
        case .or(let one, let other): .or(settled(one, hours), settled(other, hours))
        case .choice(let condition, let one, let other):
            .choice(settled(condition, hours), settled(one, hours), settled(other, hours))
        }
    }

    private func value(
        _ step: Int, _ field: Formula.StepField, _ hours: SessionHours, before: Int = 0
    ) -> Double {
        guard steps.indices.contains(step), steps[step] <= trade.entryBar - 1 - before else { return .nan }
        let bar = steps[step]
        // Up to the bar before the real entry.
        let since = bar...(trade.entryBar - 1 - before)
        return switch field {
        case .open: bars.open(bar)
        case .high: bars.high(bar)
        case .low: bars.low(bar)
        case .close: bars.close(bar)
        case .time: bars.minute(bar, hours)
        case .bar: ((bars.minute(bar, hours) - hours.start) * 60 / Double(base.timeframe.seconds)).rounded(.down)
        case .highSince: since.map(bars.high).max() ?? .nan
        case .lowSince: since.map(bars.low).min() ?? .nan
        }
    }
}

/// The bars of one session.
private struct SessionCandles {
    let columns: BarColumns
    let range: Range<Int>

    var count: Int { range.count }
    func open(_ bar: Int) -> Double { columns.open[range.lowerBound + bar] }
    func high(_ bar: Int) -> Double { columns.high[range.lowerBound + bar] }
    func low(_ bar: Int) -> Double { columns.low[range.lowerBound + bar] }
    func close(_ bar: Int) -> Double { columns.close[range.lowerBound + bar] }

    /// When a bar opens, in minutes since midnight.
    func minute(_ bar: Int, _ hours: SessionHours) -> Double {
        hours.start + Double(columns.times[range.lowerBound + bar] - hours.open) / 60
    }
}

extension BarHistory {
    fileprivate func bars(of slice: Int) -> SessionCandles { SessionCandles(columns: bars, range: slices[slice].bars) }
}

/// The contract's fills, noting the targets of each trade.
private struct TargetRecorder: Execution {
    /// A target's price and its part of the position at entry.
    struct Target {
        var price: Double
        var share: Double
    }

    static var isDecidedByBars: Bool { SimulatedFills.isDecidedByBars }
    private(set) var targets: [[Target]] = []
    private var fills = SimulatedFills()

    mutating func begin() {
        targets.removeAll(keepingCapacity: true)
        fills.begin()
    }

    func answer(_ order: PlacedOrder, _ bar: Candle, _ hours: SessionHours) -> EntryAnswer {
        fills.answer(order, bar, hours)
    }

    func lots(_ fill: EntryFill, risk: Double, _ size: SessionSize, _ equality: Equality) -> Double {
        fills.lots(fill, risk: risk, size, equality)
    }

    mutating func walk(_ position: inout Position, _ bar: Candle, entry: EntryFill?, isFirst: Bool) {
        if entry != nil { note(position) }
        fills.walk(&position, bar, entry: entry, isFirst: isFirst)
    }

    private mutating func note(_ position: Position) {
        var left = 1.0
        targets.append(
            (0..<position.goalCount).map { place in
                let goal = position.goals[place]
                let share = goal.takesRest ? left : goal.lots / position.lots
                left -= share
                return Target(price: position.sign * goal.price, share: share)
            })
    }

    mutating func close(_ position: inout Position, at price: Double, _ reason: ExitReason, seconds: Int64) {
        fills.close(&position, at: price, reason, seconds: seconds)
    }

    mutating func pass(_ position: inout Position, _ bars: Range<Int>, of closed: UnsafePointer<ClosedBars>) -> Int {
        fills.pass(&position, bars, of: closed)
    }
}

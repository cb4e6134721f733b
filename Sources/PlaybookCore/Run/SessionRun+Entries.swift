/// An order that a bar would fill.
struct Candidate {
    let setup: Int
    let fill: EntryFill
    /// From the bar's open to the fill.
    let distance: Double
    var isWaiting = true
}

extension SessionRun {
    /// Orders a setup's entry at a bar's close, or before the first bar's open.
    mutating func decide(_ setup: Int, _ bar: Int) {
        let compiled = plan.setups + setup
        var order = PlacedOrder(setup: setup, kind: compiled.pointee.entry, sign: compiled.pointee.sign, decided: bar)
        var isKnown = true
        switch order.kind {
        case .market: break
        case .at:
            let time = value(compiled.pointee.price, bar, setup)
            isKnown = !time.isNaN
            if isKnown { order.at = hours.firstSecond(at: time) }
        case .stop, .limit:
            order.price = value(compiled.pointee.price, bar, setup)
            if compiled.pointee.hasPlainUntil {
                isKnown = !order.price.isNaN
                order.until = states[setup].until
            } else {
                let until = value(compiled.pointee.until, bar, setup)
                isKnown = !order.price.isNaN && !until.isNaN
                if isKnown { order.until = hours.firstSecond(at: until) }
            }
        }
        if !isKnown {
            end(setup, .refused(.price), at: bar, next: bar + 1, isOver: true)
        } else if compiled.pointee.stepCount > 0, order.kind != .at, isIncomplete(through: bar) {
            end(setup, .refused(.bars), at: bar, next: bar + 1, isOver: true)
        } else {
            order.number = bar < 0 ? -1 : bars?.pointee.number(bar) ?? -1
            states[setup].order = order
            states[setup].hasOrder = true
            states[setup].next = bar + 1
            // An order at the market is filled, or lapses, in the next bar, whatever that is.
            states[setup].isDue = order.kind == .market
            tell(.ordered(setup: setup, bar: bar))
        }
    }

    /// Whether too few of the bars due from the open up to and with a bar exist.
    @inline(__always)
    private mutating func isIncomplete(through bar: Int) -> Bool {
        guard bar >= 0, let bars, !bars.pointee.isDense else { return false }
        let (due, present) = (
            hours.due(through: bars.pointee.number(bar), plan.secondsPerBar), bars.pointee.present(through: bar)
        )
        return due - present > 1 && Double(present) < minimumCompleteness * Double(due) - 1e-9
    }

    /// Ends stop and limit orders whose time is over when a bar opens.
    mutating func lapse(_ bar: Int, _ candle: Candle) {
        for setup in 0..<plan.setupCount where states[setup].hasOrder {
            let kind = states[setup].order.kind
            if kind == .stop || kind == .limit, candle.seconds >= states[setup].order.until {
                // An order that comes later is gone as well.
                let isOver = !Events.readsAttempts && plan.setups[setup].hasFixedUntil
                end(setup, .expired, at: bar, next: bar, isOver: isOver)
            }
        }
    }

    /// Fills the order whose price is nearest the open of a bar, or finer bar; a refused one makes room for the next.
    mutating func enter(_ bar: Int, _ candle: Candle) {
        if plan.setupCount == 1 {
            guard states[0].hasOrder, let fill = answer(0, bar, candle), open(0, fill, bar, candle) else { return }
            return take(fill, bar, candle)
        }
        var count = 0
        for setup in 0..<plan.setupCount where states[setup].hasOrder {
            guard let fill = answer(setup, bar, candle) else { continue }
            let candidate = Candidate(setup: setup, fill: fill, distance: abs(fill.price - candle.open))
            (candidates + count).initialize(to: candidate)
            count += 1
        }
        if count == 1 {
            if open(candidates[0].setup, candidates[0].fill, bar, candle) { take(candidates[0].fill, bar, candle) }
            return
        }
        for _ in 0..<count {
            var nearest = Double.infinity
            for place in 0..<count where candidates[place].isWaiting {
                nearest = min(nearest, candidates[place].distance)
            }
            var chosen = 0
            while !candidates[chosen].isWaiting || !hours.equality.isEqual(candidates[chosen].distance, nearest) {
                chosen += 1
            }
            candidates[chosen].isWaiting = false
            let candidate = candidates[chosen]
            if open(candidate.setup, candidate.fill, bar, candle) {
                position.isAmbiguous = isContested(chosen, of: count, candle.open)
                take(candidate.fill, bar, candle)
                return
            }
        }
    }

    /// Whether another order of the bar would have filled on the other side of its open.
    private mutating func isContested(_ chosen: Int, of count: Int, _ open: Double) -> Bool {
        let equality = hours.equality
        let price = candidates[chosen].fill.price
        let (isAbove, isBelow) = (equality.isAbove(price, open), equality.isBelow(price, open))
        for other in 0..<count where other != chosen {
            let price = candidates[other].fill.price
            if isAbove && equality.isBelow(price, open) || isBelow && equality.isAbove(price, open) { return true }
        }
        return false
    }

    /// What a bar makes of a setup's order; nil when it fills nothing.
    private mutating func answer(_ setup: Int, _ bar: Int, _ candle: Candle) -> EntryFill? {
        let order = states[setup].order
        switch order.kind {
        case _ where !Fills.isDecidedByBars: break
        case .at where candle.seconds < order.at: return nil
        case .market, .at:
            if candle.seconds >= exitFrom {
                end(setup, .expired, at: bar, next: bar, isOver: true)
                return nil
            }
        case .stop, .limit:
            if candle.seconds >= min(order.until, exitFrom) { return nil }
        }
        switch fills.answer(order, candle, hours) {
        case .open: return nil
        case .filled(let fill): return fill
        case .ended:
            end(setup, .expired, at: bar, next: bar + 1, isOver: true)
            return nil
        }
    }

    /// Opens the position of a fill, unless stop, target, size or too few bars refuse it.
    private mutating func open(_ setup: Int, _ fill: EntryFill, _ bar: Int, _ candle: Candle) -> Bool {
        let compiled = plan.setups + setup
        let equality = hours.equality
        let sign = compiled.pointee.sign
        let entry = sign * fill.price
        let canRefuse = Fills.isDecidedByBars
        var isRefused = false
        position.note(entry: fill.price, sign: sign)
        var stop = Double.nan
        if !compiled.pointee.stop.isAbsent {
            let price = value(compiled.pointee.stop, bar - 1, setup)
            stop = sign * price
            if stop.isNaN || !equality.isAbove(entry, stop) {
                if canRefuse { return refuse(setup, .stop, bar) }
                isRefused = true
                stop = .nan
            } else {
                position.note(r: fill.price - price)
            }
        }
        var first = Double.nan
        for target in 0..<compiled.pointee.targetCount {
            let price = value(compiled.pointee.targets[target].price, bar - 1, setup)
            if target == 0 { first = price }
            if price.isNaN || !equality.isAbove(sign * price, entry) {
                if canRefuse { return refuse(setup, .target, bar) }
                isRefused = true
            }
            position.goals[target] = Goal(price: sign * price, lots: 0, takesRest: false, target: target)
        }
        let lots = fills.lots(fill, risk: stop.isNaN ? .nan : abs(entry - stop), size, equality)
        guard lots > 0 else { return refuse(setup, .size, bar) }
        if canRefuse, compiled.pointee.stepCount == 0 || compiled.pointee.entry == .at,
            isIncomplete(through: bar - 1)
        {
            return refuse(setup, .bars, bar)
        }
        position.open(
            states[setup].order, entry: entry, stop: stop, lots: lots, step: size.step, seconds: candle.seconds)
        position.isRefused = isRefused
        position.firstTarget = first
        position.place(isRefused ? 0 : compiled.pointee.targetCount, compiled)
        return true
    }

    /// Refuses an order: its setup is over.
    private mutating func refuse(_ setup: Int, _ why: NoTrade.Refusal, _ bar: Int) -> Bool {
        end(setup, .refused(why), at: bar, next: bar, isOver: true)
        return false
    }

    /// Notes the entry, takes back the other setups' orders, and lets the bar do what it does after the fill.
    private mutating func take(_ fill: EntryFill, _ bar: Int, _ candle: Candle) {
        let setup = position.setup
        let compiled = plan.setups + setup
        states[setup].trades += 1
        for step in 0..<compiled.pointee.stepCount { stepBars.append(Int(mark(setup, step).pointee.bar)) }
        if compiled.pointee.isManaged { fix(setup, bar) }
        tell(
            .entered(
                setup: setup, price: fill.price, lots: position.lots, stop: position.stopPrice, bar: bar))
        for other in 0..<plan.setupCount where states[other].hasOrder {
            states[other].hasOrder = false
            if other != setup { tell(.withdrawn(setup: other, bar: bar)) }
        }
        let before = position.parts.count
        fills.walk(&position, candle, entry: fill, isFirst: true)
        tellExits(from: before)
    }

    /// Computes once what the trail and the breakeven read of the fill alone.
    private mutating func fix(_ setup: Int, _ bar: Int) {
        let compiled = plan.setups + setup
        if compiled.pointee.trailPlace.isFixed { position.trailPlace = value(compiled.pointee.trailPlace, bar, setup) }
        if compiled.pointee.trailAfter.isFixed { position.trailAfter = value(compiled.pointee.trailAfter, bar, setup) }
        if compiled.pointee.evenTo.isFixed { position.evenTo = value(compiled.pointee.evenTo, bar, setup) }
        if compiled.pointee.evenAfter.isFixed { position.evenAfter = value(compiled.pointee.evenAfter, bar, setup) }
    }
}

extension Position {
    /// Opens with a fill. Prices are times the side's sign.
    mutating func open(
        _ order: PlacedOrder, entry: Double, stop: Double, lots: Double, step: Double, seconds: Int64
    ) {
        isOpen = true
        setup = order.setup
        sign = order.sign
        orderedAt = order.number
        self.entry = entry
        entryBar = bar
        entryTime = openTime + seconds
        self.lots = lots
        left = lots
        self.step = step
        self.stop = stop
        firstStop = stop
        stopReason = .stopLoss
        isForced = false
        (best, worst, held) = (entry, entry, 0)
        isAmbiguous = false
        (isEven, isTrailing, acted) = (false, false, 0)
        if signalCount > 0 {
            signalCount = 0
            for exit in 0..<exitCount { signals[exit] = .nan }
        }
        firstPart = parts.count
    }

    /// Puts the targets into the order in which they fill, nearest first, and leaves out those of less than a lot.
    mutating func place(_ count: Int, _ setup: UnsafePointer<CompiledSetup>) {
        nextGoal = 0
        goalCount = 0
        for target in 0..<count {
            var goal = goals[target]
            goal.lots = equality.floor(setup.pointee.targets[target].share * lots)
            var place = target
            while place > 0, isAbove(goals[place - 1].price, goal.price) {
                goals[place] = goals[place - 1]
                place -= 1
            }
            goals[place] = goal
        }
        if count > 0, setup.pointee.targetsAreWhole { goals[count - 1].takesRest = true }
        for target in 0..<count where goals[target].takesRest || goals[target].lots > 0 {
            goals[goalCount] = goals[target]
            goalCount += 1
        }
    }
}

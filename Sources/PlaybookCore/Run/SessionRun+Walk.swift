extension ContiguousArray {
    /// Takes out all elements, of which there are few, and keeps the memory: `removeAll` takes some 60 instructions.
    @inline(__always)
    fileprivate mutating func clear() {
        while !isEmpty { removeLast() }
    }
}

extension SessionRun {
    /// Begins a session of which nothing is known but its hours.
    public mutating func begin(_ hours: SessionHours) {
        self.hours = hours
        phase = .waiting
        played = 0
        if finer != nil { finer = nil }
        verdict = nil
        position.isOpen = false
        if !trades.isEmpty {
            trades.clear()
            position.parts.clear()
            stepBars.clear()
        }
        fills.begin()
        if Events.isListening { events.begin() }
    }

    /// Walks the bars that have closed since the last call.
    ///
    /// - Parameters:
    ///   - closed: the session's bars that have closed; more of them than at the last call, or as many.
    ///   - finer: where the plan says `resolve`, the finer bars that have closed.
    ///   - open: the session's first open, when it is known before its first bar closes.
    ///   - isOver: whether no bar will follow.
    public mutating func advance(
        _ closed: ClosedBars?, finer: ClosedBars? = nil, open: Double? = nil, isOver: Bool
    ) {
        guard let closed else {
            if phase == .waiting, open != nil || plan.plan.isKnownBeforeOpen { start() }
            return
        }
        withUnsafePointer(to: closed) { advance($0, finer: finer, open: open, isOver: isOver) }
    }

    /// The same, with bars that are read where they lie.
    mutating func advance(
        _ closed: UnsafePointer<ClosedBars>, finer: ClosedBars? = nil, open: Double? = nil, isOver: Bool
    ) {
        let count = closed.pointee.count
        bars = closed
        defer { bars = nil }
        if phase == .waiting, count > 0 || open != nil || plan.plan.isKnownBeforeOpen { start() }
        guard phase == .playing else { return }
        if finer != nil || self.finer != nil { self.finer = finer }
        while played < count, phase == .playing {
            if position.isOpen {
                pass(closed)
            } else if plan.isAlone, !states[0].hasOrder {
                seekAlone(closed)
            } else {
                seek(closed)
            }
            guard played < count else { break }
            play(played, closed, isLast: isOver && played == count - 1)
            played += 1
        }
        if phase == .over { played = count }
        if isOver, count > 0, position.isOpen, phase == .playing { leaveAtEnd(closed, .sessionEnd, count - 1) }
    }

    /// Looks at what is known before the first bar closes, and places the orders of setups without steps.
    ///
    /// - Parameter isFiltered: whether the filters are known to be true, and nobody listens.
    mutating func start(isFiltered: Bool = false) {
        phase = .over
        for place in 0..<(isFiltered ? 0 : plan.filterCount) {
            let truth = values.sessionTruth(plan.filters[place])
            tell(.filter(place, truth))
            guard truth == true else {
                verdict = .filter(place)
                return
            }
        }
        guard setTimes() else {
            verdict = .exitUnknown
            return
        }
        play()
        for setup in 0..<plan.setupCount { states[setup].restart() }
        for step in 0..<plan.stepCount { marks[step].quality = nil }
        if !plan.hasConstantSize { setSize() }
        guard plan.ordersAtOpen else { return }
        for setup in 0..<plan.setupCount where plan.setups[setup].stepCount == 0 {
            states[setup].isActive = true
            decide(setup, -1)
        }
    }

    /// Begins the play of a session: nothing has been traded.
    @inline(__always)
    mutating func play() {
        phase = .playing
        exitBar = nil
        (losses, net) = (0, 0)
        position.openTime = hours.open
        position.equality = hours.equality
    }

    /// Computes the size's numbers.
    mutating func setSize() {
        size.amount = value(plan.sizeAmount, -1, 0)
        size.atMost = plan.sizeAtMost.isAbsent ? .infinity : value(plan.sizeAtMost, -1, 0)
    }

    /// Computes the exit and the windows, unless they are those of the session before.
    ///
    /// - Returns: whether the exit is known.
    mutating func setTimes() -> Bool {
        if hasTimes, timesStart == hours.start, timesEnd == hours.end, timesEarly == hours.isEarlyClose { return true }
        let asked = plan.exit.isAbsent ? hours.end - 5 : value(plan.exit, -1, 0)
        guard !asked.isNaN else { return false }
        exitMinute = min(asked, hours.isEarlyClose ? hours.end - 5 : hours.end)
        exitFrom = hours.firstSecond(at: exitMinute)
        exitTo = hours.lastSecond(at: exitMinute)
        exitPlace = ClosedBars.place(atOrAfter: exitTo - plan.secondsPerBar + 1, plan.secondsPerBar)
        for setup in 0..<plan.setupCount {
            states[setup].windowStart = hours.start
            states[setup].windowStop = hours.end
            states[setup].windowFrom = 0
            states[setup].windowTo = .max
            if plan.setups[setup].hasWindow { openWindow(setup) }
            if plan.setups[setup].hasPlainUntil {
                let until = plan.setups[setup].until
                states[setup].until = until.isAbsent ? exitFrom : hours.firstSecond(at: until.value)
            }
            states[setup].findPlaces(plan.secondsPerBar)
        }
        hasTimes = plan.hasConstantTimes
        (timesStart, timesEnd, timesEarly) = (hours.start, hours.end, hours.isEarlyClose)
        return true
    }

    /// Computes a setup's window; one with an unknown end has no bar.
    private mutating func openWindow(_ setup: Int) {
        let from = value(plan.setups[setup].windowFrom, -1, setup)
        let to = value(plan.setups[setup].windowTo, -1, setup)
        states[setup].windowStart = from
        states[setup].windowStop = to
        let isKnown = !from.isNaN && !to.isNaN
        states[setup].windowFrom = isKnown ? hours.firstSecond(at: from) : 0
        states[setup].windowTo = isKnown ? hours.lastSecond(at: to) : -1
    }

    /// Plays a bar: orders lapse, fills come, and at the close steps are tested or the position is managed.
    private mutating func play(_ bar: Int, _ closed: UnsafePointer<ClosedBars>, isLast: Bool) {
        // Where nothing can be filled the bar's prices are not looked at: memory is what takes time.
        guard position.isOpen || hasOrders else { return close(bar, closed.pointee.seconds(bar)) }
        let candle = closed.pointee.candle(bar)
        var hasTraded = position.isOpen
        position.bar = bar
        if !hasTraded { lapse(bar, candle) }
        var pieces = 0..<0
        if let finer {
            pieces = finer.first(atOrAfter: candle.seconds)..<finer.first(atOrAfter: candle.end)
            for piece in pieces {
                fill(bar, finer.candle(piece), isFirst: piece == pieces.lowerBound, &hasTraded)
            }
        }
        if pieces.isEmpty { fill(bar, candle, isFirst: true, &hasTraded) }
        if position.isOpen {
            finish(bar, candle, pieces, isLast: isLast)
        } else if !hasTraded {
            close(bar, candle.seconds)
        }
    }

    /// Whether an entry order stands.
    private var hasOrders: Bool {
        mutating get {
            for setup in 0..<plan.setupCount where states[setup].hasOrder { return true }
            return false
        }
    }

    /// A bar's close without a position.
    private mutating func close(_ bar: Int, _ seconds: Int64) {
        for setup in 0..<plan.setupCount where states[setup].next <= bar { close(setup, bar, seconds) }
    }

    /// Lets a bar, or finer bar, fill what it can.
    private mutating func fill(_ bar: Int, _ candle: Candle, isFirst: Bool, _ hasTraded: inout Bool) {
        let before = position.parts.count
        if position.isOpen {
            fills.walk(&position, candle, entry: nil, isFirst: isFirst)
            tellExits(from: before)
        } else if !hasTraded {
            enter(bar, candle)
            hasTraded = position.isOpen
        }
        if position.isOpen, position.left == 0 { settle(bar) }
    }
}

// Averages that go on from the value before. Each session starts them anew, so many bars before it as matter, so that a
// value depends neither on the range asked for nor on which values are asked for.
extension ColumnBank {
    /// Where a recursion starts, counted from the first needed bar: where the data begin, if that is later. Sessions further
    /// back than would hold all that matters, even when they closed early, may not have been loaded and do not count.
    private func start(_ node: ColumnNode) -> Int {
        let row = rows[node.row]
        var earliest = -row.first
        switch graph.rows[node.row] {
        case .own:
            let oldest = max(0, slice - Self.sessions(node.ahead, secondsPerBar, history.market.hours))
            earliest = max(earliest, source.slices[oldest].bars.lowerBound - row.first)
        case .longer(let minutes, _):
            let oldest = max(0, slice - Self.sessions(node.ahead, Int64(minutes) * 60, history.market.hours))
            earliest = max(earliest, (longer[node.row]?.ranges[oldest].lowerBound ?? 0) - row.first)
        case .daily:
            // Of daily bars, more sessions than that are not asked for.
            let place = row.calendarPlace - SeriesGraph.lookBack(node.ahead + 1)
            while earliest < 0, row.calendarPlace(ofBar: earliest) < place { earliest += 1 }
        }
        return max(earliest, -node.ahead)
    }

    /// Sessions that hold so many bars even when all of them close early.
    static func sessions(_ bars: Int, _ seconds: Int64, _ hours: MarketHours) -> Int {
        max(SeriesGraph.fewestSessions, bars / max(1, hours.fewestMinutes * 60 / Int(seconds)) + 1)
    }

    @inline(never)
    func computeAverage(_ place: Int, _ node: ColumnNode, _ low: Int, _ high: Int) {
        let (x, out) = (states[node.a].values, states[place].values)
        var state = states[place].state
        var bar = low
        if high <= 0 {
            state = IndicatorState()
            bar = start(node)
            var index = low
            while index < min(bar, high) {
                out[index] = .nan
                index += 1
            }
        }
        let (weight, rest) = (node.x, 1 - node.x)
        var (value, isStarted) = (state.values[0], state.isStarted)
        while bar < high {
            let next = x[bar]
            if next == next {
                value = isStarted ? weight * next + rest * value : next
                isStarted = true
                if bar >= low { out[bar] = value }
            } else if bar >= low {
                out[bar] = .nan
            }
            bar += 1
        }
        states[place].state = isStarted ? IndicatorState(value) : IndicatorState()
    }

    /// State: the lower and the upper band, the side.
    @inline(never)
    func computeSuperTrend(_ place: Int, _ node: ColumnNode, _ low: Int, _ high: Int) {
        let (width, middle, close) = (states[node.a].values, states[node.b].values, states[node.c].values)
        let out = states[place].values
        var state = states[place].state
        var bar = low
        if high <= 0 {
            state = IndicatorState()
            bar = start(node)
            var index = low
            while index < min(bar, high) {
                out[index] = .nan
                index += 1
            }
        }
        while bar < high {
            guard !width[bar].isNaN else {
                if bar >= low { out[bar] = .nan }
                bar += 1
                continue
            }
            let reach = node.x * width[bar]
            var (lower, upper, side) = (middle[bar] - reach, middle[bar] + reach, 1.0)
            if state.isStarted {
                let (lastLower, lastUpper, before) = (state.values[0], state.values[1], close[bar - 1])
                side = state.values[2]
                if !equality.isBelow(before, lastLower) { lower = max(lower, lastLower) }
                if !equality.isAbove(before, lastUpper) { upper = min(upper, lastUpper) }
                if side == 1, equality.isBelow(close[bar], lower) {
                    side = -1
                } else if side == -1, equality.isAbove(close[bar], upper) {
                    side = 1
                }
            }
            state = IndicatorState(lower, upper, side)
            if bar >= low { out[bar] = node.code == 1 ? side : side == 1 ? lower : upper }
            bar += 1
        }
        states[place].state = state
    }

    /// The latest bar above (below) the n before and the n after it, known n bars later.
    @inline(never)
    func computePivot(_ node: ColumnNode, _ out: UnsafeMutablePointer<Double>, _ low: Int, _ high: Int) {
        let (row, n, isHigh) = (rows[node.row], node.n, node.code == 1)
        let column = isHigh ? row.bars.high : row.bars.low
        let earliest = start(node)
        func price(_ bar: Int) -> Double { column[row.first + bar] / row.divisor(row.first + bar) }
        func isPivot(_ bar: Int) -> Bool {
            guard bar - n >= earliest else { return false }
            let this = price(bar)
            for other in (bar - n)...(bar + n) where other != bar {
                guard isHigh ? equality.isAbove(this, price(other)) : equality.isBelow(this, price(other)) else {
                    return false
                }
            }
            return true
        }
        var bar = low
        while bar < high {
            if isPivot(bar - n) {
                out[bar] = price(bar - n)
            } else if bar > low || high > 0 {
                out[bar] = bar > -row.first && bar > -node.depth ? out[bar - 1] : .nan
            } else {
                // The bars before those that are computed, from where the search begins.
                var back = bar - n - 1
                while back - n >= earliest, !isPivot(back) { back -= 1 }
                out[bar] = back - n >= earliest ? price(back) : .nan
            }
            bar += 1
        }
    }
}

// MARK: - Averages of fields

extension ColumnBank {
    /// The state of an average of closes or true ranges at the open, from the columns in place.
    @inline(never)
    func warmUpFast(_ place: Int, _ node: UnsafeMutablePointer<ColumnNode>) {
        let state =
            node.pointee.code == 0
            ? warmUp(averages + node.pointee.fast, node.pointee.n)
            : warmUp(ranges + node.pointee.fast, node.pointee.n)
        states[place].state = state
        states[place].own[-1] = state.isStarted ? state.values[0] : .nan
    }

    /// - Parameter sessions: how many sessions back it may start.
    @inline(__always)
    private func warmUp<Indicator: BarIndicator>(
        _ indicator: UnsafeMutablePointer<Indicator>, _ sessions: Int
    ) -> IndicatorState {
        var state = IndicatorState()
        let firstSlice = max(0, slice - sessions)
        let end = source.slices[slice].bars.lowerBound
        var start = max(source.slices[firstSlice].bars.lowerBound, end - indicator.pointee.warmUpBars)
        // Stretches between splits; usually there is one.
        if rows[0].lastSplit > start {
            for index in stride(from: firstSlice + 1, through: slice, by: 1) where source.slices[index].splitRatio != 1
            {
                let split = source.slices[index].bars.lowerBound
                if start < split {
                    indicator.pointee.carry(&state, over: pointers, range: start..<split)
                    start = split
                }
                indicator.pointee.rescale(&state, by: 1 / source.slices[index].splitRatio)
            }
        }
        if start < end { indicator.pointee.carry(&state, over: pointers, range: start..<end) }
        return state
    }

    @inline(never)
    func advanceFast(_ place: Int, _ node: UnsafeMutablePointer<ColumnNode>, _ low: Int, _ high: Int) {
        let (first, column) = (rows[0].first, states[place].own)
        var bar = low
        if node.pointee.code == 0, states[place].state.isStarted {
            // Steps of four bars follow each other as they do block by block.
            averages[node.pointee.fast].advance(
                &states[place].state, over: pointers, range: (first + low)..<(first + high), into: column + low)
            return
        }
        while bar < high {
            let end = min(bar + Self.block, high)
            let range = (first + bar)..<(first + end)
            if node.pointee.code == 0 {
                averages[node.pointee.fast].advance(
                    &states[place].state, over: pointers, range: range, into: column + bar)
            } else {
                ranges[node.pointee.fast].advance(
                    &states[place].state, over: pointers, range: range, into: column + bar)
            }
            bar = end
        }
    }
}

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

// What belongs to one session: its hours, its first bars, what counts from its first bar, the session before.
extension ColumnBank {
    /// The slice of the session that a bar belongs to.
    @inline(__always)
    func sliceIndex(of bar: Int) -> Int { source.slice(of: rows[0].first + bar, atMost: slice) }

    /// The session's first price.
    @inline(__always)
    var sessionOpen: Double {
        let open = source.slices[slice].firstOpen
        // Of the bars of the session at hand no split is known that comes after them, unless it is seen from a later one.
        return slice == asOf ? open : open / rows[0].divisor(rows[0].first)
    }

    func sessionValue(_ code: Int) -> Double {
        let session = source.slices[slice].session
        switch Series.SessionValue(rawValue: code) {
        case .start: return Double(session.start.minutes)
        case .end: return Double(session.start.minutes + session.minutes)
        case .open: return sessionOpen
        case .month: return Double(session.date.month)
        default: return Double(session.date.day)
        }
    }

    func isWeekday(_ days: Int) -> Bool {
        days >> source.slices[slice].session.date.weekday.rawValue & 1 != 0
    }

    func priorValue(_ code: Int) -> Double {
        guard slice > 0, let price = Series.Price(rawValue: code) else { return .nan }
        let range = source.slices[slice - 1].bars
        guard !range.isEmpty else { return .nan }
        return part(price, range)
    }

    /// Of the session's premarket, whose prices are those of the session's own date.
    func premarketValue(_ code: Int) -> Double {
        guard let premarket = history.premarket, let bar = premarket.bars[slice],
            let price = Series.Price(rawValue: code)
        else {
            return .nan
        }
        let divisor = rows[0].divisor(source.slices[slice].bars.lowerBound)
        switch price {
        case .open: return bar.open / divisor
        case .high: return bar.high / divisor
        case .low: return bar.low / divisor
        case .close: return bar.close / divisor
        case .volume: return bar.volume * divisor
        }
    }

    /// How many bars open in a session's first seconds, where no bar is missing, so that it follows from the clock.
    func clockBars(of seconds: Int64, in slice: UnsafePointer<SessionSlice>) -> Int? {
        let bars = seconds / secondsPerBar
        guard slice.pointee.bars.count == slice.pointee.clockBars, bars * secondsPerBar == seconds,
            seconds <= Int64(slice.pointee.session.minutes) * 60
        else { return nil }
        return Int(bars)
    }

    /// Of bars of one session put together, as of the splits that are known.
    func part(_ price: Series.Price, _ range: Range<Int>) -> Double {
        let bars = rows[0].bars
        let divisor = rows[0].divisor(range.lowerBound)
        switch price {
        case .open: return bars.open[range.lowerBound] / divisor
        case .close: return bars.close[range.upperBound - 1] / divisor
        case .high: return bars.extremes(range).highest / divisor
        case .low: return bars.extremes(range).lowest / divisor
        case .volume: return range.reduce(0) { $0 + bars.volume[$1] } * divisor
        }
    }

    @inline(never)
    func computeClock(_ node: ColumnNode, _ out: UnsafeMutablePointer<Double>, _ low: Int, _ high: Int) {
        eachSession(low, high) { session, bars, first in
            let open = session.open.secondsSinceEpoch
            let start = Double(session.start.minutes)
            for bar in bars {
                let seconds = rows[0].bars.times[first + bar] - open
                out[bar] = node.code == 1 ? Double(seconds / secondsPerBar) : start + Double(seconds) / 60
            }
        }
        unknownBefore(out, low, high)
    }

    /// Calls `body` with each session that has bars among those from `low` to `high`, and with these bars.
    private func eachSession(_ low: Int, _ high: Int, _ body: (TradingSession, Range<Int>, Int) -> Void) {
        let first = rows[0].first
        var bar = max(low, -first)
        while bar < high {
            let index = sliceIndex(of: bar)
            let end = min(high, source.slices[index].bars.upperBound - first)
            body(source.slices[index].session, bar..<end, first)
            bar = end
        }
    }

    private func unknownBefore(_ out: UnsafeMutablePointer<Double>, _ low: Int, _ high: Int) {
        var bar = low
        while bar < min(high, -rows[0].first) {
            out[bar] = .nan
            bar += 1
        }
    }

    /// A field of the session's bars that open in its first minutes, from the first bar on that closes after them.
    @inline(never)
    func computeFirst(_ node: ColumnNode, _ out: UnsafeMutablePointer<Double>, _ low: Int, _ high: Int) {
        guard let price = Series.Price(rawValue: node.code) else { return }
        let length = Int64(node.n) * 60
        eachSession(low, high) { session, bars, first in
            let open = session.open.secondsSinceEpoch
            let times = rows[0].bars.times
            let start = source.slices[sliceIndex(of: bars.lowerBound)].bars.lowerBound
            var value = Double.nan
            let slice = source.slices + sliceIndex(of: bars.lowerBound)
            if let counted = clockBars(of: length, in: slice) {
                let last = start + counted
                let known = min(max(bars.lowerBound, last - 1 - first), bars.upperBound)
                for bar in bars.lowerBound..<known { out[bar] = .nan }
                guard known < bars.upperBound else { return }
                value = part(price, start..<last)
                for bar in known..<bars.upperBound { out[bar] = value }
                return
            }
            for bar in bars {
                let end = min(times[first + bar] - open + secondsPerBar, Int64(session.minutes) * 60)
                if end >= length, value.isNaN {
                    var last = start
                    while last <= first + bar, times[last] - open < length { last += 1 }
                    if last > start { value = part(price, start..<last) }
                }
                out[bar] = value
            }
        }
        unknownBefore(out, low, high)
    }

    /// What counts from each session's first bar up to and with a bar.
    @inline(never)
    func computeRunning(_ node: ColumnNode, _ out: UnsafeMutablePointer<Double>, _ low: Int, _ high: Int) {
        guard let kind = Series.Running(rawValue: node.code) else { return }
        let place = UnsafeMutablePointer(mutating: out)
        eachSession(low, high) { _, bars, first in
            let start = source.slices[sliceIndex(of: bars.lowerBound)].bars.lowerBound - first
            let divisor = rows[0].divisor(first + bars.lowerBound)
            var sum = RunningSum(kind, rows[0].bars, divisor, equality)
            // What came before in the session is added up again: a few instructions a bar.
            for bar in start..<bars.upperBound {
                sum.add(first + bar, isFirst: bar == start)
                if bar >= bars.lowerBound { place[bar] = sum.value }
            }
        }
        unknownBefore(out, low, high)
    }
}

/// A number that grows with each bar of a session.
private struct RunningSum {
    private let kind: Series.Running
    private let bars: RowBars
    private let divisor: Double
    private let equality: Equality
    private var sum = 0.0
    private var mean = 0.0
    private var squares = 0.0

    init(_ kind: Series.Running, _ bars: RowBars, _ divisor: Double, _ equality: Equality) {
        (self.kind, self.bars, self.divisor, self.equality) = (kind, bars, divisor, equality)
    }

    mutating func add(_ place: Int, isFirst: Bool) {
        switch kind {
        case .high: sum = isFirst ? bars.high[place] : max(sum, bars.high[place])
        case .low: sum = isFirst ? bars.low[place] : min(sum, bars.low[place])
        case .volume: sum += bars.volume[place]
        case .vwap, .vwapDeviation:
            let volume = bars.volume[place]
            sum += volume
            guard volume != 0 else { return }
            let price = (bars.high[place] + bars.low[place] + bars.close[place]) / 3
            let distance = price - mean
            // Exactly 0 at the first price, and as small as the distance at an equal one.
            squares += distance * distance * volume * ((sum - volume) / sum)
            mean += distance * (volume / sum)
        case .onBalanceVolume:
            guard !isFirst else { return }
            let (now, before) = (bars.close[place] / divisor, bars.close[place - 1] / divisor)
            if equality.isAbove(now, before) { sum += bars.volume[place] }
            if equality.isBelow(now, before) { sum -= bars.volume[place] }
        }
    }

    /// As of the splits that are known.
    var value: Double {
        switch kind {
        case .high, .low: return sum / divisor
        case .volume, .onBalanceVolume: return sum * divisor
        case .vwap, .vwapDeviation:
            guard !(Swift.abs(sum * divisor) <= 1e-9 * equality.floor) else { return .nan }
            return (kind == .vwap ? mean : sqrt(max(squares, 0) / sum)) / divisor
        }
    }
}

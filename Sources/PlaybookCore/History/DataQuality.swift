/// Looks for what is doubtful in the bars of the sessions asked for. What is impossible is refused earlier, by
/// `BarValidator`.
struct DataQuality {
    /// A close this many times the one before it, or its inverse, is a jump.
    static let jump = 1.2
    /// A high or low this share beyond those of both neighbours may be a bad tick,
    static let tick = 0.03
    /// if it is also this many of the session's usual ranges beyond them.
    static let tickRanges = 20.0

    private let history: BarHistory
    private let minimumCompleteness: Double
    private var incomplete = Sightings()
    private var gaps = Sightings()
    private var jumps = Sightings()
    private var ticks = Sightings()
    private var still = Sightings()

    /// What was seen of a kind: how often, and the first in words.
    private struct Sightings {
        var count = 0
        var first = ""

        mutating func add(_ text: @autoclosure () -> String) {
            if count == 0 { first = text() }
            count += 1
        }
    }

    /// - Parameter minimumCompleteness: sessions with a smaller share of their bars, 0 to 1, are named.
    init(_ history: BarHistory, minimumCompleteness: Double) {
        self.history = history
        self.minimumCompleteness = minimumCompleteness
    }

    /// One warning for each kind of doubt, naming the first day and bar.
    mutating func warnings() -> [DataWarning] {
        let longest = Dictionary(history.holes.map { ($0.date, $0) }) { $0.minutes < $1.minutes ? $1 : $0 }
        for slice in history.slices[history.requested] { look(slice, longest[slice.session.date]) }
        let share = Int((minimumCompleteness * 100).rounded())
        let found = [
            (incomplete, "with under \(share)% of their bars, where orders decided on too few of them are refused"),
            (gaps, "with a gap of 15 minutes or more"),
            (jumps, "with a jump of 20% or more from one bar to the next"),
            (ticks, "with a bar far off both its neighbours, which may be a bad tick"),
            (still, "whose price moves on no volume"),
        ]
        return found.filter { $0.0.count > 0 }.map { seen, what in
            DataWarning(
                symbol: history.symbol,
                message: "\(counted(seen.count, "session")) \(what); the first: \(seen.first)")
        }
    }

    private mutating func look(_ slice: SessionSlice, _ hole: BarHole?) {
        if slice.completeness < minimumCompleteness - 1e-9 {
            let gap = longestGap(slice)
            incomplete.add(
                "\(slice.session.date) has \(slice.presentBars) of \(slice.expectedBars) bars"
                    + (slice.bars.isEmpty
                        ? "" : ", none from \(Self.clock(gap.from, slice)) to \(Self.clock(gap.to, slice))"))
        } else if let hole {
            gaps.add(hole.description(in: history.market))
        }
        guard !slice.bars.isEmpty, !isPlain(slice.bars) else { return }
        lookForJumps(slice)
        lookForTicks(slice)
        lookAtVolume(slice)
    }

    /// Whether no price moves by 2.9% from one bar to the next and none is without volume: nothing is to be found then.
    /// Eight bars at a time.
    private func isPlain(_ range: Range<Int>) -> Bool {
        var isPlain = false
        history.bars.withPointers(range) { bars, volume in
            let limit = SIMD8(repeating: 0.029)
            var isDoubtful = SIMDMask<SIMD8<Int64>>(repeating: false)
            var place = range.lowerBound + 1
            while place + 8 <= range.upperBound {
                let close = load8(bars.close + place - 1)
                let move = load8(bars.close + place) - close
                isDoubtful .|= (move .> limit * close) .| (-move .> limit * close)
                let high = load8(bars.high + place - 1)
                isDoubtful .|= load8(bars.high + place) - high .> limit * high
                let low = load8(bars.low + place - 1)
                isDoubtful .|= low - load8(bars.low + place) .> limit * low
                isDoubtful .|= load8(volume + place) .== 0
                place += 8
            }
            guard !any(isDoubtful), volume[range.lowerBound] != 0 else { return }
            isPlain = (place..<range.upperBound).allSatisfy { place in
                let (close, high, low) = (bars.close[place - 1], bars.high[place - 1], bars.low[place - 1])
                return abs(bars.close[place] - close) <= 0.029 * close && bars.high[place] - high <= 0.029 * high
                    && low - bars.low[place] <= 0.029 * low && volume[place] != 0
            }
        }
        return isPlain
    }

    private mutating func lookForJumps(_ slice: SessionSlice) {
        history.bars.close.withUnsafeBufferPointer { close in
            var before = close[slice.bars.lowerBound]
            for index in slice.bars {
                let move = close[index] / before
                if move >= Self.jump || move * Self.jump <= 1 {
                    return jumps.add(
                        "\(slice.session.date) at \(Self.clock(history.bars.times[index], slice)), \(before) to \(close[index])"
                    )
                }
                before = close[index]
            }
        }
    }

    /// A bar whose high or low lies far beyond those of the bars on both sides.
    private mutating func lookForTicks(_ slice: SessionSlice) {
        let bars = history.bars
        let candidates = bars.high.withUnsafeBufferPointer { high in
            bars.low.withUnsafeBufferPointer { low in
                slice.bars.dropFirst().dropLast().filter { index in
                    high[index] - max(high[index - 1], high[index + 1]) > Self.tick * high[index - 1]
                        || min(low[index - 1], low[index + 1]) - low[index] > Self.tick * low[index - 1]
                }
            }
        }
        guard !candidates.isEmpty else { return }
        let range = usualRange(slice)
        for index in candidates {
            let excess = bars.high[index] - max(bars.high[index - 1], bars.high[index + 1])
            let lack = min(bars.low[index - 1], bars.low[index + 1]) - bars.low[index]
            guard max(excess, lack) > Self.tickRanges * range else { continue }
            let (name, column) = excess >= lack ? ("high", bars.high) : ("low", bars.low)
            return ticks.add(
                "\(slice.session.date) at \(Self.clock(bars.times[index], slice)), \(name) \(column[index]) between "
                    + "\(column[index - 1]) and \(column[index + 1])")
        }
    }

    /// The median of high - low over a session's bars, in price units.
    private func usualRange(_ slice: SessionSlice) -> Double {
        let ranges = slice.bars.map { history.bars.high[$0] - history.bars.low[$0] }.sorted()
        return ranges[ranges.count / 2]
    }

    private mutating func lookAtVolume(_ slice: SessionSlice) {
        let bars = history.bars
        let moving = bars.volume.withUnsafeBufferPointer { volume in slice.bars.first { volume[$0] == 0 } }
        guard moving != nil,
            let index = slice.bars.first(where: { bars.volume[$0] == 0 && bars.high[$0] > bars.low[$0] })
        else { return }
        still.add("\(slice.session.date) at \(Self.clock(bars.times[index], slice))")
    }

    /// The longest stretch of the session without bars, in seconds since the epoch.
    private func longestGap(_ slice: SessionSlice) -> (from: Int64, to: Int64) {
        var end = slice.session.open.secondsSinceEpoch
        var longest = (from: end, to: end)
        for time in history.bars.times[slice.bars] + [slice.session.close.secondsSinceEpoch] {
            if time - end > longest.to - longest.from { longest = (end, time) }
            end = time + history.timeframe.seconds
        }
        return longest
    }

    private static func clock(_ seconds: Int64, _ slice: SessionSlice) -> String {
        slice.session.timeOfDay(of: Instant(secondsSinceEpoch: seconds)).description
    }
}

extension BarHole {
    /// When it is, on a market's clocks.
    public func description(in market: Market) -> String {
        "\(date), none from \(market.clock.timeOfDay(of: from)) to \(market.clock.timeOfDay(of: to))"
    }
}

extension BarHistory {
    /// All that is doubtful: what loading found, and what the bars of the sessions asked for look like.
    ///
    /// - Parameter minimumCompleteness: sessions with a smaller share of their bars, 0 to 1, are named.
    public func doubts(minimumCompleteness: Double) -> [DataWarning] {
        var quality = DataQuality(self, minimumCompleteness: minimumCompleteness)
        return warnings + shortSessionWarnings(minimumCompleteness: minimumCompleteness) + quality.warnings()
    }
}

/// Looks for what is doubtful in the bars of the sessions asked for. What is impossible is refused earlier, by
/// `BarValidator`.
struct DataQuality {
    /// A stretch without bars at least this long is a gap, in seconds.
    static let gapSeconds: Int64 = 15 * 60
    /// A close this many times the one before it, or its inverse, is a jump.
    static let jump = 1.2

    private let history: BarHistory
    private let minimumCompleteness: Double
    private var incomplete = Sightings()
    private var gaps = Sightings()
    private var jumps = Sightings()
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

    /// - Parameter minimumCompleteness: the share of bars, 0 to 1, that a session needs to be traded.
    init(_ history: BarHistory, minimumCompleteness: Double) {
        self.history = history
        self.minimumCompleteness = minimumCompleteness
    }

    /// One warning for each kind of doubt, naming the first day and bar.
    mutating func warnings() -> [DataWarning] {
        for slice in history.slices[history.requested] { look(slice) }
        let share = Int((minimumCompleteness * 100).rounded())
        let found = [
            (incomplete, "with under \(share)% of their bars, which are not traded"),
            (gaps, "with a gap of 15 minutes or more"),
            (jumps, "with a jump of 20% or more from one bar to the next"),
            (still, "whose price moves on no volume"),
        ]
        return found.filter { $0.0.count > 0 }.map { seen, what in
            DataWarning(
                symbol: history.symbol, message: "\(seen.count) sessions \(what); the first: \(seen.first)")
        }
    }

    private mutating func look(_ slice: SessionSlice) {
        guard slice.completeness >= minimumCompleteness - 1e-9 else {
            let gap = longestGap(slice)
            return incomplete.add(
                "\(slice.session.date) has \(slice.bars.count) of \(slice.expectedBars) bars"
                    + (slice.bars.isEmpty ? "" : ", none from \(Self.clock(gap.from)) to \(Self.clock(gap.to))"))
        }
        if slice.bars.count < slice.expectedBars {
            let gap = longestGap(slice)
            if gap.to - gap.from >= Self.gapSeconds {
                gaps.add("\(slice.session.date), none from \(Self.clock(gap.from)) to \(Self.clock(gap.to))")
            }
        }
        history.bars.close.withUnsafeBufferPointer { close in
            var before = close[slice.bars.lowerBound]
            for index in slice.bars {
                let move = close[index] / before
                if move >= Self.jump || move * Self.jump <= 1 {
                    return jumps.add(
                        "\(slice.session.date) at \(Self.clock(history.bars.times[index])), \(before) to \(close[index])"
                    )
                }
                before = close[index]
            }
        }
        lookAtVolume(slice)
    }

    private mutating func lookAtVolume(_ slice: SessionSlice) {
        let bars = history.bars
        let moving = bars.volume.withUnsafeBufferPointer { volume in slice.bars.first { volume[$0] == 0 } }
        guard moving != nil,
            let index = slice.bars.first(where: { bars.volume[$0] == 0 && bars.high[$0] > bars.low[$0] })
        else { return }
        still.add("\(slice.session.date) at \(Self.clock(bars.times[index]))")
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

    private static func clock(_ seconds: Int64) -> String {
        NewYorkTime.timeOfDay(of: Instant(secondsSinceEpoch: seconds)).description
    }
}

extension BarHistory {
    /// All that is doubtful: what loading found, and what the bars of the sessions asked for look like.
    ///
    /// - Parameter minimumCompleteness: the share of bars, 0 to 1, that a session needs to be traded.
    public func doubts(minimumCompleteness: Double) -> [DataWarning] {
        var quality = DataQuality(self, minimumCompleteness: minimumCompleteness)
        return warnings + quality.warnings()
    }
}

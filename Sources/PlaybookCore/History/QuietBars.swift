/// Bars of minutes without a trade that some exchanges and vendors write: volume 0, all four prices the close before.
///
/// They say nothing and count as no bars; but the minute was looked at, so for completeness they are there.
struct QuietBars: Sendable {
    /// Of each of a history's bars, how many bars of its session before it are quiet.
    let before: [Int32]
    /// Of each slice, how many of its bars are quiet.
    let counts: [Int]
    /// Of each slice, when its last quiet bar opens; nil without one.
    let last: [Int64?]

    /// The quiet bars of sessions.
    ///
    /// - Parameters:
    ///   - times: when the source's quiet bars open, ascending.
    ///   - bars: the history's bars, without them.
    ///   - ranges: where the bars of each session are.
    init(
        _ times: [Int64], _ sessions: ArraySlice<TradingSession>, _ bars: BarColumns, _ ranges: [Range<Int>],
        _ timeframe: Timeframe
    ) {
        var before: [Int32] = []
        before.reserveCapacity(bars.count)
        var (counts, last): ([Int], [Int64?]) = ([], [])
        var next = 0
        for (session, range) in zip(sessions, ranges) {
            let (open, close) = (session.open.secondsSinceEpoch, session.close.secondsSinceEpoch)
            var (count, bar, bucket) = (0, range.lowerBound, Int64.min)
            while next < times.count, times[next] < open { next += 1 }
            while next < times.count, times[next] < close {
                let start = times[next] - (times[next] - open) % timeframe.seconds
                next += 1
                guard start != bucket else { continue }
                bucket = start
                while bar < range.upperBound, bars.times[bar] < start {
                    before.append(Int32(count))
                    bar += 1
                }
                if bar == range.upperBound || bars.times[bar] != start { count += 1 }
            }
            while bar < range.upperBound {
                before.append(Int32(count))
                bar += 1
            }
            counts.append(count)
            last.append(bucket == .min ? nil : bucket)
        }
        (self.before, self.counts, self.last) = (before, counts, last)
    }
}

extension BarColumns {
    /// Takes out the bars at which `isDropped` says so.
    package mutating func drop(_ isDropped: (Int) -> Bool) {
        var kept = BarColumns()
        for index in times.indices where !isDropped(index) { kept.append(self[index]) }
        self = kept
    }

    /// Takes out quiet bars.
    ///
    /// Where no bar has a volume it is not known, and none is taken out. Of the first bar the close before is not known: it
    /// is quiet when it has no volume and one price.
    ///
    /// - Returns: when they open.
    mutating func dropQuietBars() -> [Int64] {
        guard volume.contains(where: { $0 > 0 }) else { return [] }
        var quiet: [Int64] = []
        var isQuiet = [Bool](repeating: false, count: count)
        var before = Double.nan
        for index in times.indices {
            let price = close[index]
            if volume[index] == 0, open[index] == price, high[index] == price, low[index] == price,
                before.isNaN || before == price
            {
                isQuiet[index] = true
                quiet.append(times[index])
            }
            before = price
        }
        if !quiet.isEmpty { drop { isQuiet[$0] } }
        return quiet
    }
}

extension BarHistory {
    /// Calls `body` with, of each bar, how many quiet bars of its session come before it; nil where no bar is quiet.
    func withQuietBars<Result>(_ body: (UnsafePointer<Int32>?) throws -> Result) rethrows -> Result {
        guard let quiet else { return try body(nil) }
        return try quiet.before.withUnsafeBufferPointer { try body($0.baseAddress) }
    }
}

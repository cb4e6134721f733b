/// A history's bars put together to longer ones, session by session.
final class LongerBars {
    let owner: OwnedBars
    /// The longer bars of each slice.
    let ranges: [Range<Int>]
    let splits: [RowSplit]
    private let source: ColumnSource
    private let times: UnsafePointer<Int64>
    private let seconds: Int64
    private let ownSeconds: Int64
    /// The longer bars are needed from the one that is newest so many of the own bars before the session.
    private let back: Int

    init(_ history: BarHistory, _ source: ColumnSource, minutes: Int, back: Int) {
        let timeframe = Timeframe.minutes(minutes)
        precondition(timeframe.seconds % history.timeframe.seconds == 0, "longer bars are a multiple of the timeframe")
        var columns = BarColumns()
        var ranges: [Range<Int>] = []
        for slice in history.slices {
            let start = columns.count
            history.bars.aggregate(
                slice.bars, into: timeframe, sessionOpen: slice.session.open.secondsSinceEpoch,
                appendingTo: &columns)
            ranges.append(start..<columns.count)
        }
        owner = OwnedBars(columns)
        self.ranges = ranges
        splits = source.splits(of: history) { ranges[$0].lowerBound }
        self.back = back
        self.source = source
        times = owner.bars.times
        seconds = timeframe.seconds
        ownSeconds = history.timeframe.seconds
    }

    /// Goes to a session.
    func open(_ row: inout BarRow, _ index: Int, asOf: Int) {
        let bars = source.slices[index].bars
        let from = min(
            max(0, (bars.isEmpty ? bars.lowerBound - 1 : bars.lowerBound) - back), source.bars.count - 1)
        let first = max(0, newest(at: from, source.slice(of: from, atMost: index)))
        let last = bars.isEmpty ? first : max(first, newest(at: bars.upperBound - 1, index))
        row.open(first: first, count: last - first + 1, asOf: asOf)
    }

    /// The place of the newest longer bar that has closed when the own bar at a place closes; -1 when there is none.
    func newest(at place: Int, _ slice: Int) -> Int {
        let session = source.slices[slice].session
        let open = session.open.secondsSinceEpoch
        let length = Int64(session.minutes) * 60
        let end = min(source.bars.times[place] - open + ownSeconds, length)
        let range = ranges[slice]
        // A longer bar that the session's end cuts short closes with the session.
        if end >= length { return range.upperBound - 1 }
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if times[middle] - open + seconds <= end { low = middle + 1 } else { high = middle }
        }
        return low - 1
    }
}

extension ColumnBank {
    /// What longer bars are at each bar's close, as of the newest of them that has closed.
    @inline(never)
    func computeLonger(_ place: Int, _ node: ColumnNode, _ low: Int, _ high: Int) {
        let row = nodes[node.a].row
        guard let longer = longer[row] else { return }
        let (first, longFirst) = (rows[0].first, rows[row].first)
        let least = -nodes[node.a].depth
        let out = states[place]
        var (lowest, last) = (Int.max, Int.min)
        for bar in low..<high {
            let position = newest(longer, first, bar) - longFirst
            guard position >= least else { continue }
            (lowest, last) = (min(lowest, position), max(last, position))
        }
        if last > .min { fill(node.a, lowest, last + 1) }
        let child = states[node.a]
        if node.isTruth {
            out.setBits(low, high) { bar in
                let position = self.newest(longer, first, bar) - longFirst
                let value = position >= least && longFirst + position >= 0 ? child.truth(position) : nil
                return (value != nil, value == true)
            }
        } else {
            for bar in low..<high {
                let position = newest(longer, first, bar) - longFirst
                out.values[bar] = position >= least && longFirst + position >= 0 ? child.values[position] : .nan
            }
        }
    }

    @inline(__always)
    private func newest(_ longer: LongerBars, _ first: Int, _ bar: Int) -> Int {
        first + bar < 0 ? -1 : longer.newest(at: first + bar, sliceIndex(of: bar))
    }
}

import PlaybookCore

/// The months of a partition in memory: those that are kept, their bars one after the other, and those that came since.
struct MonthStock {
    private struct Segment {
        let month: CachedMonth
        let bars: Range<Int>
    }

    /// The bars of what is kept.
    var bars = BarColumns()
    /// What is kept, ascending, without its bars.
    private var segments: [Segment] = []
    private var added: [Month: CachedMonth] = [:]
    private let window: Range<Int64>

    /// - Parameter dates: bars of other dates are left out.
    init(_ dates: ClosedRange<CivilDate>) {
        let midnight = TimeOfDay(minutes: 0)
        window =
            NewYorkTime.instant(dates.lowerBound, midnight)
            .secondsSinceEpoch..<NewYorkTime.instant(dates.upperBound.adding(days: 1), midnight).secondsSinceEpoch
    }

    /// Adds a month that is kept; it lies after the others.
    mutating func append(_ month: CachedMonth) {
        let start = bars.count
        let range =
            month.bars.firstIndex(at: window.lowerBound)..<month.bars.firstIndex(at: window.upperBound)
        bars.append(month.bars, range)
        var emptied = month
        emptied.bars = BarColumns()
        segments.append(Segment(month: emptied, bars: start..<bars.count))
    }

    /// Adds sessions that came since.
    mutating func add(_ month: CachedMonth) {
        added[month.month] = added[month.month]?.merging(month) ?? month
    }

    /// Those of `sessions`, ascending, that are not kept.
    func missing(_ sessions: ArraySlice<TradingSession>) -> [TradingSession] {
        var kept = segments.lazy.flatMap(\.month.sessions).makeIterator()
        var next = kept.next()
        return sessions.filter { session in
            while let date = next, date < session.date { next = kept.next() }
            return next != session.date
        }
    }

    /// All bars.
    func joined() -> BarColumns {
        guard !added.isEmpty else { return bars }
        let kept = Dictionary(uniqueKeysWithValues: segments.map { ($0.month.month, $0) })
        var all = BarColumns(capacity: bars.count + added.values.reduce(0) { $0 + $1.bars.count })
        for month in Set(kept.keys).union(added.keys).sorted() {
            if let new = added[month] {
                var whole = kept[month]?.month
                whole?.bars = kept[month].map { bars.slice($0.bars) } ?? BarColumns()
                let merged = whole?.merging(new) ?? new
                all.append(merged.bars, 0..<merged.bars.count)
            } else if let range = kept[month]?.bars {
                all.append(bars, range)
            }
        }
        return all
    }
}

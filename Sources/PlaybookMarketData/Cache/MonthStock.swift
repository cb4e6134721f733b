import PlaybookCore

/// The months of a partition in memory: those that are kept, their bars one after the other, and the latest ones and those
/// that came since, each for itself.
struct MonthStock {
    private struct Segment {
        let month: CachedMonth
        let bars: Range<Int>
    }

    /// The bars of what is kept.
    private let bars: BarColumns
    /// What is kept, ascending, without its bars.
    private let segments: [Segment]
    private var added: [Month: CachedMonth] = [:]

    /// The months that are kept, ascending.
    ///
    /// - Parameters:
    ///   - months: the months without their bars, and how many bars each has.
    ///   - bars: the bars of all of them.
    init(_ months: [(month: CachedMonth, bars: Int)], _ bars: BarColumns) {
        var start = 0
        segments = months.map { month, count in
            defer { start += count }
            return Segment(month: month, bars: start..<(start + count))
        }
        self.bars = bars
    }

    /// Whether there are any bars.
    var hasBars: Bool { bars.count > 0 || added.values.contains { $0.bars.count > 0 } }

    /// Adds sessions; those that are there already stay as they are.
    mutating func add(_ month: CachedMonth) {
        added[month.month] = added[month.month]?.merging(month) ?? month
    }

    /// Those of `sessions`, ascending, that are not kept.
    func missing(_ sessions: ArraySlice<TradingSession>) -> [TradingSession] {
        var kept = segments.lazy.flatMap(\.month.sessions).makeIterator()
        var next = kept.next()
        let recent = added.values.reduce(into: Set()) { $0.formUnion($1.sessions) }
        return sessions.filter { session in
            while let date = next, date < session.date { next = kept.next() }
            return next != session.date && !recent.contains(session.date)
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

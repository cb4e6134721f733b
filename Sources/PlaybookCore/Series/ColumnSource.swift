/// Where what a bank reads lies: a history's bars, daily bars and sessions. It stays there as long as the bank is used.
struct ColumnSource {
    let bars: RowBars
    /// Of no bars where the history has no daily ones.
    let daily: RowBars
    let slices: UnsafePointer<SessionSlice>
    let sliceCount: Int
    /// The place in the calendar of each daily bar's session.
    let dailyPlaces: UnsafePointer<Int>
    /// Bars of the longest session; 1 at least.
    let mostBars: Int
    /// Of each bar, how many of its session's before it are left out because nothing was traded; nil for none of any.
    let quiet: UnsafePointer<Int32>?

    /// Calls `body` with the places of a history's columns, of which there must be at least one bar.
    static func with<Result>(_ history: BarHistory, _ body: (ColumnSource) throws -> Result) rethrows -> Result {
        try history.bars.withRowBars { bars in
            try history.daily.bars.withRowBars { daily in
                try history.slices.withUnsafeBufferPointer { slices in
                    try history.dailyPlaces.withUnsafeBufferPointer { places in
                        guard let first = slices.baseAddress, bars.count > 0 else {
                            preconditionFailure("a history with bars")
                        }
                        return try history.withQuietBars { quiet in
                            try body(
                                ColumnSource(
                                    bars: bars, daily: daily, slices: first, sliceCount: slices.count,
                                    dailyPlaces: BarColumns.start(places), mostBars: history.mostBars, quiet: quiet))
                        }
                    }
                }
            }
        }
    }

    /// The bars as the kernels of indicators take them.
    var pointers: BarPointers {
        BarPointers(times: bars.times, open: bars.open, high: bars.high, low: bars.low, close: bars.close)
    }

    /// The splits that take effect in a history, at the places in a row that `index` gives for their slices.
    func splits(of history: BarHistory, at index: (Int) -> Int) -> [RowSplit] {
        history.splitSlices.map { RowSplit(index: index($0), slice: $0, ratio: slices[$0].splitRatio) }
    }

    /// The first slice on a date or after it; as many as there are when none is.
    func slice(onOrAfter date: CivilDate) -> Int {
        (0..<sliceCount).first { slices[$0].session.date >= date } ?? sliceCount
    }

    /// The slice that the bar at a place belongs to, at or before slice `last`.
    @inline(__always)
    func slice(of place: Int, atMost last: Int) -> Int {
        var index = last
        while index > 0, slices[index].bars.lowerBound > place { index -= 1 }
        return index
    }
}

extension DailyBars {
    /// The place in a calendar of each bar's session.
    func calendarPlaces(_ calendar: TradingCalendar) -> [Int] {
        guard let first = dates.first, var place = calendar.sessionIndex(onOrAfter: first) else {
            return dates.map { _ in 0 }
        }
        // Both ascend: one pass instead of a search for each.
        return dates.map { date in
            while place < calendar.allSessions.count, calendar.allSessions[place].date < date { place += 1 }
            return place
        }
    }
}

/// Where columns of bars lie; entry `i` belongs to bar `i`.
struct RowBars {
    let count: Int
    let times: UnsafePointer<Int64>
    let open, high, low, close, volume: UnsafePointer<Double>

    /// A field by its place in `Series.Field`.
    @inline(__always)
    func field(_ code: Int) -> UnsafePointer<Double> {
        switch code {
        case 0: open
        case 1: high
        case 2: low
        case 3: close
        default: volume
        }
    }
}

extension BarColumns {
    /// Calls `body` with the addresses of all columns, of which there must be at least one bar.
    func withRowBars<Result>(_ body: (RowBars) throws -> Result) rethrows -> Result {
        try times.withUnsafeBufferPointer { times in
            try open.withUnsafeBufferPointer { open in
                try high.withUnsafeBufferPointer { high in
                    try low.withUnsafeBufferPointer { low in
                        try close.withUnsafeBufferPointer { close in
                            try volume.withUnsafeBufferPointer { volume in
                                precondition(!times.isEmpty, "bars that are there")
                                return try body(
                                    RowBars(
                                        count: times.count, times: times.baseAddress!, open: open.baseAddress!,
                                        high: high.baseAddress!, low: low.baseAddress!, close: close.baseAddress!,
                                        volume: volume.baseAddress!))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Bars in memory of their own, at addresses that stay.
final class OwnedBars {
    let bars: RowBars

    init(_ columns: BarColumns) {
        func copy<Element: BitwiseCopyable>(_ column: [Element]) -> UnsafePointer<Element> {
            let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, column.count))
            for (index, element) in column.enumerated() { (memory + index).initialize(to: element) }
            return UnsafePointer(memory)
        }
        bars = RowBars(
            count: columns.count, times: copy(columns.times), open: copy(columns.open), high: copy(columns.high),
            low: copy(columns.low), close: copy(columns.close), volume: copy(columns.volume))
    }

    deinit {
        bars.times.deallocate()
        for code in 0..<5 { bars.field(code).deallocate() }
    }
}

/// A row of bars and where the session at hand lies in it: bar 0 is the first needed one.
final class BarRow {
    let bars: RowBars
    /// Place of bar 0.
    private(set) var first = 0
    /// How many bars there are from bar 0 on.
    private(set) var count = 0
    /// Splits: prices of bars before `index` are divided by `ratio`, from the session `slice` on.
    let splits: [(index: Int, slice: Int, ratio: Double)]
    /// How many of them are known.
    private var known = 0
    /// The place before which prices are divided; `Int.min` where none are.
    private(set) var lastSplit = Int.min
    /// Of daily bars: the place in the calendar of each bar's session.
    let calendarPlaces: [Int]
    /// Of daily bars: the place in the calendar of the session at hand.
    var calendarPlace = 0
    /// Keeps the bars alive.
    private let owner: OwnedBars?

    init(
        _ bars: RowBars, splits: [(index: Int, slice: Int, ratio: Double)], calendarPlaces: [Int] = [],
        owner: OwnedBars? = nil
    ) {
        self.bars = bars
        self.splits = splits
        self.calendarPlaces = calendarPlaces
        self.owner = owner
    }

    /// Goes to a session, with the splits that are known as of slice `asOf`.
    func open(first: Int, count: Int, asOf: Int) {
        self.first = first
        self.count = count
        while known < splits.count, splits[known].slice <= asOf { known += 1 }
        while known > 0, splits[known - 1].slice > asOf { known -= 1 }
        lastSplit = known > 0 ? splits[known - 1].index : .min
    }

    /// What prices of the bar at a place are divided by.
    func divisor(_ place: Int) -> Double {
        var ratio = 1.0
        var index = known - 1
        while index >= 0, splits[index].index > place {
            ratio *= splits[index].ratio
            index -= 1
        }
        return ratio
    }

    /// Whether the n daily bars up to one begin more than 1.25 n + 5 sessions before the bar after it, or the session.
    func isTooOld(_ position: Int, _ n: Int) -> Bool {
        guard !calendarPlaces.isEmpty else { return false }
        let place = first + position
        guard place - n + 1 >= 0 else { return true }
        let after = position >= 0 ? calendarPlace : calendarPlaces[place + 1]
        return after - calendarPlaces[place - n + 1] > n + n / 4 + 5
    }
}

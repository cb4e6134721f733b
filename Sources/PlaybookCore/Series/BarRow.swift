import CPrefetch

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

extension RowBars {
    /// The highest and the lowest price of some bars.
    func extremes(_ bars: Range<Int>) -> (highest: Double, lowest: Double) {
        var (highest, lowest) = (-Double.infinity, Double.infinity)
        if wide_is_there() != 0 {
            _ = wide_passed(
                high, low, bars.lowerBound, bars.upperBound, -.infinity, .infinity, &highest, &lowest)
            return (highest, lowest)
        }
        for bar in bars {
            highest = high[bar] > highest ? high[bar] : highest
            lowest = low[bar] < lowest ? low[bar] : lowest
        }
        return (highest, lowest)
    }
}

extension BarColumns {
    /// Calls `body` with the addresses of all columns.
    func withRowBars<Result>(_ body: (RowBars) throws -> Result) rethrows -> Result {
        try times.withUnsafeBufferPointer { times in
            try open.withUnsafeBufferPointer { open in
                try high.withUnsafeBufferPointer { high in
                    try low.withUnsafeBufferPointer { low in
                        try close.withUnsafeBufferPointer { close in
                            try volume.withUnsafeBufferPointer { volume in
                                try body(
                                    RowBars(
                                        count: times.count, times: Self.start(times), open: Self.start(open),
                                        high: Self.start(high), low: Self.start(low), close: Self.start(close),
                                        volume: Self.start(volume)))
                            }
                        }
                    }
                }
            }
        }
    }

    /// Where a column begins; of one without bars, a place that is never read.
    static func start<Element>(_ column: UnsafeBufferPointer<Element>) -> UnsafePointer<Element> {
        column.baseAddress ?? UnsafePointer(bitPattern: MemoryLayout<Element>.alignment).unsafelyUnwrapped
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

/// A split in a row of bars: prices of bars before `index` are divided by `ratio`, from the session `slice` on.
struct RowSplit {
    var index: Int
    var slice: Int
    var ratio: Double
}

/// A row of bars and where the session at hand lies in it: bar 0 is the first needed one.
struct BarRow {
    let bars: RowBars
    /// Place of bar 0.
    private(set) var first = 0
    /// How many bars there are from bar 0 on.
    private(set) var count = 0
    private let splits: UnsafeMutablePointer<RowSplit>
    private let splitCount: Int
    /// How many of the splits are known.
    private(set) var known = 0
    /// The place before which prices are divided; `Int.min` where none are.
    private(set) var lastSplit = Int.min
    /// Of daily bars: the place in the calendar of each bar's session.
    private let calendarPlaces: UnsafePointer<Int>?
    /// Of daily bars: the place in the calendar of the session at hand.
    var calendarPlace = 0

    init(_ bars: RowBars, splits: [RowSplit], calendarPlaces: UnsafePointer<Int>? = nil) {
        self.bars = bars
        self.splits = .allocate(capacity: max(1, splits.count))
        for (place, split) in splits.enumerated() { (self.splits + place).initialize(to: split) }
        splitCount = splits.count
        self.calendarPlaces = calendarPlaces
    }

    func deallocate() { splits.deallocate() }

    /// Goes to a session, with the splits that are known as of slice `asOf`.
    mutating func open(first: Int, count: Int, asOf: Int) {
        self.first = first
        self.count = count
        guard splitCount > 0 else { return }
        while known < splitCount, splits[known].slice <= asOf { known += 1 }
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

    /// The place in the calendar of a daily bar's session.
    func calendarPlace(ofBar position: Int) -> Int { calendarPlaces?[first + position] ?? 0 }

    /// Whether the n daily bars up to one begin more than 1.25 n + 5 sessions before the bar after it, or the session.
    func isTooOld(_ position: Int, _ n: Int) -> Bool {
        guard let calendarPlaces else { return false }
        let place = first + position
        guard place - n + 1 >= 0 else { return true }
        let after = position >= 0 ? calendarPlace : calendarPlaces[place + 1]
        return after - calendarPlaces[place - n + 1] > SeriesGraph.lookBack(n)
    }
}

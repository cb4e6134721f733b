/// One session's bars and indicator values, as a strategy sees them. Bar 0 is the session's first bar.
///
/// It reads the columns in place and cannot be copied: it is lent to a strategy for one decision.
public struct SessionView: ~Copyable {
    /// When the session was open.
    public let session: TradingSession
    /// How many bars there are.
    public let count: Int
    /// Length of a bar in seconds.
    public let secondsPerBar: Int64
    private let bars: BarPointers
    private let columns: UnsafePointer<LazyColumn>?
    private let dailyValues: UnsafePointer<Double?>?
    private let start: Int
    private let isComplete: Bool
    private let openSeconds: Int64
    private let firstOpen: Double
    /// When numbers of this session are equal.
    public let equality: Equality

    /// - Parameters:
    ///   - columns: the strategy's indicator columns.
    ///   - dailyValues: the strategy's session indicators, as of this session.
    init(
        slice: SessionSlice, timeframe: Timeframe, bars: BarPointers,
        columns: UnsafePointer<LazyColumn>?, dailyValues: UnsafePointer<Double?>?
    ) {
        session = slice.session
        count = slice.bars.count
        start = slice.bars.lowerBound
        isComplete = slice.bars.count == slice.expectedBars
        openSeconds = slice.session.open.secondsSinceEpoch
        firstOpen = slice.firstOpen
        equality = slice.equality
        secondsPerBar = timeframe.seconds
        self.bars = bars
        self.columns = columns
        self.dailyValues = dailyValues
    }

    /// The place of bar `index` in the columns.
    @inline(__always)
    private func place(_ index: Int) -> Int {
        precondition(index >= 0 && index < count, "a strategy reads only its session's bars")
        return start + index
    }

    /// First price of bar `index`.
    public func open(_ index: Int) -> Double { index == 0 && count > 0 ? firstOpen : bars.open[place(index)] }
    /// Highest price of bar `index`.
    public func high(_ index: Int) -> Double { bars.high[place(index)] }
    /// Lowest price of bar `index`.
    public func low(_ index: Int) -> Double { bars.low[place(index)] }
    /// Last price of bar `index`.
    public func close(_ index: Int) -> Double { bars.close[place(index)] }

    /// The value of the strategy's `number`-th indicator at bar `index`, known when that bar closes.
    public func column(_ number: Int, _ index: Int) -> Double { columns![number].value(index, of: count) }

    /// The strategy's `number`-th session indicator, known before the open; nil when it is unknown.
    public func daily(_ number: Int) -> Double? { dailyValues![number] }

    /// Seconds from the session's open to bar `index`'s open.
    public func secondsSinceOpen(_ index: Int) -> Int64 {
        // A complete session's bars stand where the clock says; that spares reading the times.
        if isComplete { return Int64(index) * secondsPerBar }
        return bars.times[place(index)] - openSeconds
    }

    /// Seconds from the session's open to `time` in New York; negative before the open.
    public func secondsSinceOpen(_ time: TimeOfDay) -> Int64 {
        Int64(time.minutes - TradingSession.openTime.minutes) * 60
    }

    /// New York time of bar `index`'s open.
    public func time(_ index: Int) -> TimeOfDay {
        TradingSession.openTime.adding(minutes: Int(secondsSinceOpen(index) / 60))
    }

    /// How many bars were due from the session's open up to and with bar `index`, whether they exist or not.
    public func barsDue(through index: Int) -> Int { Int(secondsSinceOpen(index) / secondsPerBar) + 1 }

    /// Whether bar `index` exists and opens at most `seconds` after the session's open.
    public func opens(_ index: Int, within seconds: Int64) -> Bool {
        index < count && secondsSinceOpen(index) <= seconds
    }

    /// The first bar that opens at or after `time`; `count` when there is none.
    public func firstBar(atOrAfter time: TimeOfDay) -> Int {
        let seconds = secondsSinceOpen(time)
        guard seconds > 0 else { return 0 }
        // In a complete session this is the bar; each missing bar moves it to the left.
        var index = min(count, Int((seconds + secondsPerBar - 1) / secondsPerBar))
        if isComplete { return index }
        while index > 0, secondsSinceOpen(index - 1) >= seconds { index -= 1 }
        return index
    }
}

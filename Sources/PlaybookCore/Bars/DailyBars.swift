/// Daily bars: entry `i` of `dates` is the session that bar `i` of `bars` belongs to.
public struct DailyBars: Sendable, Equatable {
    /// Session dates, ascending, without doubles.
    public var dates: [CivilDate] = []
    /// The bars, as traded.
    public var bars = BarColumns()
    /// Whether the source's bars were adjusted for splits and have been multiplied back to prices as traded.
    public var wereAdjusted = false
    /// What the source itself finds doubtful, in words.
    public var warnings: [NeutralText] = []

    /// No daily bars.
    public init() {}

    /// The bars of a source that stamps each with midnight of its session, on the market's clocks.
    ///
    /// - Parameters:
    ///   - clock: the market's clocks.
    ///   - warnings: what the source itself finds doubtful.
    public init(
        stampedWithMidnight bars: BarColumns, on clock: MarketClock = Market.xnys.clock, warnings: [NeutralText] = []
    ) {
        dates = bars.times.map { clock.date(of: Instant(secondsSinceEpoch: $0)) }
        self.bars = bars
        self.warnings = warnings
    }

    /// Adds the daily bar of `date`, which must lie after all others.
    public mutating func append(_ bar: Bar, on date: CivilDate) {
        dates.append(date)
        bars.append(bar)
    }

    /// Turns prices adjusted for `splits` into prices as traded: those before a split are multiplied by its ratio.
    public mutating func undoSplits(_ splits: [Split]) {
        wereAdjusted = true
        for index in dates.indices {
            let ratio = splits.reduce(1) { $1.date > dates[index] ? $0 * $1.ratio : $0 }
            guard ratio != 1 else { continue }
            bars.open[index] *= ratio
            bars.high[index] *= ratio
            bars.low[index] *= ratio
            bars.close[index] *= ratio
            bars.volume[index] /= ratio
        }
    }

    /// How many daily bars lie strictly before `date`.
    public func count(before date: CivilDate) -> Int {
        var low = 0
        var high = dates.count
        while low < high {
            let middle = (low + high) / 2
            if dates[middle] < date { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

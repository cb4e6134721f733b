/// Bars as columns: entry `i` of each array belongs to bar `i`.
///
/// A bar is stamped with the instant it OPENS. Prices are in the instrument's currency as traded (not adjusted for
/// splits), volume in shares.
public struct BarColumns: Sendable, Equatable {
    /// Seconds since 1970-01-01T00:00:00Z of each bar's open.
    public var times: [Int64] = []
    /// First traded price.
    public var open: [Double] = []
    /// Highest traded price.
    public var high: [Double] = []
    /// Lowest traded price.
    public var low: [Double] = []
    /// Last traded price.
    public var close: [Double] = []
    /// Shares traded; NaN where that is not known, which is not 0.
    public var volume: [Double] = []

    /// No bars, with room for `capacity`.
    public init(capacity: Int = 0) { reserve(capacity) }

    /// How many bars there are.
    public var count: Int { times.count }

    /// Makes room for `capacity` bars in all.
    public mutating func reserve(_ capacity: Int) {
        times.reserveCapacity(capacity)
        open.reserveCapacity(capacity)
        high.reserveCapacity(capacity)
        low.reserveCapacity(capacity)
        close.reserveCapacity(capacity)
        volume.reserveCapacity(capacity)
    }

    /// Adds a bar at the end.
    @inlinable
    public mutating func append(_ bar: Bar) {
        times.append(bar.time)
        open.append(bar.open)
        high.append(bar.high)
        low.append(bar.low)
        close.append(bar.close)
        volume.append(bar.volume)
    }

    /// Adds the bars of `other` at the end.
    public mutating func append(_ other: BarColumns) {
        times += other.times
        open += other.open
        high += other.high
        low += other.low
        close += other.close
        volume += other.volume
    }

    /// Adds the bars of `other` at `range` at the end.
    public mutating func append(_ other: BarColumns, _ range: Range<Int>) {
        times += other.times[range]
        open += other.open[range]
        high += other.high[range]
        low += other.low[range]
        close += other.close[range]
        volume += other.volume[range]
    }

    /// The place of the first bar at `time`, in seconds since the epoch, or later; bars must be ascending.
    public func firstIndex(at time: Int64) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if times[middle] < time { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Bar `index` as one value.
    @inlinable
    public subscript(index: Int) -> Bar {
        Bar(
            time: times[index], open: open[index], high: high[index], low: low[index], close: close[index],
            volume: volume[index])
    }

    /// The bars at `range`, copied.
    public func slice(_ range: Range<Int>) -> BarColumns {
        var result = BarColumns()
        result.times = Array(times[range])
        result.open = Array(open[range])
        result.high = Array(high[range])
        result.low = Array(low[range])
        result.close = Array(close[range])
        result.volume = Array(volume[range])
        return result
    }
}

/// One bar: what columns are filled from and taken apart into. Loops over many bars read the columns instead.
public struct Bar: Sendable, Equatable {
    /// Seconds since 1970-01-01T00:00:00Z of the bar's open.
    public var time: Int64
    /// First, highest, lowest and last traded price.
    public var open, high, low, close: Double
    /// Shares traded; NaN when that is not known.
    public var volume: Double

    /// A bar of these values, unchecked; `BarValidator` says whether they make sense.
    @inlinable
    public init(time: Int64, open: Double, high: Double, low: Double, close: Double, volume: Double) {
        self.time = time
        self.open = open
        self.high = high
        self.low = low
        self.close = close
        self.volume = volume
    }

    /// The bar with its range widened to its open and close, where these lie outside by no more than the rounding of a
    /// decimal, one part in 10^9; nil when there is nothing to widen or it is more than that.
    public var widened: Bar? {
        let highest = Swift.max(open, close)
        let lowest = Swift.min(open, close)
        guard low <= high, highest > high || lowest < low, highest <= high * (1 + 1e-9), lowest >= low * (1 - 1e-9)
        else { return nil }
        var bar = self
        bar.high = Swift.max(high, highest)
        bar.low = Swift.min(low, lowest)
        return bar
    }
}

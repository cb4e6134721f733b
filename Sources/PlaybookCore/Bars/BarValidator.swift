/// Checks bars one after the other, in the order they come. Every `MarketDataSource` passes its bars through one and
/// reports a defect with the place (file and line, page, bar) that only the source knows.
public struct BarValidator: Sendable {
    /// A close this many times the one before it (or its inverse) within a session is a misplaced decimal, not a move.
    public static let absurdRatio = 10.0
    /// A price above this is not one: the dearest share there is costs a thousandth of it.
    public static let highestPrice = 1e9
    /// Bars further apart than this are not compared for absurd jumps: between sessions a split can move a price.
    public static let jumpWindowSeconds: Int64 = 3600

    @usableFromInline var lastTime = Int64.min
    @usableFromInline var lastClose = Double.nan

    @usableFromInline let allowsUnknownVolume: Bool

    /// A validator that has seen no bar.
    ///
    /// - Parameter allowsUnknownVolume: whether a volume may be NaN, which stands for one that is not known.
    public init(allowsUnknownVolume: Bool = false) { self.allowsUnknownVolume = allowsUnknownVolume }

    /// What is wrong with `bar`, or nil. A bar found wrong is not remembered.
    @inlinable
    public mutating func defect(in bar: Bar) -> BarDefect? {
        // Written so that a price of NaN fails: every comparison with it is false.
        let sound =
            bar.low > 0 && bar.low <= bar.open && bar.low <= bar.close && bar.high >= bar.open
            && bar.high >= bar.close && bar.high <= Self.highestPrice
            && (bar.volume >= 0 && bar.volume < .infinity || allowsUnknownVolume && bar.volume.isNaN)
            && bar.time > lastTime
        guard sound else { return explain(bar) }
        if bar.close > lastClose * Self.absurdRatio || bar.close * Self.absurdRatio < lastClose,
            bar.time - lastTime <= Self.jumpWindowSeconds
        {
            return .absurdJump(from: lastClose, to: bar.close)
        }
        lastTime = bar.time
        lastClose = bar.close
        return nil
    }

    @usableFromInline
    func explain(_ bar: Bar) -> BarDefect {
        if bar.time == lastTime { return .duplicate(Instant(secondsSinceEpoch: bar.time)) }
        if bar.time < lastTime {
            return .outOfOrder(
                Instant(secondsSinceEpoch: bar.time), after: Instant(secondsSinceEpoch: lastTime))
        }
        let prices = [("open", bar.open), ("high", bar.high), ("low", bar.low), ("close", bar.close)]
        for (column, value) in prices {
            if !value.isFinite { return .notFinite(column: column) }
            if value <= 0 { return .notPositive(column: column, value: value) }
            if value > Self.highestPrice { return .tooHigh(column: column, value: value) }
        }
        if !bar.volume.isFinite { return .notFinite(column: "volume") }
        if bar.volume < 0 { return .negativeVolume(bar.volume) }
        if bar.high < bar.low { return .highBelowLow(high: bar.high, low: bar.low) }
        let (column, value) =
            bar.open < bar.low || bar.open > bar.high ? ("open", bar.open) : ("close", bar.close)
        return .outsideRange(column: column, value: value, low: bar.low, high: bar.high)
    }
}

extension BarColumns {
    /// Whether a `BarValidator` that has seen all bars before finds nothing wrong with those at `range`.
    public func isSound(_ range: Range<Int>) -> Bool {
        var isSound = true
        withPointers(range) { bars, volume in isSound = Self.isSound(bars, volume, range) }
        return isSound
    }

    private static func isSound(_ bars: BarPointers, _ volume: UnsafePointer<Double>, _ range: Range<Int>) -> Bool {
        var lastTime = range.lowerBound > 0 ? bars.times[range.lowerBound - 1] : .min
        var lastClose = range.lowerBound > 0 ? bars.close[range.lowerBound - 1] : .nan
        for index in range {
            let (low, high, close, time) = (bars.low[index], bars.high[index], bars.close[index], bars.times[index])
            // As `BarValidator` has it: what is compared with NaN is not sound.
            guard low > 0, low <= bars.open[index], low <= close, high >= bars.open[index], high >= close,
                high <= BarValidator.highestPrice, volume[index] >= 0, volume[index] < .infinity, time > lastTime
            else { return false }
            if close > lastClose * BarValidator.absurdRatio || close * BarValidator.absurdRatio < lastClose,
                time - lastTime <= BarValidator.jumpWindowSeconds
            {
                return false
            }
            (lastTime, lastClose) = (time, close)
        }
        return true
    }
}

/// Why a bar is refused.
public enum BarDefect: Error, Hashable, Sendable, CustomStringConvertible {
    case duplicate(Instant)
    case outOfOrder(Instant, after: Instant)
    case notFinite(column: String)
    case notPositive(column: String, value: Double)
    case tooHigh(column: String, value: Double)
    case negativeVolume(Double)
    case highBelowLow(high: Double, low: Double)
    case outsideRange(column: String, value: Double, low: Double, high: Double)
    case absurdJump(from: Double, to: Double)
    case misaligned(Instant, Timeframe)

    /// The reason in words, without the place.
    public var description: String {
        switch self {
        case .duplicate(let time): "a second bar at \(time)"
        case .outOfOrder(let time, let last): "bar \(time) comes after \(last): bars must be in ascending order"
        case .notFinite(let column): "\(column) is not a finite number"
        case .notPositive(let column, let value): "\(column) is \(value): a price must be above 0"
        case .tooHigh(let column, let value): "\(column) is \(value): a price is at most \(BarValidator.highestPrice)"
        case .negativeVolume(let value): "volume is \(value): it cannot be negative"
        case .highBelowLow(let high, let low): "high \(high) is below low \(low)"
        case .outsideRange(let column, let value, let low, let high):
            "\(column) \(value) lies outside the bar's range, low \(low) to high \(high)"
        case .absurdJump(let from, let to):
            "close goes from \(from) to \(to) within a session: more than a factor of 10 is a bad tick, not a move"
        case .misaligned(let time, let timeframe):
            "bar \(time) does not start on a \(timeframe) boundary counted from the session's open"
        }
    }
}

import CPrefetch

/// Where and when a session is: what its bars are read against.
public struct SessionHours: Sendable, Hashable {
    /// Seconds since 1970-01-01T00:00:00Z of the open.
    public var open: Int64
    /// The open on the market's clocks, in minutes since midnight.
    public var start: Double
    /// The close, in minutes since midnight.
    public var end: Double
    /// Whether the session closes early.
    public var isEarlyClose: Bool
    /// When numbers of the session are equal.
    public var equality: Equality
    /// A pause in which no bar is due, in minutes from the open; 0 and 0 without one.
    private let pauseFrom, pauseTo: Int32

    /// The hours of a session.
    public init(
        open: Int64, start: Double, end: Double, isEarlyClose: Bool, equality: Equality, pause: SessionBreak? = nil
    ) {
        pauseFrom = Int32(pause?.from ?? 0)
        pauseTo = Int32(pause?.to ?? 0)
        self.open = open
        self.start = start
        self.end = end
        self.isEarlyClose = isEarlyClose
        self.equality = equality
    }

    /// Seconds from the open to a time of day in minutes. A time within rounding of a whole second is that second.
    func seconds(to minutes: Double) -> Double {
        let seconds = min(max((minutes - start) * 60, -1e9), 1e9)
        // Most times are whole seconds; that spares a call.
        let truncated = Double(Int64(seconds))
        if truncated == seconds { return seconds }
        let whole = seconds.rounded()
        return abs(seconds - whole) < 1e-4 ? whole : seconds
    }

    /// Seconds from the open to the first whole second at or after a time; bars that open then or later are at or after it.
    @inline(__always)
    func firstSecond(at minutes: Double) -> Int64 {
        let seconds = seconds(to: minutes)
        let truncated = Int64(seconds)
        return Double(truncated) < seconds ? truncated + 1 : truncated
    }

    /// Seconds from the open to the last whole second at or before a time.
    @inline(__always)
    func lastSecond(at minutes: Double) -> Int64 {
        let seconds = seconds(to: minutes)
        let truncated = Int64(seconds)
        return Double(truncated) > seconds ? truncated - 1 : truncated
    }

    /// Seconds from open to close.
    var length: Int64 { Int64((end - start) * 60) }

    /// How many bars are due from the open up to and with the one of a number by the clock.
    func due(through number: Int, _ secondsPerBar: Int64) -> Int {
        guard pauseTo > 0 else { return number + 1 }
        let first = (Int(pauseFrom) * 60 + Int(secondsPerBar) - 1) / Int(secondsPerBar)
        return number + 1 - max(0, min(number + 1, Int(pauseTo) * 60 / Int(secondsPerBar)) - first)
    }
}

/// The bars of a session that have closed. Whoever holds it cannot read one that has not.
public struct ClosedBars {
    /// How many bars have closed.
    public let count: Int
    /// Whether no bar before the last one is missing, so that a bar's number is its index.
    let isDense: Bool
    let secondsPerBar: Int64
    private let times: UnsafePointer<Int64>
    private let opens, highs, lows, closes: UnsafePointer<Double>
    private let openSeconds: Int64
    private let start: Double
    private let length: Int64
    private let quiet: UnsafePointer<Int32>?

    /// The first `count` bars of those that begin at `first`.
    ///
    /// - Parameters:
    ///   - bars: columns in which the session's bars lie one after the other, ascending, aligned to its open.
    ///   - secondsPerBar: length of a bar.
    ///   - isComplete: whether it is known that none of them is missing; otherwise their times are asked.
    ///   - quiet: of each bar of the columns, how many of its session's before it are left out because nothing was traded.
    init(
        _ bars: BarPointers, first: Int, count: Int, hours: SessionHours, secondsPerBar: Int64,
        isComplete: Bool = false,
        quiet: UnsafePointer<Int32>? = nil
    ) {
        self.quiet = quiet.map { $0 + first }
        self.count = count
        self.secondsPerBar = secondsPerBar
        times = bars.times + first
        opens = bars.open + first
        highs = bars.high + first
        lows = bars.low + first
        closes = bars.close + first
        openSeconds = hours.open
        start = hours.start
        length = hours.length
        isDense =
            isComplete || count == 0 || times[count - 1] - openSeconds == Int64(count - 1) * secondsPerBar
    }

    @inline(__always)
    private func place(_ bar: Int) -> Int {
        precondition(bar >= 0 && bar < count, "a bar is read after it has closed")
        return bar
    }

    @inline(__always)
    func open(_ bar: Int) -> Double { opens[place(bar)] }
    @inline(__always)
    func high(_ bar: Int) -> Double { highs[place(bar)] }
    @inline(__always)
    func low(_ bar: Int) -> Double { lows[place(bar)] }
    @inline(__always)
    func close(_ bar: Int) -> Double { closes[place(bar)] }

    /// Seconds from the session's open to a bar's open.
    @inline(__always)
    func seconds(_ bar: Int) -> Int64 {
        // Bars without a gap stand where the clock says; that spares reading the times.
        isDense ? Int64(place(bar)) * secondsPerBar : times[place(bar)] - openSeconds
    }

    /// Seconds from the session's open to a bar's close; the session's last bar may be short.
    func endSeconds(_ bar: Int) -> Int64 { min(seconds(bar) + secondsPerBar, length) }

    /// Seconds since 1970-01-01T00:00:00Z of a bar's open.
    func time(_ bar: Int) -> Int64 { seconds(bar) + openSeconds }

    /// A bar's number since the open by the clock, 0 for the first.
    func number(_ bar: Int) -> Int { isDense ? place(bar) : Int(seconds(bar) / secondsPerBar) }

    /// How many bars exist from the open up to and with a bar; those in which nothing was traded exist too.
    func present(through bar: Int) -> Int { bar + 1 + (quiet.map { Int($0[bar]) } ?? 0) }

    /// When a bar opens, in minutes since midnight.
    func minute(_ bar: Int) -> Double { start + Double(seconds(bar)) / 60 }

    /// The first bar that opens at least so many seconds after the session's open; `count` when none does yet.
    func first(atOrAfter seconds: Int64) -> Int {
        guard seconds > 0 else { return 0 }
        if isDense { return min(count, Self.place(atOrAfter: seconds, secondsPerBar)) }
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if times[middle] - openSeconds < seconds { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Where no bar is missing, the first that opens at least so many seconds after the session's open.
    static func place(atOrAfter seconds: Int64, _ secondsPerBar: Int64) -> Int {
        seconds > 0 ? Int((seconds + secondsPerBar - 1) / secondsPerBar) : 0
    }

    /// A bar's best and worst price for a side, times its sign.
    @inline(__always)
    func range(_ bar: Int, _ sign: Double) -> (good: Double, bad: Double) {
        let place = place(bar)
        return sign > 0 ? (highs[place], lows[place]) : (-lows[place], -highs[place])
    }

    /// The first of some bars that does not lie between two prices; on the way the best and the worst are taken in.
    /// Prices are times the side's sign.
    @inline(never)
    func passed(
        _ bars: Range<Int>, sign: Double, above stop: Double, below goal: Double, best: inout Double,
        worst: inout Double
    ) -> Int {
        precondition(bars.lowerBound >= 0 && bars.upperBound <= count, "a bar is read after it has closed")
        // A short's prices are compared as they are, the limits with the sign turned.
        if sign > 0 { return between(bars, stop, goal, &best, &worst) }
        var (highest, lowest) = (-worst, -best)
        let bar = between(bars, -goal, -stop, &highest, &lowest)
        (best, worst) = (-lowest, -highest)
        return bar
    }

    /// The first of some bars that does not lie between two prices.
    @inline(__always)
    private func between(
        _ bars: Range<Int>, _ floor: Double, _ ceiling: Double, _ highest: inout Double, _ lowest: inout Double
    ) -> Int {
        if wide_is_there() != 0 {
            return wide_passed(highs, lows, bars.lowerBound, bars.upperBound, floor, ceiling, &highest, &lowest)
        }
        return betweenByTwo(bars, floor, ceiling, &highest, &lowest)
    }

    /// The same for any processor.
    @inline(never)
    func betweenByTwo(
        _ bars: Range<Int>, _ floor: Double, _ ceiling: Double, _ highest: inout Double, _ lowest: inout Double
    ) -> Int {
        let end = bars.upperBound
        var bar = bars.lowerBound
        // Eight at a time as long as all of them lie between.
        if bar + 8 <= end {
            let (bottomLimit, topLimit) = (SIMD2(repeating: floor), SIMD2(repeating: ceiling))
            var (most, least) = (SIMD2(repeating: highest), SIMD2(repeating: lowest))
            while bar + 8 <= end {
                let (high, low) = (highs + bar, lows + bar)
                let top = greater(
                    greater(Self.two(high), Self.two(high + 2)), greater(Self.two(high + 4), Self.two(high + 6)))
                let bottom = lesser(
                    lesser(Self.two(low), Self.two(low + 2)), lesser(Self.two(low + 4), Self.two(low + 6)))
                guard all((bottom .> bottomLimit) .& (top .< topLimit)) else { break }
                most = greater(most, top)
                least = lesser(least, bottom)
                bar += 8
            }
            (highest, lowest) = (max(most[0], most[1]), min(least[0], least[1]))
        }
        while bar < end, lows[bar] > floor, highs[bar] < ceiling {
            highest = max(highest, highs[bar])
            lowest = min(lowest, lows[bar])
            bar += 1
        }
        return bar
    }

    @inline(__always)
    private static func two(_ place: UnsafePointer<Double>) -> SIMD2<Double> {
        UnsafeRawPointer(place).loadUnaligned(as: SIMD2<Double>.self)
    }

    /// The first of some bars that may reach the price of an order, stop or limit; prices are times the side's sign.
    func reach(_ bars: Range<Int>, sign: Double, price: Double, isStop: Bool, _ equality: Equality) -> Int {
        // Clear of the price no equality has to be looked at.
        let margin = 4e-9 * max(abs(price), equality.floor)
        var (best, worst) = (-Double.infinity, Double.infinity)
        var bar = bars.lowerBound
        while bar < bars.upperBound {
            bar = passed(
                bar..<bars.upperBound, sign: sign, above: isStop ? -.infinity : price + margin,
                below: isStop ? price - margin : .infinity, best: &best, worst: &worst)
            guard bar < bars.upperBound else { break }
            let (good, bad) = range(bar, sign)
            guard isStop ? equality.isBelow(good, price) : equality.isAbove(bad, price) else { break }
            bar += 1
        }
        return bar
    }

    /// The first of some bars that may reach a price above or one below.
    func reach(_ bars: Range<Int>, above top: Double, below bottom: Double, _ equality: Equality) -> Int {
        var (best, worst) = (-Double.infinity, Double.infinity)
        // Bars that are clear of both prices need no look at equality; others are walked.
        return passed(
            bars, sign: 1, above: bottom + 4e-9 * max(abs(bottom), equality.floor),
            below: top - 4e-9 * max(abs(top), equality.floor), best: &best, worst: &worst)
    }

    /// A bar as orders see it.
    @inline(__always)
    func candle(_ bar: Int) -> Candle {
        let place = place(bar)
        return Candle(
            seconds: seconds(place), end: endSeconds(place), open: opens[place], high: highs[place], low: lows[place],
            close: closes[place])
    }
}

/// A bar that has closed, or a finer one, as orders and positions see it.
public struct Candle {
    /// From the session's open to the bar's open.
    let seconds: Int64
    /// From the session's open to the bar's close.
    let end: Int64
    let open, high, low, close: Double

    /// The price that is best for a position: its high, or for a short (`sign` -1) its low with the sign turned.
    @inline(__always)
    func good(_ sign: Double) -> Double { sign > 0 ? high : -low }

    /// The price that is worst for a position.
    @inline(__always)
    func bad(_ sign: Double) -> Double { sign > 0 ? low : -high }
}

/// A number at each bar's close, made of bars that have closed: a field, or what functions and arithmetic make of fields.
///
/// It is a description, not values: equal descriptions of several plans are computed once, by a `ColumnBank`. A number is
/// unknown (NaN) while bars that it needs are missing; what is unknown makes arithmetic and comparisons unknown.
///
///     let average = Series.ema(.close, 20)
///     let isPullback = Series.close < average
public struct Series: Hashable, Sendable {
    let node: Node

    init(_ node: Node) { self.node = node }

    /// The kinds of numbers.
    indirect enum Node: Hashable, Sendable {
        case constant(Double)
        case field(Field)
        case running(Running)
        case first(minutes: Int, Price)
        case session(SessionValue)
        case prior(Price)
        case premarket(Price)
        case negated(Series)
        case absolute(Series)
        case rounded(Series, tick: Double)
        case combined(Operator, Series, Series)
        case choice(Condition, Series, Series)
        case before(Series, Int)
        case moved(Series, Int, isRatio: Bool)
        case window(Window, Series, Int)
        case average(Series, Average)
        case superTrend(Int, Double, isSide: Bool)
        case pivot(Int, isHigh: Bool)
        case longer(minutes: Int, Series)
        case daily(Series, Int)
        case sameTime(Series, Int)
        case barsSince(Condition)
        case asNumber(Condition)
    }

    /// What is read of a bar alone, but for the true range, which takes the close before as well.
    enum Field: Int, Hashable, Sendable {
        case open, high, low, close, volume, hl2, hlc3, ohlc4, position, trueRange, time, bar
    }

    /// What counts from a session's first bar.
    enum Running: Int, Hashable, Sendable { case high, low, volume, vwap, vwapDeviation, onBalanceVolume }

    /// What several bars put together have.
    enum Price: Int, Hashable, Sendable { case open, high, low, close, volume }

    /// What is known of a session when its first bar opens.
    enum SessionValue: Int, Hashable, Sendable { case start, end, open, month, day }

    enum Operator: Int, Hashable, Sendable { case plus, minus, times, dividedBy, modulo, minimum, maximum }

    /// What is made of the values of n bars.
    enum Window: Int, Hashable, Sendable {
        case mean, weighted, sum, highest, lowest, deviation, zscore, rank, meanDistance
    }

    /// A recursive average over so many bars: exponential, or Wilder's.
    enum Average: Hashable, Sendable {
        case exponential(Int)
        case wilder(Int)

        var weight: Double {
            switch self {
            case .exponential(let period): 2 / Double(period + 1)
            case .wilder(let period): 1 / Double(period)
            }
        }
    }
}

// MARK: - Fields

extension Series {
    /// First price of the bar.
    public static let open = Series(.field(.open))
    /// Highest price of the bar.
    public static let high = Series(.field(.high))
    /// Lowest price of the bar.
    public static let low = Series(.field(.low))
    /// Last price of the bar.
    public static let close = Series(.field(.close))
    /// Shares traded in the bar.
    public static let volume = Series(.field(.volume))
    /// (high + low) / 2.
    public static let hl2 = Series(.field(.hl2))
    /// (high + low + close) / 3.
    public static let hlc3 = Series(.field(.hlc3))
    /// (open + high + low + close) / 4.
    public static let ohlc4 = Series(.field(.ohlc4))
    /// (close - low) / (high - low); unknown when the bar's high is its low.
    public static let position = Series(.field(.position))
    /// max(high, close before) - min(low, close before); of the first bar there is, high - low.
    ///
    /// Source: J. Welles Wilder, "New Concepts in Technical Trading Systems" (1978).
    public static let trueRange = Series(.field(.trueRange))
    /// When the bar opened, in minutes since midnight on the market's clocks.
    public static let time = Series(.field(.time))
    /// The bar's number since the open by the clock, 0 for the first.
    public static let bar = Series(.field(.bar))

    /// The same number at every bar.
    public static func constant(_ value: Double) -> Series { Series(.constant(value)) }
}

extension Series: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    public init(floatLiteral value: Double) { self = .constant(value) }
    public init(integerLiteral value: Int) { self = .constant(Double(value)) }
}

// MARK: - Arithmetic

extension Series {
    public static func + (one: Series, other: Series) -> Series { Series(.combined(.plus, one, other)) }
    public static func - (one: Series, other: Series) -> Series { Series(.combined(.minus, one, other)) }
    public static func * (one: Series, other: Series) -> Series { Series(.combined(.times, one, other)) }
    /// The quotient; unknown when the divisor is equal to 0.
    public static func / (one: Series, other: Series) -> Series { Series(.combined(.dividedBy, one, other)) }
    /// The remainder, with the sign of the divisor; unknown when the divisor is equal to 0.
    public static func % (one: Series, other: Series) -> Series { Series(.combined(.modulo, one, other)) }
    public static prefix func - (one: Series) -> Series { Series(.negated(one)) }

    /// The distance from 0.
    public static func abs(_ one: Series) -> Series { Series(.absolute(one)) }
    /// The lesser of two numbers; unknown when one of them is.
    public static func min(_ one: Series, _ other: Series) -> Series { Series(.combined(.minimum, one, other)) }
    /// The greater of two numbers; unknown when one of them is.
    public static func max(_ one: Series, _ other: Series) -> Series { Series(.combined(.maximum, one, other)) }
    /// The nearest multiple of `tick`, which is above 0; halves are rounded up.
    public static func round(_ one: Series, tick: Double) -> Series {
        precondition(tick > 0, "a tick is above 0")
        return Series(.rounded(one, tick: tick))
    }
    /// `one` where the condition is true, `other` where it is false, unknown where it is unknown.
    public static func ifElse(_ condition: Condition, _ one: Series, _ other: Series) -> Series {
        Series(.choice(condition, one, other))
    }

    /// The number `bars` bars before, across sessions; unknown before the first bar there is. Of daily values: so many
    /// daily bars before.
    public subscript(bars: Int) -> Series {
        precondition(bars >= 0, "only bars that have closed can be read")
        if case .daily(let inner, let back) = node { return Series(.daily(inner, back + bars)) }
        return bars == 0 ? self : Series(.before(self, bars))
    }

    /// The number `bars` bars before. What is the same in the whole session, as daily values are, is the same then.
    func earlier(_ bars: Int) -> Series { Series(.before(self, bars)) }
}

// MARK: - Comparisons

extension Series {
    public static func < (one: Series, other: Series) -> Condition { Condition(.compared(.below, one, other)) }
    public static func <= (one: Series, other: Series) -> Condition { Condition(.compared(.atMost, one, other)) }
    public static func > (one: Series, other: Series) -> Condition { Condition(.compared(.above, one, other)) }
    public static func >= (one: Series, other: Series) -> Condition { Condition(.compared(.atLeast, one, other)) }

    /// Whether the numbers are equal by the session's `Equality`.
    public func equals(_ other: Series) -> Condition { Condition(.compared(.equal, self, other)) }
    /// Whether the numbers differ by the session's `Equality`.
    public func differs(from other: Series) -> Condition { Condition(.compared(.notEqual, self, other)) }
    /// Whether the number lies between two others, ends included; unknown when one of the three is.
    public func isBetween(_ low: Series, and high: Series) -> Condition { Condition(.between(self, low, high)) }
    /// Whether the number is above the other now and was not at the bar before.
    public func crosses(above other: Series) -> Condition { Condition(.crosses(self, other, isAbove: true)) }
    /// Whether the number is below the other now and was not at the bar before.
    public func crosses(below other: Series) -> Condition { Condition(.crosses(self, other, isAbove: false)) }
}

/// A number that may depend on the trade or on the steps of its setup: what prices, distances and times are computed from.
///
/// It is evaluated at the few closes at which it is needed; what depends on bars alone belongs into the value graph and
/// comes in by a `NumberRef`. Unknown numbers (NaN) make it unknown.
public enum Formula: Sendable, Hashable {
    /// A plain number. A time is minutes since midnight, a duration minutes.
    case constant(Double)
    /// A number of the value graph at the bar.
    case number(NumberRef)
    /// A number known before the session's first bar closes, the same at every bar.
    case session(NumberRef)
    /// A number of the trade.
    case trade(TradeNumber)
    /// A field of the bar at which the setup's n-th step held, counted from 0; unknown before it held.
    case step(Int, StepField)
    /// The number with the other sign.
    indirect case negated(Formula)
    /// The distance from 0.
    indirect case absolute(Formula)
    /// Two numbers combined.
    indirect case combined(Operator, Formula, Formula)
    /// The nearest multiple of `tick`, which is above 0; halves are rounded up.
    indirect case rounded(Formula, tick: Double)
    /// The second formula where the condition is true, the third where it is false.
    indirect case choice(TradeCondition, Formula, Formula)
    /// A field that goes on from the bar at which a step held, as it was so many bars before; unknown before that bar.
    case stepBefore(Int, StepField, bars: Int)
    /// 1 where a condition is true, 0 where it is false.
    indirect case truth(TradeCondition)
    /// What is made of a number's values at this bar and at those before it, the present one first.
    indirect case reduced(Reduction, [Formula])

    /// What is made of several values. But for `average` and `firstTrue` it is unknown when one of them is.
    public enum Reduction: Sendable, Hashable {
        case mean
        case weightedMean
        case sum
        case highest
        case lowest
        case deviation
        case zscore
        case rank
        /// A recursive average of this weight, which starts so many bars before the session's first one.
        case average(weight: Double, ahead: Int)
        /// The place of the first that is 1, counted from 0, among those of the session; unknown when there is none.
        case firstTrue
    }

    /// A number of the trade; the ones from `held` on change from bar to bar.
    public enum TradeNumber: Int, Sendable, Hashable, CaseIterable {
        /// Price of the entry.
        case entry
        /// entry - stop, negative for a short; unknown without a stop.
        case r
        /// The absolute value of `r`.
        case risk
        /// 1 for a long, -1 for a short.
        case side
        /// Bars held, 1 at the entry bar's close.
        case held
        /// The best price so far.
        case best
        /// The worst price so far.
        case worst
        /// close - entry in favour of the trade, in price units.
        case profit

        /// How many there are.
        static let count = allCases.count

        /// Whether it stays as it was at the fill.
        var isFixed: Bool { rawValue < TradeNumber.held.rawValue }
    }

    /// What a formula may read of an earlier step.
    public enum StepField: Int, Sendable, Hashable, CaseIterable {
        case open
        case high
        case low
        case close
        /// When the bar opened, in minutes since midnight.
        case time
        /// Its number since the open by the clock, 0 for the first.
        case bar
        /// The highest price from that bar up to and with this one.
        case highSince
        /// The lowest price from that bar up to and with this one.
        case lowSince
    }

    /// How two numbers are combined.
    public enum Operator: Int, Sendable, Hashable, CaseIterable {
        case plus
        case minus
        case times
        /// Unknown when the divisor is equal to 0.
        case dividedBy
        /// The remainder, with the sign of the divisor; unknown when the divisor is equal to 0.
        case modulo
        case minimum
        case maximum
    }
}

extension Formula: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    public init(floatLiteral value: Double) { self = .constant(value) }
    public init(integerLiteral value: Int) { self = .constant(Double(value)) }

    /// Price of the entry.
    public static let entry = Formula.trade(.entry)
    /// entry - stop, negative for a short.
    public static let r = Formula.trade(.r)
    /// The distance from the entry to the first stop.
    public static let risk = Formula.trade(.risk)

    /// A time of day.
    public static func time(_ time: TimeOfDay) -> Formula { .constant(Double(time.minutes)) }

    public static func * (one: Double, other: Formula) -> Formula { .combined(.times, .constant(one), other) }
    public static func + (one: Formula, other: Formula) -> Formula { .combined(.plus, one, other) }
    public static func - (one: Formula, other: Formula) -> Formula { .combined(.minus, one, other) }
    public static func * (one: Formula, other: Formula) -> Formula { .combined(.times, one, other) }
    public static func / (one: Formula, other: Formula) -> Formula { .combined(.dividedBy, one, other) }
    public static prefix func - (one: Formula) -> Formula { .negated(one) }
}

/// A condition that may depend on the trade or on the steps of its setup. Logic has three values: true, false, unknown.
public enum TradeCondition: Sendable, Hashable {
    case constant(Bool)
    /// A condition of the value graph at the bar.
    case truth(TruthRef)
    /// A condition known before the session's first bar closes, the same at every bar.
    case session(TruthRef)
    /// Two numbers compared by the session's `Equality`; unknown when one of them is.
    indirect case compared(Formula, Comparison, Formula)
    /// Whether the first number lies between the others, ends included; unknown when one of the three is.
    indirect case between(Formula, Formula, Formula)
    /// The second condition where the first is true, the third where it is false.
    indirect case choice(TradeCondition, TradeCondition, TradeCondition)
    indirect case not(TradeCondition)
    indirect case and(TradeCondition, TradeCondition)
    indirect case or(TradeCondition, TradeCondition)

    /// How two numbers are compared; equal is neither above nor below.
    public enum Comparison: Int, Sendable, Hashable, CaseIterable {
        case below
        case atMost
        case above
        case atLeast
        case equal
        case notEqual
    }
}

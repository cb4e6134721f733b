/// Something that is true, false or unknown at each bar's close. Logic has three values; only true is true.
public struct Condition: Hashable, Sendable {
    let node: Node

    init(_ node: Node) { self.node = node }

    /// The kinds of conditions.
    indirect enum Node: Hashable, Sendable {
        case constant(Bool)
        case compared(Comparison, Series, Series)
        case between(Series, Series, Series)
        case crosses(Series, Series, isAbove: Bool)
        case not(Condition)
        case and(Condition, Condition)
        case or(Condition, Condition)
        case choice(Condition, Condition, Condition)
        case before(Condition, Int)
        /// The session's day of the week is one of those whose bits, counted from Sunday, are set.
        case weekday(Int)
        case longer(minutes: Int, Condition)
    }

    /// How two numbers are compared; equal is neither above nor below.
    enum Comparison: Int, Hashable, Sendable { case below, atMost, above, atLeast, equal, notEqual }

    /// The same at every bar.
    public static func constant(_ value: Bool) -> Condition { Condition(.constant(value)) }

    /// Whether the session's day of the week is one of `days`.
    public static func weekday(in days: Set<Weekday>) -> Condition {
        Condition(.weekday(days.reduce(0) { $0 | 1 << $1.rawValue }))
    }

    public static prefix func ! (one: Condition) -> Condition { Condition(.not(one)) }
    /// False when one of the two is false, else unknown when one of them is.
    public static func && (one: Condition, other: Condition) -> Condition { Condition(.and(one, other)) }
    /// True when one of the two is true, else unknown when one of them is.
    public static func || (one: Condition, other: Condition) -> Condition { Condition(.or(one, other)) }
    /// Whether both are true or both are false; unknown when one of them is.
    public func equals(_ other: Condition) -> Condition { (self && other) || (!self && !other) }

    /// `one` where the condition is true, `other` where it is false, unknown where it is unknown.
    public static func ifElse(_ condition: Condition, _ one: Condition, _ other: Condition) -> Condition {
        Condition(.choice(condition, one, other))
    }

    /// What the condition was `bars` bars before, across sessions.
    public subscript(bars: Int) -> Condition {
        precondition(bars >= 0, "only bars that have closed can be read")
        return bars == 0 ? self : Condition(.before(self, bars))
    }

    /// A condition about longer bars, as of the newest that has closed; see `Series.bars`.
    public static func bars(minutes: Int, _ condition: Condition) -> Condition {
        Condition(.longer(minutes: minutes, condition))
    }
}

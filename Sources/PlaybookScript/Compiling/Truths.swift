import PlaybookCore

/// What is always or never so by an expression's form.
enum Truths {
    /// Why a condition is never true; nil where it may be.
    static func never(_ term: Term) -> String? {
        let parts = term.arguments
        switch term.form {
        case .constant(0) where term.kind == .truth: return "it says false"
        case .not: return always(parts[0]) ? "what 'not' stands before is always true" : nil
        case .and: return nil
        case .compared(let how):
            switch how {
            case .above: return notAbove(parts[0], parts[1])
            case .below: return notAbove(parts[1], parts[0])
            case .atLeast: return isBelow(parts[0], parts[1])
            case .atMost: return isBelow(parts[1], parts[0])
            case .notEqual: return parts[0] == parts[1] ? "both sides are the same" : nil
            case .equal: return isBelow(parts[0], parts[1]) ?? isBelow(parts[1], parts[0])
            }
        case .crosses(let isAbove): return isAbove ? notAbove(parts[0], parts[1]) : notAbove(parts[1], parts[0])
        case .between:
            if parts[1] != parts[2], isBelow(parts[2], parts[1]) != nil || isAtMost(parts[2], parts[1]) {
                return "the ends of 'between' are exchanged"
            }
            return isBelow(parts[0], parts[1]) ?? isBelow(parts[2], parts[0])
        default: return nil
        }
    }

    /// Whether a condition is true at each bar at which its numbers are known.
    static func always(_ term: Term) -> Bool {
        let parts = term.arguments
        switch term.form {
        case .constant(1) where term.kind == .truth: return true
        case .not: return never(parts[0]) != nil
        case .and: return parts.allSatisfy(always)
        case .or: return parts.contains(where: always)
        case .compared(let how):
            switch how {
            case .atMost: return isAtMost(parts[0], parts[1])
            case .atLeast: return isAtMost(parts[1], parts[0])
            case .below: return isBelow(parts[0], parts[1]) != nil
            case .above: return isBelow(parts[1], parts[0]) != nil
            case .equal: return parts[0] == parts[1]
            case .notEqual: return false
            }
        default: return false
        }
    }

    /// Why a condition or number is never known; nil where it may be.
    static func unknown(_ term: Term) -> String? {
        switch term.form {
        case .and, .or, .choice: return nil
        case .combined(.dividedBy), .combined(.modulo):
            if isZero(term.arguments[1]) { return "it divides by 0" }
        case .function(.zscore, _):
            if case .constant(1) = term.numbers[0].form { return "the deviation of one bar is 0" }
        default: break
        }
        for part in term.arguments { if let reason = unknown(part) { return reason } }
        return nil
    }

    private static func isZero(_ term: Term) -> Bool {
        switch term.form {
        case .constant(0): true
        case .combined(.minus): term.arguments[0] == term.arguments[1]
        default: false
        }
    }

    /// Why one number is never above another.
    private static func notAbove(_ one: Term, _ other: Term) -> String? {
        if one == other { return "both sides are the same" }
        if isAtMost(one, other) {
            let includesBar: Bool =
                switch other.form {
                case .function, .bar(.sessionHigh): true
                default: false
                }
            let also: Bool =
                switch one.form {
                case .function, .bar(.sessionLow): true
                default: false
                }
            let looksBack = includesBar || also
            return "\(one.line) is never above \(other.line)"
                + (looksBack ? ", which includes this bar: [1] is the one before" : "")
        }
        return limits(one).flatMap { one in
            limits(other).flatMap { $0.least >= one.most ? "it is at most \(journalNumber(one.most))" : nil }
        }
    }

    /// Why one number is always below another.
    private static func isBelow(_ one: Term, _ other: Term) -> String? {
        guard let left = limits(one), let right = limits(other), left.most < right.least else { return nil }
        return "\(one.line) is always below \(other.line)"
    }

    /// Whether one number is at most another at each bar.
    static func isAtMost(_ one: Term, _ other: Term) -> Bool {
        if one == other { return true }
        let (a, b) = (one.bar, other.bar)
        if let a, let b {
            if b == .high || b == .sessionHigh, prices.contains(a) || a == .sessionLow || a == .sessionOpen {
                return b == .sessionHigh || (a != .sessionLow && a != .sessionOpen) || a == .sessionLow
            }
            if a == .low || a == .sessionLow, prices.contains(b) || b == .sessionHigh || b == .sessionOpen {
                return a == .sessionLow || b != .sessionOpen
            }
            if a == .sessionOpen, b == .sessionHigh { return true }
        }
        switch other.form {
        case .function(.highest, _): if isAtMost(one, other.arguments[0]) { return true }
        case .function(.donchian, output: 0): if let a, prices.contains(a) { return true }
        case .maximum: if other.arguments.contains(where: { isAtMost(one, $0) }) { return true }
        default: break
        }
        switch one.form {
        case .function(.lowest, _): return isAtMost(one.arguments[0], other)
        case .function(.donchian, output: 1): return b.map { prices.contains($0) } ?? false
        case .minimum: return one.arguments.contains { isAtMost($0, other) }
        default: return false
        }
    }

    private static let prices: Set<Series> = [.open, .high, .low, .close, .hl2, .hlc3, .ohlc4]

    /// Between which numbers a number always lies; nil where nothing is known of it.
    private static func limits(_ term: Term) -> (least: Double, most: Double)? {
        switch term.form {
        case .constant(let value): return (value, value)
        case .bar(.position): return (0, 1)
        case .bar(.volume), .bar(.bar), .bar(.sessionVolume), .bar(.vwapDeviation), .bar(.trueRange):
            return (0, .infinity)
        case .session(.month): return (1, 12)
        case .session(.day): return (1, 31)
        case .absolute: return (0, .infinity)
        case .trade(.held), .trade(.risk): return (0, .infinity)
        case .negated: return limits(term.arguments[0]).map { (-$0.most, -$0.least) }
        case .function(let function, let output):
            switch function {
            case .rank: return (0, 1)
            case .rsi, .stochastic, .mfi, .adx, .dmi: return (0, 100)
            case .williams: return (-100, 0)
            case .supertrend where output == 1: return (-1, 1)
            case .stdev, .atr, .atrWilder, .natr, .barsSince, .count: return (0, .infinity)
            default: return nil
            }
        default: return nil
        }
    }

    /// Whether a price is the entry or beyond it for each value: above for true, else below.
    static func isAtOrBeyond(_ term: Term, isAbove: Bool) -> Bool {
        switch term.form {
        case .trade(.entry): return true
        case .combined(.plus):
            for (one, other) in [(term.arguments[0], term.arguments[1]), (term.arguments[1], term.arguments[0])]
            where isAtOrBeyond(one, isAbove: isAbove) {
                if isAbove ? isPositive(other) : isNegative(other) { return true }
            }
            return false
        case .combined(.minus):
            return isAtOrBeyond(term.arguments[0], isAbove: isAbove)
                && (isAbove ? isNegative(term.arguments[1]) : isPositive(term.arguments[1]))
        case .combined(.times):
            for (one, other) in [(term.arguments[0], term.arguments[1]), (term.arguments[1], term.arguments[0])] {
                guard case .trade(.entry) = one.form else { continue }
                if let factor = pure(other) { return isAbove ? factor >= 1 : factor <= 1 }
            }
            return false
        case .maximum: return isAbove && term.arguments.contains { isAtOrBeyond($0, isAbove: true) }
        case .minimum: return !isAbove && term.arguments.contains { isAtOrBeyond($0, isAbove: false) }
        default: return false
        }
    }

    /// The value of what is made of numbers alone.
    private static func pure(_ term: Term) -> Double? {
        term.isConstant && term.parameters.isEmpty ? ConstantEvaluator(parameters: [], market: .xnys).value(term) : nil
    }

    private static func isPositive(_ term: Term) -> Bool {
        if let value = pure(term) { return value >= 0 }
        if let limits = limits(term) { return limits.least >= 0 }
        if let series = term.bar, prices.contains(series) { return true }
        switch term.form {
        case .trade(.entry): return true
        case .combined(.times), .combined(.plus): return term.arguments.allSatisfy(isPositive)
        default: return false
        }
    }

    private static func isNegative(_ term: Term) -> Bool {
        if let value = pure(term) { return value <= 0 }
        if case .negated = term.form { return isPositive(term.arguments[0]) }
        return false
    }
}

extension Term {
    /// The number of bars or of the session that it is; nil for anything else.
    fileprivate var bar: Series? {
        switch form {
        case .bar(let series), .session(let series): series
        default: nil
        }
    }
}

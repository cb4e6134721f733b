import PlaybookCore

/// Computes what parameters, and maybe the session's hours, alone decide.
struct ConstantEvaluator {
    /// The value of each parameter, as a number: times and durations in minutes, a truth as 1 or 0.
    let parameters: [ParameterValue]
    /// The market whose sessions the times of day are of.
    let market: Market
    /// When the session opens and closes, in minutes since midnight; nil where it does not count.
    var hours: (start: Double, end: Double)?

    private static let equality = Equality(price: 1)

    /// A parameter as a number: times and durations in minutes; NaN for what is none.
    func number(_ value: ParameterValue) -> Double {
        switch value {
        case .integer(let value): Double(value)
        case .number(let value): value
        case .time(let time): Double(market.hours.time(time).minutes)
        case .duration(let minutes): Double(minutes)
        case .weekdays, .flag, .choice: .nan
        }
    }

    /// The number, a truth as 1 or 0; nil when it is unknown, as after a division by 0, or made of anything else.
    func value(_ term: Term) -> Double? {
        let parts = term.arguments
        switch term.form {
        case .constant(let value):
            return term.kind == .time ? Double(market.hours.time(TimeOfDay(minutes: Int(value))).minutes) : value
        case .parameter(let place):
            if case .flag(let flag) = parameters[place] { return flag ? 1 : 0 }
            let number = number(parameters[place])
            return number.isNaN ? nil : number
        case .session(.sessionStart): return hours?.start
        case .session(.sessionEnd): return hours?.end
        case .negated: return value(parts[0]).map { -$0 }
        case .absolute: return value(parts[0]).map { abs($0) }
        case .minimum, .maximum:
            let values = parts.map(value)
            guard !values.contains(nil) else { return nil }
            let isLeast = if case .minimum = term.form { true } else { false }
            return isLeast ? values.compactMap(\.self).min() : values.compactMap(\.self).max()
        case .combined(let how): return combined(how, parts)
        case .rounded:
            guard let x = value(parts[0]), let tick = value(term.numbers[0]), tick > 0 else { return nil }
            return floor(x / tick + 0.5) * tick
        case .choice: return value(parts[0]).flatMap { value(parts[$0 == 1 ? 1 : 2]) }
        default: return truth(term).map { $0 ? 1 : 0 }
        }
    }

    /// The truth; nil when it is unknown or not decided by parameters alone.
    func truth(_ term: Term) -> Bool? {
        let parts = term.arguments
        switch term.form {
        case .not: return truth(parts[0]).map { !$0 }
        case .and:
            let (one, other) = (truth(parts[0]), truth(parts[1]))
            return one == false || other == false ? false : one == nil || other == nil ? nil : true
        case .or:
            let (one, other) = (truth(parts[0]), truth(parts[1]))
            return one == true || other == true ? true : one == nil || other == nil ? nil : false
        case .between:
            guard let x = value(parts[0]), let low = value(parts[1]), let high = value(parts[2]) else { return nil }
            return !Self.equality.isBelow(x, low) && !Self.equality.isAbove(x, high)
        case .compared(let how): return compared(how, parts)
        case .isIn:
            guard case .parameter(let place) = parts[1].form, case .weekdays(let days) = parameters[place],
                case .constant(let day) = parts[0].form
            else { return nil }
            return days.contains { $0.rawValue == Int(day) }
        case .constant, .parameter, .choice: return value(term).map { $0 == 1 }
        default: return nil
        }
    }

    private func combined(_ how: Formula.Operator, _ parts: [Term]) -> Double? {
        guard let one = value(parts[0]), let other = value(parts[1]) else { return nil }
        switch how {
        case .plus: return one + other
        case .minus: return one - other
        case .times: return one * other
        case .dividedBy: return abs(other) <= 1e-9 ? nil : one / other
        case .modulo: return abs(other) <= 1e-9 ? nil : one - other * floor(one / other)
        default: return nil
        }
    }

    /// The whole number at or below a number; one equal to a whole number is that one.
    private func floor(_ number: Double) -> Double {
        let nearest = (number + 0.5).rounded(.down)
        let isEqual = !Self.equality.isAbove(number, nearest) && !Self.equality.isBelow(number, nearest)
        return isEqual ? nearest : number.rounded(.down)
    }

    private func compared(_ how: TradeCondition.Comparison, _ parts: [Term]) -> Bool? {
        if case .parameter(let place) = parts[0].form, case .word(let word) = parts[1].form {
            return (parameters[place] == .choice(word)) == (how == .equal)
        }
        guard parts[0].kind != .weekday || parts.allSatisfy({ if case .constant = $0.form { true } else { false } }),
            let one = value(parts[0]), let other = value(parts[1])
        else { return nil }
        let (isAbove, isBelow) = (Self.equality.isAbove(one, other), Self.equality.isBelow(one, other))
        return switch how {
        case .below: isBelow
        case .atMost: !isAbove
        case .above: isAbove
        case .atLeast: !isBelow
        case .equal: !isAbove && !isBelow
        case .notEqual: isAbove || isBelow
        }
    }
}

import PlaybookCore
import PlaybookReading

/// Turns terms into the numbers and conditions of a plan, for one set of parameters.
struct Lowering {
    let parameters: [ParameterValue]
    let constants: ConstantEvaluator
    let timeframe: Timeframe
    /// Minutes of the longest session there is.
    let sessionMinutes: Int
    var builder: PlaybookBuilder

    /// - Parameters:
    ///   - parameters: their values, in the order of the file.
    ///   - market: the one that the plan is for.
    ///   - sessionMinutes: nil for those of the market.
    init(_ parameters: [ParameterValue], timeframe: Timeframe, market: Market, sessionMinutes: Int? = nil) {
        self.sessionMinutes = sessionMinutes ?? market.hours.minutes
        self.parameters = parameters
        self.timeframe = timeframe
        constants = ConstantEvaluator(parameters: parameters, market: market)
        builder = PlaybookBuilder(market)
        builder.timeframe = timeframe
    }

    /// The number that a term of numbers and parameters alone is.
    func constant(_ term: Term) -> Double { constants.value(term) ?? .nan }

    private func whole(_ term: Term) -> Int { Int(constant(term)) }

    // MARK: - Numbers of bars

    /// A number, time or duration that depends on no step and no trade.
    func number(_ term: Term) -> Series {
        if term.isConstant, let value = constants.value(term) { return .constant(value) }
        func part(_ place: Int) -> Series { number(term.arguments[place]) }
        switch term.form {
        case .constant(let value): return .constant(value)
        case .parameter(let place): return .constant(constants.number(parameters[place]))
        case .bar(let series), .session(let series): return series
        case .first(let field): return Checker.part(Series.first(minutes: whole(term.numbers[0])), field)
        case .negated: return -part(0)
        case .absolute: return .abs(part(0))
        case .minimum: return term.arguments.dropFirst().reduce(part(0)) { .min($0, number($1)) }
        case .maximum: return term.arguments.dropFirst().reduce(part(0)) { .max($0, number($1)) }
        case .choice: return .ifElse(condition(term.arguments[0]), part(1), part(2))
        case .rounded: return .round(part(0), tick: constant(term.numbers[0]))
        case .combined(let how):
            switch how {
            case .plus: return part(0) + part(1)
            case .minus: return part(0) - part(1)
            case .times: return part(0) * part(1)
            case .dividedBy: return part(0) / part(1)
            default: return part(0) % part(1)
            }
        case .before: return part(0)[whole(term.numbers[0])]
        case .daily: return .daily(part(0))
        case .longer(let minutes): return .bars(minutes: minutes, part(0))
        case .function(let function, let output): return made(function, output, term)
        default: return .constant(.nan)
        }
    }

    private func made(_ function: Function, _ output: Int, _ term: Term) -> Series {
        let n = term.numbers.first.map { max(1, constant($0).isFinite ? Int(constant($0)) : 1) } ?? 1
        func factor(_ place: Int) -> Double { constant(term.numbers[place]) }
        func x() -> Series { number(term.arguments[0]) }
        switch function {
        case .sma: return .sma(x(), n)
        case .ema: return .ema(x(), n)
        case .wma: return .wma(x(), n)
        case .rma: return .rma(x(), n)
        case .sum: return .sum(x(), n)
        case .highest: return .highest(x(), n)
        case .lowest: return .lowest(x(), n)
        case .stdev: return .stdev(x(), n)
        case .change: return .change(x(), n)
        case .roc: return .roc(x(), n)
        case .zscore: return .zscore(x(), n)
        case .rank: return .rank(x(), n)
        case .rsi: return .rsi(x(), n)
        case .sameTime: return .sameTime(x(), n)
        case .atr: return .atr(n)
        case .atrWilder: return .atrWilder(n)
        case .natr: return .natr(n)
        case .williams: return .williams(n)
        case .cci: return .cci(n)
        case .mfi: return .mfi(n)
        case .adx: return .adx(n)
        case .pivotHigh: return .pivotHigh(n)
        case .pivotLow: return .pivotLow(n)
        case .keltner:
            let bands = Series.keltner(n, factor(1))
            return output == 0 ? bands.upper : bands.lower
        case .bollinger:
            let bands = Series.bollinger(x(), n, factor(1))
            return [bands.upper, bands.mid, bands.lower, bands.width][output]
        case .donchian: return output == 0 ? Series.donchian(n).upper : Series.donchian(n).lower
        case .stochastic:
            let both = Series.stochastic(n, whole(term.numbers[1]))
            return output == 0 ? both.k : both.d
        case .macd:
            let all = Series.macd(n, whole(term.numbers[1]), whole(term.numbers[2]))
            return [all.line, all.signal, all.histogram][output]
        case .dmi: return output == 0 ? Series.dmi(n).plus : Series.dmi(n).minus
        case .supertrend:
            let both = Series.superTrend(n, factor(1))
            return output == 0 ? both.line : both.side
        case .barsSince: return .barsSince(condition(term.arguments[0]))
        case .count: return .count(condition(term.arguments[0]), n)
        }
    }

    // MARK: - Conditions of bars

    /// A condition that depends on no step and no trade.
    func condition(_ term: Term) -> Condition {
        func part(_ place: Int) -> Condition { condition(term.arguments[place]) }
        func operand(_ place: Int) -> Series { number(term.arguments[place]) }
        switch term.form {
        case .constant(let value): return .constant(value == 1)
        case .parameter(let place): return .constant(parameters[place] == .flag(true))
        case .not: return !part(0)
        case .and: return part(0) && part(1)
        case .or: return part(0) || part(1)
        case .choice: return .ifElse(part(0), part(1), part(2))
        case .before: return part(0)[whole(term.numbers[0])]
        case .longer(let minutes): return .bars(minutes: minutes, part(0))
        case .between: return operand(0).isBetween(operand(1), and: operand(2))
        case .crosses(let isAbove):
            return isAbove ? operand(0).crosses(above: operand(1)) : operand(0).crosses(below: operand(1))
        case .isIn: return isIn(term)
        case .compared(let how): return compared(how, term)
        default: return .constant(false)
        }
    }

    private func isIn(_ term: Term) -> Condition {
        guard case .parameter(let place) = term.arguments[1].form, case .weekdays(let days) = parameters[place] else {
            return .constant(false)
        }
        if case .constant(let day) = term.arguments[0].form {
            return .constant(days.contains { $0.rawValue == Int(day) })
        }
        return .weekday(in: days)
    }

    private func compared(_ how: TradeCondition.Comparison, _ term: Term) -> Condition {
        let (one, other) = (term.arguments[0], term.arguments[1])
        let isInverted = how == .notEqual
        switch one.kind {
        case .truth:
            let same = condition(one).equals(condition(other))
            return isInverted ? !same : same
        case .weekday:
            let same = sameDay(one, other)
            return isInverted ? !same : same
        case .choice, .weekdays:
            guard case .parameter(let place) = one.form, case .word(let word) = other.form else {
                return .constant(false)
            }
            return .constant((parameters[place] == .choice(word)) != isInverted)
        case .number, .time, .duration:
            let (left, right) = (number(one), number(other))
            switch how {
            case .below: return left < right
            case .atMost: return left <= right
            case .above: return left > right
            case .atLeast: return left >= right
            case .equal: return left.equals(right)
            case .notEqual: return left.differs(from: right)
            }
        }
    }

    private func sameDay(_ one: Term, _ other: Term) -> Condition {
        func day(_ term: Term) -> Weekday? {
            if case .constant(let value) = term.form { Weekday(rawValue: Int(value)) } else { nil }
        }
        switch (day(one), day(other)) {
        case (let one?, let other?): return .constant(one == other)
        case (let day?, nil), (nil, let day?): return .weekday(in: [day])
        case (nil, nil): return .constant(true)
        }
    }
}

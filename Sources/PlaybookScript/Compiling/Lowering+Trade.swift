import PlaybookCore

// What depends on the setup's steps or on the trade: computed at the few closes at which it is needed, from numbers of
// bars at this bar and, for functions, at those before it.
extension Lowering {
    /// A number as part of a plan.
    mutating func formula(_ term: Term) -> Formula { formula(term, back: 0) }

    /// A condition as part of a plan.
    mutating func tradeCondition(_ term: Term) -> TradeCondition { tradeCondition(term, back: 0) }

    /// A number as it was `back` bars before. What is one number in a session, or of a step or trade, is so at each bar.
    private mutating func formula(_ term: Term, back: Int) -> Formula {
        guard term.isDynamic else {
            let series = number(term)
            if term.isConstant, !constant(term).isNaN { return .constant(constant(term)) }
            return builder.formula(back > 0 && term.varies ? series[back] : series)
        }
        switch term.form {
        case .trade(let number): return .trade(number)
        case .step(let step, let field):
            return field == .highSince || field == .lowSince
                ? back == 0 ? .step(step, field) : .stepBefore(step, field, bars: back) : .step(step, field)
        case .negated: return .negated(formula(term.arguments[0], back: back))
        case .absolute: return .absolute(formula(term.arguments[0], back: back))
        case .minimum: return joined(.minimum, term, back)
        case .maximum: return joined(.maximum, term, back)
        case .combined(let how): return joined(how, term, back)
        case .rounded: return .rounded(formula(term.arguments[0], back: back), tick: constant(term.numbers[0]))
        case .choice:
            let condition = tradeCondition(term.arguments[0], back: back)
            return .choice(condition, formula(term.arguments[1], back: back), formula(term.arguments[2], back: back))
        case .before: return formula(term.arguments[0], back: back + Int(constant(term.numbers[0])))
        case .function(let function, let output): return made(function, output, term, back)
        default: return .constant(.nan)
        }
    }

    private mutating func joined(_ how: Formula.Operator, _ term: Term, _ back: Int) -> Formula {
        var result = formula(term.arguments[0], back: back)
        for argument in term.arguments.dropFirst() { result = .combined(how, result, formula(argument, back: back)) }
        return result
    }

    /// A number's values at `count` bars up to the one `back` bars before.
    private mutating func values(_ count: Int, _ back: Int, _ make: (inout Lowering, Int) -> Formula) -> [Formula] {
        (0..<count).map { make(&self, back + $0) }
    }

    private mutating func made(_ function: Function, _ output: Int, _ term: Term, _ back: Int) -> Formula {
        let argument = term.arguments[0]
        let n = term.numbers.isEmpty ? 1 : Int(constant(term.numbers[0]))
        func reduced(_ how: Formula.Reduction, _ lowering: inout Lowering) -> Formula {
            .reduced(how, lowering.values(n, back) { $0.formula(argument, back: $1) })
        }
        switch function {
        case .sma: return reduced(.mean, &self)
        case .wma: return reduced(.weightedMean, &self)
        case .sum: return reduced(.sum, &self)
        case .highest: return reduced(.highest, &self)
        case .lowest: return reduced(.lowest, &self)
        case .stdev: return reduced(.deviation, &self)
        case .zscore: return reduced(.zscore, &self)
        case .rank: return reduced(.rank, &self)
        case .change: return formula(argument, back: back) - formula(argument, back: back + n)
        case .roc: return formula(argument, back: back) / formula(argument, back: back + n) - 1
        case .ema: return average(2 / Double(n + 1), back) { $0.formula(argument, back: $1) }
        case .rma: return average(1 / Double(n), back) { $0.formula(argument, back: $1) }
        case .rsi:
            func move(_ lowering: inout Lowering, _ back: Int) -> Formula {
                lowering.formula(argument, back: back) - lowering.formula(argument, back: back + 1)
            }
            let rises = average(1 / Double(n), back) { .combined(.maximum, move(&$0, $1), 0) }
            let falls = average(1 / Double(n), back) { .combined(.maximum, -move(&$0, $1), 0) }
            return 100 * (rises / (rises + falls))
        case .bollinger:
            let middle = reduced(.mean, &self)
            let reach = constant(term.numbers[1]) * reduced(.deviation, &self)
            switch output {
            case 0: return middle + reach
            case 1: return middle
            case 2: return middle - reach
            default: return (middle + reach - (middle - reach)) / middle
            }
        case .count:
            return .reduced(.sum, values(n, back) { .truth($0.tradeCondition(argument, back: $1)) })
        case .barsSince:
            return .reduced(.firstTrue, values(mostBars, back) { .truth($0.tradeCondition(argument, back: $1)) })
        default: return .constant(.nan)
        }
    }

    /// The most bars of a session; the last may be short.
    private var mostBars: Int { (sessionMinutes * 60 - 1) / Int(timeframe.seconds) + 1 }

    /// How many numbers and conditions a term takes to be computed where it depends on steps or on the trade.
    func cost(_ term: Term) -> Int {
        guard term.isDynamic else { return 1 }
        var factor = 1
        if case .function(let function, _) = term.form {
            let n = term.numbers.first.flatMap { constants.value($0) } ?? 1
            let reach: Double =
                switch function {
                case .ema: Double(Series.barsThatMatter(weight: 2 / (n + 1)) + mostBars)
                case .rma: Double(Series.barsThatMatter(weight: 1 / n) + mostBars)
                case .rsi: Double(4 * (Series.barsThatMatter(weight: 1 / n) + mostBars))
                case .barsSince: Double(mostBars)
                case .change, .roc: 2
                default: n
                }
            factor = max(1, reach.isFinite ? Int(min(reach, 1e6)) : 1)
        } else if case .crosses = term.form {
            factor = 2
        }
        let parts = term.arguments.reduce(0) { min(Self.endless, $0 + cost($1)) }
        return min(Self.endless, 1 + factor * parts)
    }

    private static var endless: Int { 10_000_000 }
    /// The most that `cost` may be.
    static var mostCost: Int { 20_000 }

    /// A recursive average. It starts so many bars before the session's first one as still matter.
    private mutating func average(
        _ weight: Double, _ back: Int, _ make: (inout Lowering, Int) -> Formula
    ) -> Formula {
        let ahead = Series.barsThatMatter(weight: weight)
        // With what encloses it looking back, it starts as much earlier.
        return .reduced(
            .average(weight: weight, ahead: ahead), values(ahead + mostBars, back, make))
    }

    private mutating func tradeCondition(_ term: Term, back: Int) -> TradeCondition {
        guard term.isDynamic else {
            if case .constant(let value) = term.form { return .constant(value == 1) }
            let condition = condition(term)
            return builder.condition(back > 0 && term.varies ? condition[back] : condition)
        }
        let parts = term.arguments
        switch term.form {
        case .not: return .not(tradeCondition(parts[0], back: back))
        case .and: return .and(tradeCondition(parts[0], back: back), tradeCondition(parts[1], back: back))
        case .or: return .or(tradeCondition(parts[0], back: back), tradeCondition(parts[1], back: back))
        case .choice:
            let condition = tradeCondition(parts[0], back: back)
            return .choice(condition, tradeCondition(parts[1], back: back), tradeCondition(parts[2], back: back))
        case .before: return tradeCondition(parts[0], back: back + Int(constant(term.numbers[0])))
        case .between:
            return .between(
                formula(parts[0], back: back), formula(parts[1], back: back), formula(parts[2], back: back))
        case .crosses(let isAbove):
            let now = TradeCondition.compared(
                formula(parts[0], back: back), isAbove ? .above : .below, formula(parts[1], back: back))
            let then = TradeCondition.compared(
                formula(parts[0], back: back + 1), isAbove ? .atMost : .atLeast, formula(parts[1], back: back + 1))
            return .and(now, then)
        case .compared(let how):
            guard parts[0].kind == .truth else {
                return .compared(formula(parts[0], back: back), how, formula(parts[1], back: back))
            }
            let (one, other) = (tradeCondition(parts[0], back: back), tradeCondition(parts[1], back: back))
            let same = TradeCondition.or(.and(one, other), .and(.not(one), .not(other)))
            return how == .notEqual ? .not(same) : same
        default: return .constant(false)
        }
    }
}

/// What a formula may look at beside the value graph: the steps of its setup so far, the trade, and the bars that closed.
struct Scope {
    /// The bars at which the setup's steps held.
    let marks: UnsafeMutablePointer<StepMark>
    /// How many of them did.
    let held: Int
    /// The trade's numbers, by `Formula.TradeNumber`; NaN where they are unknown.
    let numbers: UnsafePointer<Double>
    let bars: UnsafePointer<ClosedBars>?
    let equality: Equality
}

extension Scope {
    /// A field of the bar at which a step held; NaN before it held.
    func field(_ field: UInt8, ofStep step: Int, at bar: Int) -> Double {
        guard step < held, let bars = bars?.pointee, let field = Formula.StepField(rawValue: Int(field)) else {
            return .nan
        }
        let place = Int(marks[step].bar)
        guard bar >= place || field.isOfOneBar else { return .nan }
        switch field {
        case .open: return bars.open(place)
        case .high: return bars.high(place)
        case .low: return bars.low(place)
        case .close: return bars.close(place)
        case .time: return bars.minute(place)
        case .bar: return Double(bars.number(place))
        case .highSince:
            marks[step].look(through: bar, at: bars)
            return marks[step].high
        case .lowSince:
            marks[step].look(through: bar, at: bars)
            return marks[step].low
        }
    }
}

extension Formula.StepField {
    /// Whether it is of the step's bar alone.
    var isOfOneBar: Bool { self != .highSince && self != .lowSince }
}

/// The bar at which a step held.
struct StepMark {
    /// Its index in the session.
    var bar: Int32 = 0
    /// Whether the step's quality was true when the step was looked at last; nil when it never was.
    var quality: Bool?
    /// How far the prices since have been looked at.
    private var seen: Int32 = -1
    private(set) var high = 0.0
    private(set) var low = 0.0

    init(bar: Int32 = 0, quality: Bool? = nil) {
        self.bar = bar
        self.quality = quality
    }

    /// Takes in the bars from the step's one up to and with `last`.
    mutating func look(through last: Int, at bars: ClosedBars) {
        // An earlier bar than the last time knows nothing of the bars between.
        if seen < bar || seen > last {
            seen = bar
            high = bars.high(Int(bar))
            low = bars.low(Int(bar))
        }
        while seen < last {
            seen += 1
            high = max(high, bars.high(Int(seen)))
            low = min(low, bars.low(Int(seen)))
        }
    }
}

/// Runs programs.
struct Evaluator {
    let instructions: UnsafePointer<Instruction>
    let stack: UnsafeMutablePointer<Double>

    /// A condition as a number: 1, 0, or NaN when it is unknown.
    static func number(_ truth: Bool?) -> Double {
        guard let truth else { return .nan }
        return truth ? 1 : 0
    }

    /// The value of a program at a bar's close: NaN when it is unknown, a condition as 1 or 0.
    @inline(never)
    func run<Values: PlanValues>(
        _ term: Term, _ bar: Int, _ values: borrowing Values, _ scope: Scope
    ) -> Double {
        let equality = scope.equality
        // The top of the stack; what lies below it are the operands that came before.
        var top = stack - 1
        for place in term.index..<term.index + Int(term.count) {
            let instruction = instructions[place]
            let index = Int(instruction.index)
            switch instruction.operation {
            case .constant, .number, .sessionNumber, .truth, .sessionTruth, .trade, .step:
                top += 1
                top.pointee =
                    switch instruction.operation {
                    case .constant: instruction.value
                    case .number: values.number(NumberRef(index), bar)
                    case .sessionNumber: values.sessionNumber(NumberRef(index))
                    case .truth: Self.number(values.truth(TruthRef(index), bar))
                    case .sessionTruth: Self.number(values.sessionTruth(TruthRef(index)))
                    case .trade: scope.numbers[index]
                    default: scope.field(instruction.field, ofStep: index, at: bar)
                    }
            case .stepBefore:
                top += 1
                top.pointee = scope.field(instruction.field, ofStep: index, at: bar - Int(instruction.value))
            case .negate: top.pointee = -top.pointee
            case .absolute: top.pointee = abs(top.pointee)
            case .round:
                top.pointee = equality.floor(top.pointee / instruction.value + 0.5) * instruction.value
            case .not: top.pointee = 1 - top.pointee
            case .choose, .between:
                top -= 2
                top.pointee =
                    instruction.operation == .choose
                    ? (top[0].isNaN ? .nan : top[0] == 1 ? top[1] : top[2])
                    : Self.isBetween(top[0], top[1], top[2], equality)
            case let operation where operation.isReduction:
                top -= operation == .average ? index : index - 1
                top.pointee = Reducer(values: top, count: index, bar: bar, equality: equality).value(instruction)
            default:
                top -= 1
                top.pointee = Self.combined(instruction.operation, top[0], top[1], equality)
            }
        }
        return top.pointee
    }

    private static func isBetween(_ one: Double, _ low: Double, _ high: Double, _ equality: Equality) -> Double {
        guard !one.isNaN, !low.isNaN, !high.isNaN else { return .nan }
        return !equality.isBelow(one, low) && !equality.isAbove(one, high) ? 1 : 0
    }

    /// Two numbers, or two truths, made one.
    private static func combined(
        _ operation: Instruction.Operation, _ one: Double, _ other: Double, _ equality: Equality
    ) -> Double {
        switch operation {
        case .and:
            if one == 0 || other == 0 { return 0 }
            return one.isNaN || other.isNaN ? .nan : 1
        case .or:
            if one == 1 || other == 1 { return 1 }
            return one.isNaN || other.isNaN ? .nan : 0
        default: break
        }
        guard !one.isNaN, !other.isNaN else { return .nan }
        switch operation {
        case .plus: return one + other
        case .minus: return one - other
        case .times: return one * other
        case .divide: return equality.isEqual(other, 0) ? .nan : one / other
        case .modulo: return equality.isEqual(other, 0) ? .nan : one - other * equality.floor(one / other)
        case .minimum: return min(one, other)
        case .maximum: return max(one, other)
        case .below: return equality.isBelow(one, other) ? 1 : 0
        case .atMost: return equality.isAbove(one, other) ? 0 : 1
        case .above: return equality.isAbove(one, other) ? 1 : 0
        case .atLeast: return equality.isBelow(one, other) ? 0 : 1
        case .equal: return equality.isEqual(one, other) ? 1 : 0
        default: return equality.isEqual(one, other) ? 0 : 1
        }
    }
}

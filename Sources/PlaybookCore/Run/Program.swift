/// One operation on a stack of numbers; a condition is 1 for true, 0 for false and NaN for unknown.
struct Instruction {
    enum Operation: UInt8 {
        case constant, number, sessionNumber, truth, sessionTruth, trade, step
        case negate, absolute, round
        case plus, minus, times, divide, modulo, minimum, maximum, choose
        case below, atMost, above, atLeast, equal, notEqual, between
        case not, and, or
        case stepBefore, mean, weightedMean, sum, highest, lowest, deviation, zscore, rank, average, firstTrue

        /// Whether it takes as many numbers as its `index` says.
        var isReduction: Bool { rawValue >= Operation.mean.rawValue }
    }

    var operation: Operation
    /// Of a step: its field.
    var field: UInt8 = 0
    /// Of a number or condition: its place; of a step: which; of what is made of several values: how many.
    var index: Int32 = 0
    /// Of a constant its value, of a rounding its tick, of an average its weight, of a step's field how many bars before.
    var value = 0.0
}

/// A formula or condition made ready. What needs no computing is told apart, since most are like that.
struct Term {
    enum Kind: UInt8 {
        case absent, constant, number, sessionNumber, truth, sessionTruth, trade, traded, shifted, program
    }

    var kind = Kind.absent
    /// Whether it keeps the value that it has at the fill as long as the trade lasts.
    var isFixed = true
    /// How many instructions a program has.
    var count: Int32 = 0
    /// Place of a number, of a condition, of a number of the trade, or of a program's first instruction.
    var index = 0
    /// Of a constant; of what is shifted or traded, what the number is multiplied by.
    var value = Double.nan
    /// Of what is shifted or traded: the trade's number that it is added to.
    var base: Int32 = 0

    /// Whether there is no formula.
    var isAbsent: Bool { kind == .absent }
}

/// Turns formulas into instructions.
struct ProgramWriter {
    private(set) var instructions: [Instruction] = []
    /// The deepest stack that a program needs.
    private(set) var depth = 1
    private var height = 0
    private var isFixed = true
    private let places: PlanPlaces

    init(_ places: PlanPlaces) { self.places = places }

    /// A formula as a term; absent for nil.
    mutating func term(_ formula: Formula?) -> Term {
        switch formula {
        case nil: Term()
        case .constant(let value): Term(kind: .constant, value: value)
        case .number(let ref): Term(kind: .number, isFixed: false, index: places.of(ref))
        case .session(let ref): Term(kind: .sessionNumber, index: places.of(ref))
        case .trade(let number): Term(kind: .trade, isFixed: number.isFixed, index: number.rawValue)
        case .some(let formula): shifted(formula) ?? Self.traded(formula) ?? program { $0.write(formula) }
        }
    }

    /// A number of the trade plus or minus a multiple of a number, as stops mostly are; nil for all else.
    private func shifted(_ formula: Formula) -> Term? {
        guard
            case .combined(let how, .trade(let base), .combined(.times, .constant(let factor), .number(let ref))) =
                formula, how == .plus || how == .minus
        else { return nil }
        return Term(
            kind: .shifted, isFixed: false, index: places.of(ref), value: how == .plus ? factor : -factor,
            base: Int32(base.rawValue))
    }

    /// A number of the trade plus or minus another or a multiple of it, as targets mostly are; nil for all else.
    private static func traded(_ formula: Formula) -> Term? {
        guard case .combined(let how, .trade(let base), let other) = formula, how == .plus || how == .minus else {
            return nil
        }
        let (factor, number): (Double, Formula.TradeNumber)
        switch other {
        case .trade(let one): (factor, number) = (1, one)
        case .combined(.times, .constant(let times), .trade(let one)): (factor, number) = (times, one)
        default: return nil
        }
        return Term(
            kind: .traded, isFixed: base.isFixed && number.isFixed, index: number.rawValue,
            value: how == .plus ? factor : -factor, base: Int32(base.rawValue))
    }

    /// A condition as a term; absent for nil.
    mutating func term(_ condition: TradeCondition?) -> Term {
        switch condition {
        case nil: Term()
        case .constant(let value): Term(kind: .constant, value: value ? 1 : 0)
        case .truth(let ref): Term(kind: .truth, isFixed: false, index: places.of(ref))
        case .session(let ref): Term(kind: .sessionTruth, index: places.of(ref))
        case .some(let condition): program { $0.write(condition) }
        }
    }

    private mutating func program(_ body: (inout ProgramWriter) -> Void) -> Term {
        let start = instructions.count
        (height, isFixed) = (0, true)
        body(&self)
        return Term(kind: .program, isFixed: isFixed, count: Int32(instructions.count - start), index: start)
    }

    /// Adds an instruction that takes `operands` numbers off the stack and puts one on.
    private mutating func add(_ instruction: Instruction, taking operands: Int) {
        instructions.append(instruction)
        height += 1 - operands
        depth = max(depth, height)
    }

    private mutating func write(_ formula: Formula) {
        switch formula {
        case .constant(let value): add(Instruction(operation: .constant, value: value), taking: 0)
        case .number(let ref):
            isFixed = false
            add(Instruction(operation: .number, index: Int32(places.of(ref))), taking: 0)
        case .session(let ref): add(Instruction(operation: .sessionNumber, index: Int32(places.of(ref))), taking: 0)
        case .trade(let number):
            if !number.isFixed { isFixed = false }
            add(Instruction(operation: .trade, index: Int32(number.rawValue)), taking: 0)
        case .step(let step, let field):
            if field == .highSince || field == .lowSince { isFixed = false }
            add(Instruction(operation: .step, field: UInt8(field.rawValue), index: Int32(step)), taking: 0)
        case .stepBefore(let step, let field, let bars):
            isFixed = false
            add(
                Instruction(
                    operation: .stepBefore, field: UInt8(field.rawValue), index: Int32(step), value: Double(bars)),
                taking: 0)
        case .truth(let condition): write(condition)
        case .reduced(let how, let parts): write(how, parts)
        case .negated(let one):
            write(one)
            add(Instruction(operation: .negate), taking: 1)
        case .absolute(let one):
            write(one)
            add(Instruction(operation: .absolute), taking: 1)
        case .rounded(let one, let tick):
            write(one)
            add(Instruction(operation: .round, value: tick), taking: 1)
        case .combined(let how, let one, let other):
            write(one)
            write(other)
            add(Instruction(operation: Self.operation(how)), taking: 2)
        case .choice(let condition, let one, let other):
            write(condition)
            write(one)
            write(other)
            add(Instruction(operation: .choose), taking: 3)
        }
    }

    private mutating func write(_ how: Formula.Reduction, _ parts: [Formula]) {
        for part in parts { write(part) }
        var instruction = Instruction(operation: Self.operation(how), index: Int32(parts.count))
        var operands = parts.count
        if case .average(let weight, let ahead) = how {
            add(Instruction(operation: .constant, value: Double(ahead)), taking: 0)
            instruction.value = weight
            operands += 1
        }
        // How many of them count depends on the bar.
        isFixed = false
        add(instruction, taking: operands)
    }

    private mutating func write(_ condition: TradeCondition) {
        switch condition {
        case .constant(let value): add(Instruction(operation: .constant, value: value ? 1 : 0), taking: 0)
        case .truth(let ref):
            isFixed = false
            add(Instruction(operation: .truth, index: Int32(places.of(ref))), taking: 0)
        case .session(let ref): add(Instruction(operation: .sessionTruth, index: Int32(places.of(ref))), taking: 0)
        case .compared(let one, let how, let other):
            write(one)
            write(other)
            add(Instruction(operation: Self.operation(how)), taking: 2)
        case .between(let one, let low, let high):
            write(one)
            write(low)
            write(high)
            add(Instruction(operation: .between), taking: 3)
        case .not(let one):
            write(one)
            add(Instruction(operation: .not), taking: 1)
        case .choice(let condition, let one, let other):
            write(condition)
            write(one)
            write(other)
            add(Instruction(operation: .choose), taking: 3)
        case .and(let one, let other):
            write(one)
            write(other)
            add(Instruction(operation: .and), taking: 2)
        case .or(let one, let other):
            write(one)
            write(other)
            add(Instruction(operation: .or), taking: 2)
        }
    }

    private static func operation(_ how: Formula.Operator) -> Instruction.Operation {
        switch how {
        case .plus: .plus
        case .minus: .minus
        case .times: .times
        case .dividedBy: .divide
        case .modulo: .modulo
        case .minimum: .minimum
        case .maximum: .maximum
        }
    }

    private static func operation(_ how: Formula.Reduction) -> Instruction.Operation {
        switch how {
        case .mean: .mean
        case .weightedMean: .weightedMean
        case .sum: .sum
        case .highest: .highest
        case .lowest: .lowest
        case .deviation: .deviation
        case .zscore: .zscore
        case .rank: .rank
        case .average: .average
        case .firstTrue: .firstTrue
        }
    }

    private static func operation(_ how: TradeCondition.Comparison) -> Instruction.Operation {
        switch how {
        case .below: .below
        case .atMost: .atMost
        case .above: .above
        case .atLeast: .atLeast
        case .equal: .equal
        case .notEqual: .notEqual
        }
    }
}

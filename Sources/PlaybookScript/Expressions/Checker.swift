import PlaybookCore
import PlaybookReading

/// Understands expressions: what each name means, and whether the kinds fit. It goes on after an error, so that all are
/// found at once; what is wrong has no term.
struct Checker {
    /// A parameter that expressions may name.
    struct Parameter {
        let name: String
        let kind: Kind
        let unit: Unit
        let choices: [String]
    }

    let parameters: [Parameter]
    let timeframe: Timeframe
    private(set) var values: [String: Term] = [:]
    /// Values that are wrong: naming them is not a second error.
    private(set) var brokenValues: Set<String> = []
    private(set) var usedValues: Set<String> = []
    private(set) var usedParameters: Set<Int> = []
    var findings: [Finding] = []
    /// What numbers made of parameters must be like.
    var requirements: [Requirement] = []
    private var source: ExpressionSource?
    private let places: [String: Int]

    /// The most parts of an expression, those of values that it names included.
    static let maximumSize = 2_000

    init(parameters: [Parameter], timeframe: Timeframe) {
        self.parameters = parameters
        self.timeframe = timeframe
        places = Dictionary(parameters.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { one, _ in one })
    }

    /// Makes an expression known by a name.
    mutating func define(_ name: String, _ term: Term?) {
        if let term { values[name] = term } else { brokenValues.insert(name) }
    }

    mutating func use(value name: String) { usedValues.insert(name) }

    mutating func use(parameter name: String) { if let place = places[name] { usedParameters.insert(place) } }

    func place(ofParameter name: String) -> Int? { places[name] }

    /// Understands a text.
    ///
    /// - Parameter kinds: those that it may be of; nil for any.
    /// - Returns: nil where it is wrong, which the findings say then.
    mutating func term(_ source: ExpressionSource, _ scope: Scope, _ kinds: Set<Kind>?, _ wanted: String = "") -> Term?
    {
        let syntax: Syntax
        do throws(ExpressionError) {
            syntax = try ExpressionParser.parse(source.text)
        } catch {
            findings.append(Finding(.error, source.place(error.offset), error.message))
            return nil
        }
        self.source = source
        guard let term = of(syntax, scope) else { return nil }
        if let kinds, !kinds.contains(term.kind) {
            return wrong(syntax, "\(wanted) is wanted here, and this is \(term.kind.noun)")
        }
        guard term.size <= Self.maximumSize else {
            return wrong(
                syntax,
                "this has \(term.size) parts, those of the values that it names included: at most "
                    + "\(Self.maximumSize)")
        }
        return term
    }

    // MARK: - Findings

    mutating func wrong(_ syntax: Syntax, _ message: String) -> Term? {
        if let source { findings.append(Finding(.error, source.place(syntax.range.lowerBound), message)) }
        return nil
    }

    mutating func doubt(_ syntax: Syntax, _ message: String) {
        if let source { findings.append(Finding(.warning, source.place(syntax.range.lowerBound), message)) }
    }

    func made(
        _ form: Term.Form, _ kind: Kind, _ arguments: [Term] = [], numbers: [Term] = [], unit: Unit = .plain,
        traits: Term.Traits = [], at syntax: Syntax
    ) -> Term? {
        guard let source else { return nil }
        return Term(
            form, kind, arguments, numbers: numbers, unit: unit, traits: traits, at: syntax.range, in: source)
    }

    // MARK: - Forms

    /// A part of an expression.
    mutating func of(_ syntax: Syntax, _ scope: Scope) -> Term? {
        switch syntax.form {
        case .number(let value): return made(.constant(value), .number, traits: .isConstant, at: syntax)
        case .share(let value): return made(.constant(value), .number, unit: .share, traits: .isConstant, at: syntax)
        case .time(let value): return made(.constant(value), .time, traits: .isConstant, at: syntax)
        case .duration(let value): return made(.constant(value), .duration, traits: .isConstant, at: syntax)
        case .flag(let flag): return made(.constant(flag ? 1 : 0), .truth, at: syntax)
        case .frame: return wrong(syntax, "the length of bars stands in bars(15Min) only")
        case .name(let name): return self.name(name, syntax, scope)
        case .field(let base, let name): return field(base, name, syntax, scope)
        case .method(let base, let name, let arguments):
            return elsewhere(base, Syntax(form: .call(name, arguments), range: syntax.range), syntax, scope)
        case .call(let name, let arguments): return call(name, arguments, nil, syntax, scope)
        case .index(let inner, let index): return before(inner, index, syntax, scope)
        case .not(let inner): return truth(.not, [inner], syntax, scope)
        case .and(let one, let other): return truth(.and, [one, other], syntax, scope)
        case .or(let one, let other): return truth(.or, [one, other], syntax, scope)
        case .negated(let inner):
            guard let term = of(inner, scope) else { return nil }
            guard term.kind == .number || term.kind == .duration else {
                return wrong(inner, "a minus stands before numbers and lengths of time, and this is \(term.kind.noun)")
            }
            return made(
                .negated, term.kind, [term], unit: term.unit, traits: term.traits.intersection(.isConstant), at: syntax)
        case .combined(let how, let one, let other): return combined(how, one, other, syntax, scope)
        case .compared(let how, let one, let other): return compared(how, one, other, syntax, scope)
        case .between(let one, let low, let high):
            guard let terms = alike([one, low, high], scope, [.number, .time, .duration], "compared") else {
                return nil
            }
            warnOfMixture(terms[0], terms[1], syntax)
            warnOfMixture(terms[0], terms[2], syntax)
            return made(.between, .truth, terms, at: syntax)
        case .crosses(let one, let other, let isAbove):
            guard let terms = alike([one, other], scope, [.number, .time, .duration], "compared") else { return nil }
            if terms.contains(where: \.isLive) {
                return wrong(
                    syntax, "held, best, worst and profit are known at this bar alone: 'crosses' takes none of them")
            }
            guard terms.contains(where: { $0.varies || $0.isDynamic }) else {
                return wrong(
                    syntax,
                    "'crosses' needs a side that changes from bar to bar; of daily bars compare both days, as in "
                        + "daily.close > a and daily.close[1] <= a")
            }
            warnOfMixture(terms[0], terms[1], syntax)
            return made(.crosses(isAbove: isAbove), .truth, terms, at: syntax)
        case .isIn(let one, let other):
            guard let left = of(one, scope), let right = of(other, scope) else { return nil }
            guard left.kind == .weekday, right.kind == .weekdays else {
                return wrong(syntax, "'in' is for 'weekday in' a parameter that is a list of weekdays")
            }
            return made(.isIn, .truth, [left, right], at: syntax)
        }
    }

    private mutating func truth(
        _ form: Term.Form, _ parts: [Syntax], _ syntax: Syntax, _ scope: Scope
    ) -> Term? {
        var terms: [Term] = []
        for part in parts {
            guard let term = of(part, scope) else { continue }
            if term.kind == .truth {
                terms.append(term)
            } else {
                _ = wrong(part, "a condition is wanted here, and this is \(term.kind.noun)")
            }
        }
        return terms.count == parts.count ? made(form, .truth, terms, at: syntax) : nil
    }

    /// Parts of one kind, which is one of some.
    mutating func alike(
        _ parts: [Syntax], _ scope: Scope, _ kinds: [Kind], _ what: String
    ) -> [Term]? {
        let terms = parts.map { of($0, scope) }
        let known = terms.compactMap { $0 }
        guard known.count == parts.count else { return nil }
        for (part, term) in zip(parts, known) {
            guard kinds.contains(term.kind) else {
                _ = wrong(part, "\(term.kind.noun) cannot be \(what) here")
                return nil
            }
            guard term.kind == known[0].kind else {
                _ = wrong(part, "\(known[0].kind.noun) and \(term.kind.noun) cannot be \(what)")
                return nil
            }
        }
        return known
    }

    // MARK: - Arithmetic

    private mutating func combined(
        _ how: Formula.Operator, _ one: Syntax, _ other: Syntax, _ syntax: Syntax, _ scope: Scope
    ) -> Term? {
        let (left, right) = (of(one, scope), of(other, scope))
        guard let left, let right else { return nil }
        guard let kind = Self.kind(how, left.kind, right.kind) else {
            return wrong(
                syntax,
                "\(left.kind.noun) and \(right.kind.noun) cannot be \(Self.word(how)): a time and a length of time make a "
                    + "time, two times subtracted a length")
        }
        if how == .plus || how == .minus {
            if [left.unit, right.unit].contains(.share), [left.unit, right.unit].contains(.price) {
                doubt(
                    syntax,
                    "a percentage is \(Self.word(how)) \(how == .plus ? "to" : "and") a price: 2% of a price is 'price * 2%'"
                )
            }
        }
        let unit =
            switch how {
            case .plus, .minus: left.unit.added(to: right.unit)
            case .times: left.unit.times(right.unit)
            case .dividedBy: left.unit.divided(by: right.unit)
            default: left.unit
            }
        let traits = left.traits.intersection(right.traits).intersection(.isConstant)
        return made(.combined(how), kind, [left, right], unit: unit, traits: traits, at: syntax)
    }

    private static func word(_ how: Formula.Operator) -> String {
        switch how {
        case .plus: "added"
        case .minus: "subtracted"
        case .times: "multiplied"
        default: "divided"
        }
    }

    /// The kind that arithmetic gives; nil where the two do not mix.
    private static func kind(_ how: Formula.Operator, _ left: Kind, _ right: Kind) -> Kind? {
        switch (how, left, right) {
        case (_, .number, .number): .number
        case (.plus, .time, .duration), (.plus, .duration, .time), (.minus, .time, .duration): .time
        case (.plus, .duration, .duration), (.minus, .duration, .duration), (.minus, .time, .time): .duration
        case (.times, .duration, .number), (.times, .number, .duration): .duration
        case (.dividedBy, .duration, .duration): .number
        case (.modulo, .duration, .duration): .duration
        default: nil
        }
    }

    // MARK: - Comparisons

    private mutating func compared(
        _ how: TradeCondition.Comparison, _ one: Syntax, _ other: Syntax, _ syntax: Syntax, _ scope: Scope
    ) -> Term? {
        for (this, that) in [(one, other), (other, one)] {
            guard case .name(let name) = this.form, values[name] == nil, let place = places[name],
                parameters[place].kind == .choice, scope.bars == .own
            else { continue }
            usedParameters.insert(place)
            guard how == .equal || how == .notEqual else {
                return wrong(syntax, "\(name) is compared with its choices by = and != only")
            }
            guard case .name(let word) = that.form, parameters[place].choices.contains(word) else {
                let choices = parameters[place].choices.joined(separator: ", ")
                return wrong(that, "this is not among the choices of \(name): \(choices)")
            }
            guard let left = made(.parameter(place), .choice, at: this),
                let right = made(.word(word), .choice, at: that)
            else {
                return nil
            }
            return made(.compared(how), .truth, [left, right], at: syntax)
        }
        let isEquality = how == .equal || how == .notEqual
        let kinds: [Kind] = [.number, .time, .duration] + (isEquality ? [.truth, .weekday] : [])
        guard let terms = alike([one, other], scope, kinds, "compared") else { return nil }
        warnOfMixture(terms[0], terms[1], syntax)
        return made(.compared(how), .truth, terms, at: syntax)
    }

    private mutating func warnOfMixture(_ one: Term, _ other: Term, _ syntax: Syntax) {
        let units = [one.unit, other.unit]
        if units.contains(.share), units.contains(.price) || units.contains(.profit) || units.contains(.signedRisk) {
            doubt(syntax, "a percentage is compared with a price: 2% of a price is 'price * 2%'")
        }
        if units.contains(.profit), units.contains(.signedRisk) {
            doubt(
                syntax,
                "profit is compared with R, which is negative for a short: compare it with risk, which is the distance")
        }
    }

    // MARK: - Bars before

    private mutating func before(
        _ inner: Syntax, _ index: Syntax, _ syntax: Syntax, _ scope: Scope
    ) -> Term? {
        let number = number(index, .back, scope)
        guard let term = of(inner, scope), let number else { return nil }
        let isDaily = if case .daily = term.form { true } else { false }
        if !isDaily {
            let isSince =
                if case .step(_, let field) = term.form { field == .highSince || field == .lowSince } else { false }
            guard term.varies, !term.isLive, !isSince else {
                return wrong(
                    syntax,
                    "'\(shown(term.text))' is one number in a session, or known at this bar alone: it has no [n]")
            }
        }
        return made(.before, term.kind, [term], numbers: [number], unit: term.unit, at: syntax)
    }

    /// A number made of numbers and parameters alone, and what it must be like.
    mutating func number(_ syntax: Syntax, _ rule: Requirement.Rule, _ scope: Scope) -> Term? {
        guard let term = of(syntax, scope) else { return nil }
        let kind: Kind = rule == .length ? .duration : .number
        guard term.kind == kind, term.isConstant else {
            return wrong(syntax, "\(rule.noun) is wanted here, made of numbers and parameters alone")
        }
        requirements.append(Requirement(term: term, rule: rule))
        return term
    }
}

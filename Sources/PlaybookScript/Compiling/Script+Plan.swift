import PlaybookCore
import PlaybookReading

extension Script {
    /// The market that it is checked for: its own, else the usual one.
    var usualMarket: Market { market ?? .xnys }

    /// The markets that it may be run on.
    private var markets: [Market] { market.map { [$0] } ?? Market.all }

    /// Minutes of the longest session that it may be run in.
    private var sessionMinutes: Int { markets.map(\.hours.minutes).max() ?? usualMarket.hours.minutes }

    /// A thing that is wrong with some values of the parameters.
    struct Problem {
        let place: Place
        let message: String
    }

    /// What does not go together, whatever the parameters are.
    func structuralErrors() -> [Finding] {
        var errors: [Finding] = []
        let parts =
            values.reduce(0) { $0 + $1.term.size } + filters.reduce(0) { $0 + $1.term.size }
            + setups.flatMap(\.terms).reduce(0) { $0 + $1.size }
        if parts > 20_000 {
            errors.append(Finding(.error, .start, "the playbook has \(parts) parts of expressions: at most 20000"))
        }
        for setup in setups {
            let shares = setup.targets.compactMap(\.share)
            if shares.count < setup.targets.count, setup.targets.count > 1 {
                errors.append(Finding(.error, setup.place, "each of several targets has a share"))
            }
            if setup.exits.count > 64 || setup.steps.count > 100 || setup.targets.count > 64 {
                errors.append(Finding(.error, setup.place, "a setup has at most 100 steps, 64 targets and 64 exits"))
            }
            if size.kind == .risk, setup.stop == nil {
                errors.append(
                    Finding(.error, setup.place, "the size risks an amount, so setup \(setup.name) needs a stop"))
            }
        }
        return errors
    }

    /// That a setup without steps, which orders before the open, reads what is known then only.
    private func openProblem(
        _ setup: ScriptSetup, _ parameters: [ParameterValue], _ markets: [Market]
    ) -> Problem? {
        guard setup.steps.isEmpty,
            let opened = (filters.map(\.term) + setup.entry.terms).first(where: { $0.traits.contains(.readsOpen) }),
            !isAfterOpen(setup, parameters, markets)
        else { return nil }
        return Problem(
            place: opened.place,
            message:
                "session.open and gap are not known before the open, and setup \(setup.name), which has no steps, orders "
                + "then: enter 'at' a time after the open")
    }

    /// Whether a setup's order waits for a time that is after the open of every session.
    private func isAfterOpen(_ setup: ScriptSetup, _ parameters: [ParameterValue], _ markets: [Market]) -> Bool {
        guard case .at(let time) = setup.entry, Self.isOfHours(time) else { return false }
        return markets.allSatisfy { market in
            let start = Double(market.hours.start.minutes)
            return [market.hours.minutes, market.hours.fewestMinutes].allSatisfy { minutes in
                let hours = (start: start, end: start + Double(minutes))
                let value = ConstantEvaluator(parameters: parameters, market: market, hours: hours).value(time)
                return value.map { $0 > start } ?? false
            }
        }
    }

    /// Whether parameters, session.start and session.end alone decide a term.
    private static func isOfHours(_ term: Term) -> Bool {
        switch term.form {
        case .session(.sessionStart), .session(.sessionEnd): true
        case .bar, .session, .first, .before, .daily, .longer, .function, .step, .trade, .crosses, .weekdayOfSession:
            false
        default: term.arguments.allSatisfy(isOfHours)
        }
    }

    /// What is wrong with some values of the parameters, in the order in which it was read.
    ///
    /// - Parameter market: the one that it is made for; nil where only what is wrong on all of its markets counts.
    func problems(_ parameters: [ParameterValue], _ market: Market?) -> [Problem] {
        let constants = ConstantEvaluator(parameters: parameters, market: market ?? usualMarket)
        var problems: [Problem] = []
        for requirement in requirements {
            let value = constants.value(requirement.term)
            if let value, requirement.rule.allows(value, timeframe) { continue }
            problems.append(problem(requirement, value, parameters))
        }
        guard problems.isEmpty else { return problems }
        // Where sessions last a day, which of two times comes first depends on when they start.
        let knowsStart = market != nil || usualMarket.hours.minutes < 24 * 60
        for setup in setups {
            if knowsStart { problems += clockProblems(setup, constants) }
            problems += self.problems(setup, constants)
            let markets = market.map { [$0] } ?? markets
            if let problem = openProblem(setup, parameters, markets) { problems.append(problem) }
        }
        let lowering = Lowering(
            parameters, timeframe: timeframe, market: usualMarket, sessionMinutes: sessionMinutes)
        for term in setups.flatMap(\.terms) where lowering.cost(term) > Lowering.mostCost {
            problems.append(
                Problem(
                    place: term.place,
                    message:
                        "this looks back too far for something that depends on a step or on the trade: use smaller "
                        + "periods, or put what does not depend on them into values"))
        }
        return problems
    }

    private func problem(_ requirement: Requirement, _ value: Double?, _ parameters: [ParameterValue]) -> Problem {
        let wish = requirement.rule.wish(timeframe)
        if case .parameter(let place) = requirement.term.form {
            let name = self.parameters[place].spec.name
            let text = parameters[place].canonical
            let isLength = requirement.rule == .length
            return Problem(
                place: requirement.term.place,
                message: "parameter \(name): \(text) is not \(isLength ? wish : wish + ", as \(requirement.rule.use)")")
        }
        let text = value.map { journalNumber($0) } ?? "unknown"
        let isLiteral = if case .constant = requirement.term.form { true } else { false }
        let what = isLiteral ? "this" : "'\(shown(requirement.term.text))' is \(text), which"
        return Problem(place: requirement.term.place, message: "\(what) is not \(wish)")
    }

    /// That times come in the wrong order.
    private func clockProblems(_ setup: ScriptSetup, _ constants: ConstantEvaluator) -> [Problem] {
        var problems: [Problem] = []
        func name(_ term: Term) -> String? {
            if case .parameter(let place) = term.form { parameters[place].spec.name } else { nil }
        }
        func text(_ minutes: Double) -> String { TimeOfDay(minutes: Int(minutes)).onTheClock.description }
        if let window = setup.window, window.from.isConstant, window.to.isConstant,
            let from = constants.value(window.from), let to = constants.value(window.to), from > to
        {
            let message =
                if let first = name(window.from), let last = name(window.to) {
                    "parameter \(last): \(text(to)) lies before \(first) \(text(from))"
                } else { "the window ends at \(text(to)), before it begins at \(text(from))" }
            problems.append(Problem(place: window.to.place, message: message))
        }
        if case .at(let time) = setup.entry, let exit, time.isConstant, exit.isConstant,
            let at = constants.value(time), let end = constants.value(exit), at >= end
        {
            let message =
                if let first = name(time), let last = name(exit) {
                    "parameter \(last): \(text(end)) does not lie after \(first) \(text(at))"
                } else {
                    "the entry waits until \(text(at)), and nothing is entered from the exit time \(text(end)) on"
                }
            problems.append(Problem(place: time.place, message: message))
        }
        return problems
    }

    private func problems(_ setup: ScriptSetup, _ constants: ConstantEvaluator) -> [Problem] {
        var problems: [Problem] = []
        let shares = setup.targets.compactMap(\.share).compactMap { constants.value($0) }.reduce(0, +)
        if shares > 1 + 1e-9 {
            let percent = journalNumber(shares * 100)
            problems.append(
                Problem(
                    place: setup.targets[0].place, message: "the targets' shares come to \(percent)%, more than 100%"))
        }
        guard let condition = setup.stopWhen else { return problems }
        guard let isInForce = constants.truth(condition) else {
            problems.append(Problem(place: condition.place, message: "whether the stop is in force is unknown here"))
            return problems
        }
        guard !isInForce else { return problems }
        if size.kind == .risk {
            problems.append(
                Problem(
                    place: condition.place,
                    message:
                        "setup \(setup.name) has no stop in force ('\(shown(condition.text))' is false), and the size "
                        + "risks the distance to it"))
        }
        for term in setup.tradeTerms {
            guard let risk = term.first(where: { $0 == .r || $0 == .risk }) else { continue }
            problems.append(
                Problem(
                    place: risk.place,
                    message: "'\(shown(risk.text))' is not known: setup \(setup.name) has no stop in force, as "
                        + "'\(shown(condition.text))' is false"))
        }
        return problems
    }

    // MARK: - The plan

    /// The rules written down for some values of the parameters, for a market.
    func lowered(_ values: [ParameterValue], _ market: Market) -> LoweredScript {
        var lowering = Lowering(values, timeframe: timeframe, market: market)
        let constants = lowering.constants
        for value in self.values { lowering.name(value) }
        for filter in filters {
            lowering.builder.filter(
                filter.name, lowering.condition(filter.term),
                otherwise: "\(filter.name) did not hold: \(filter.term.line)",
                unknown: "\(filter.name) unknown: \(filter.term.line)")
            for side in filter.term.sides {
                lowering.builder.show(lowering.number(side), as: side.line, in: side.valueUnit, where: filter.name)
            }
        }
        lowering.builder.setups = setups.map { setup in self.setup(setup, &lowering) }
        lowering.builder.exit = exit.map { lowering.formula($0) }
        let amount = size.amount.map { lowering.formula($0) }
        let shares = parameters.firstIndex { $0.spec.name == "shares" && !$0.isOwn }
            .map { Formula.constant(constants.number(values[$0])) }
        var whole = amount ?? shares ?? 20
        if let capital = size.capital { whole = whole * lowering.formula(capital) }
        lowering.builder.size = Plan.Size(
            size.kind, whole, atMost: size.atMost.map { lowering.formula($0) },
            step: size.step.flatMap { constants.value($0) })
        func count(_ term: Term?) -> Int? { term.flatMap { constants.value($0) }.map { Int($0) } }
        lowering.builder.limits = Plan.Limits(
            trades: limits.trades == nil ? 1 : count(limits.trades), losses: count(limits.losses),
            loss: limits.loss.flatMap { constants.value($0) }, pause: count(limits.pause) ?? 0)
        lowering.builder.resolve = resolve
        lowering.builder.journalEntries = journal
        lowering.builder.showsWindowOfUnplayed = legacy?.showsWindowOfUnplayed ?? false
        return LoweredScript(builder: lowering.builder)
    }

    private func setup(_ setup: ScriptSetup, _ lowering: inout Lowering) -> Setup {
        let constants = lowering.constants
        func count(_ term: Term?) -> Int? { term.flatMap { constants.value($0) }.map { Int($0) } }
        var made = Setup(name: setup.name, side: setup.side, trades: count(setup.trades))
        made.window = setup.window.map {
            Setup.Window(from: lowering.formula($0.from), to: lowering.formula($0.to))
        }
        made.steps = setup.steps.map { step in
            lowering.builder.note(
                "step:\(step.name)",
                step.within == nil
                    ? "no \(step.name): \(step.when.line)"
                    : "no \(step.name) in time: \(step.when.line)")
            if let quality = step.quality {
                lowering.builder.note("step:\(step.name).quality", "\(step.name) without its quality: \(quality.line)")
            }
            return Setup.Step(
                step.name, when: lowering.tradeCondition(step.when),
                quality: step.quality.map { lowering.tradeCondition($0) }, within: count(step.within),
                restarts: step.restarts)
        }
        made.cancel = setup.cancel.map { lowering.tradeCondition($0) }
        switch setup.entry {
        case .market: made.entry = .market
        case .at(let time): made.entry = .at(time: lowering.formula(time))
        case .stop(let price, let bars, let until):
            made.entry = .stop(
                price: lowering.formula(price), bars: count(bars), until: until.map { lowering.formula($0) })
        case .limit(let price, let bars, let until):
            made.entry = .limit(
                price: lowering.formula(price), bars: count(bars), until: until.map { lowering.formula($0) })
        }
        let isInForce = setup.stopWhen.map { constants.truth($0) ?? true } ?? true
        made.stop = isInForce ? setup.stop.map { lowering.formula($0) } : nil
        made.targets = setup.targets.map { target in
            Setup.Target(
                at: lowering.formula(target.at), share: target.share.flatMap { constants.value($0) } ?? 1)
        }
        made.trail = setup.trail.map { trail in
            let place = lowering.formula(trail.place)
            return Setup.Trail(trail.isBy ? .by(place) : .to(place), after: trail.after.map { lowering.formula($0) })
        }
        made.breakeven = setup.breakeven.map { even in
            Setup.Breakeven(to: lowering.formula(even.to), after: even.after.map { lowering.formula($0) })
        }
        made.exits = setup.exits.map { exit in
            if let after = count(exit.after) { return Setup.Exit(exit.name, .after(bars: after)) }
            let condition = exit.when.map { lowering.tradeCondition($0) } ?? .constant(false)
            return Setup.Exit(
                exit.name, .condition(condition, share: exit.share.flatMap { constants.value($0) }))
        }
        return made
    }
}

/// A page that is written.
struct LoweredScript {
    let builder: PlaybookBuilder

    /// The plan.
    func plan(_ parameters: ParameterSet) throws(PlanError) -> Plan { try builder.plan(parameters) }
}

extension Lowering {
    /// Gives a value its name.
    mutating func name(_ value: NamedTerm) {
        switch value.term.kind {
        case .truth: builder.value(value.name, condition(value.term))
        default: builder.value(value.name, number(value.term), in: value.term.valueUnit)
        }
    }
}

extension Term {
    /// How its number is written in the journal.
    var valueUnit: PlaybookBuilder.Unit {
        switch kind {
        case .time: .time
        case .duration: .duration
        default: .number
        }
    }

    /// As it is written, on one line.
    var line: String { text.split(whereSeparator: { $0 == " " || $0 == "\n" }).joined(separator: " ") }

    /// The numbers that a comparison compares, without those that are written there.
    var sides: [Term] {
        switch form {
        case .compared, .between, .crosses:
            arguments.filter {
                [.number, .time, .duration].contains($0.kind) && !$0.isConstant && !$0.isDynamic
            }
        case .and, .or, .not: arguments.flatMap(\.sides)
        default: []
        }
    }

    /// The first number of the trade within it of which something is so.
    func first(where condition: (Formula.TradeNumber) -> Bool) -> Term? {
        if case .trade(let number) = form, condition(number) { return self }
        for part in arguments { if let found = part.first(where: condition) { return found } }
        return nil
    }
}

extension Requirement.Rule {
    /// What the number is there for.
    var use: String {
        switch self {
        case .period: "a period"
        case .back: "a number of bars before"
        case .share: "a share"
        case .positive: "a tick or a step"
        default: "it is used here"
        }
    }
}

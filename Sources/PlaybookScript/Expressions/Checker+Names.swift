import PlaybookCore
import PlaybookReading

extension Checker {
    /// What a name stands for.
    mutating func name(_ name: String, _ syntax: Syntax, _ scope: Scope) -> Term? {
        if scope.bars == .own, let value = values[name] {
            use(value: name)
            guard scope.hasBars || !value.varies else {
                return wrong(
                    syntax,
                    "'\(name)' is another number at each bar: before the open it is not known\(Self.knownBefore)")
            }
            return value
        }
        if scope.bars == .own, brokenValues.contains(name) {
            use(value: name)
            return nil
        }
        if let place = place(ofParameter: name) {
            use(parameter: name)
            let parameter = parameters[place]
            let isNumber = [Kind.number, .time, .duration].contains(parameter.kind)
            return made(
                .parameter(place), parameter.kind, unit: parameter.unit, traits: isNumber ? .isConstant : [], at: syntax
            )
        }
        if let series = Names.fields[name] { return bar(series, name, .number, syntax, scope) }
        if scope.bars != .own, Names.reserved.contains(name), name != "obv" || scope.bars == .daily {
            let what = scope.bars == .daily ? "daily" : "longer"
            return wrong(
                syntax, "'\(name)' is not known of \(what) bars: they have open, high, low, close, volume and tr")
        }
        if let series = Names.numbers[name] { return bar(series, name, .number, syntax, scope) }
        switch name {
        case "time": return bar(.time, name, .time, syntax, scope)
        case "weekday": return made(.weekdayOfSession, .weekday, at: syntax)
        case "month": return made(.session(.month), .number, at: syntax)
        case "day": return made(.session(.day), .number, at: syntax)
        case "gap": return made(.session(.gap), .number, unit: .share, traits: .readsOpen, at: syntax)
        default: break
        }
        if let day = Names.weekdays.firstIndex(of: name) { return made(.constant(Double(day)), .weekday, at: syntax) }
        if let number = Names.trade[name] { return trade(number, name, syntax, scope) }
        return unknown(name, syntax, scope)
    }

    private static var knownBefore: String {
        " (filters, window, exit and size know parameters, session.start, .end and .open, premarket, prior, gap, daily, "
            + "weekday, month, day)"
    }

    private mutating func bar(
        _ series: Series, _ name: String, _ kind: Kind, _ syntax: Syntax, _ scope: Scope
    ) -> Term? {
        guard scope.hasBars else {
            return wrong(syntax, "'\(name)' is not known before the open\(Self.knownBefore)")
        }
        return made(.bar(series), kind, unit: Names.unit(name), traits: .varies, at: syntax)
    }

    private mutating func trade(
        _ number: Formula.TradeNumber, _ name: String, _ syntax: Syntax, _ scope: Scope
    ) -> Term? {
        let isLive = [.held, .best, .worst, .profit].contains(number)
        let isRisk = number == .r || number == .risk
        if isLive, !scope.knowsPosition {
            return wrong(syntax, "'\(name)' is known in trail, breakeven and exits only")
        }
        guard scope.knowsTrade else {
            return wrong(syntax, "'\(name)' is known in stop, targets, trail, breakeven and exits only")
        }
        if isRisk, !scope.knowsRisk {
            return wrong(syntax, "'\(name)' is not known here: it is the distance to the stop, and no stop is in force")
        }
        let unit: Unit =
            switch number {
            case .r: .signedRisk
            case .profit: .profit
            case .side, .held: .plain
            default: .price
            }
        return made(
            .trade(number), .number, unit: unit, traits: isLive ? [.isDynamic, .isLive] : .isDynamic, at: syntax)
    }

    /// Says that a name is not known, and what it might have been.
    private mutating func unknown(_ name: String, _ syntax: Syntax, _ scope: Scope) -> Term? {
        var known = Set(parameters.map(\.name)).union(Names.fields.keys)
        if scope.bars == .own {
            known.formUnion(values.keys)
            known.formUnion(Names.numbers.keys)
            known.formUnion(["time", "gap", "weekday", "month", "day"])
            if scope.knowsTrade { known.formUnion(Names.trade.keys) }
        }
        if scope.steps.contains(name) {
            return wrong(syntax, "'\(name)' is a step: name a field of it, as in \(name).low")
        }
        if Names.groups.contains(name) {
            return wrong(syntax, "'\(name)' has fields: \(Self.example(name))")
        }
        if Function.allCases.contains(where: { $0.rawValue == name }) || Names.plainFunctions.contains(name) {
            let call = Function(rawValue: name)?.call ?? "\(name)(…)"
            return wrong(syntax, "'\(name)' is a function: \(call)")
        }
        let parts = name.split(separator: "-").map(String.init)
        if parts.count > 1, parts.allSatisfy({ known.contains($0) || Names.trade[$0] != nil }) {
            return wrong(
                syntax, "'\(name)' is one name: a minus needs spaces around it, \(parts.joined(separator: " - "))")
        }
        let suggestion = Names.suggestion(for: name, among: known)
        return wrong(syntax, "'\(shown(name))' is not known here\(suggestion)")
    }

    private static func example(_ group: String) -> String {
        switch group {
        case "session": "session.open, .high, .low, .volume, .start, .end"
        case "first": "first(30m).high"
        case "daily": "daily.close, daily.sma(close, 200)"
        case "bars": "bars(15Min).close, bars(15Min).sma(close, 20)"
        case "since": "since(step).high, since(step).low"
        default: "\(group).open, .high, .low, .close, .volume"
        }
    }

    // MARK: - Fields

    /// A name or call with a point behind it.
    mutating func field(_ base: Syntax, _ name: String, _ syntax: Syntax, _ scope: Scope) -> Term? {
        switch base.form {
        case .method(let other, let function, let arguments):
            let call = Syntax(form: .call(function, arguments), range: base.range)
            return elsewhere(other, Syntax(form: .field(call, name), range: syntax.range), syntax, scope)
        case .name("daily"), .call("bars", _):
            return elsewhere(base, Syntax(form: .name(name), range: syntax.range), syntax, scope)
        case .name(let group): return groupField(group, name, syntax, scope)
        case .call("since", let arguments) where scope.bars == .own: return since(arguments, name, syntax, scope)
        case .call("first", let arguments) where scope.bars == .own: return first(arguments, name, syntax, scope)
        case .call(let function, let arguments):
            return call(function, arguments, name, syntax, scope)
        default: return wrong(syntax, "there is no field '\(shown(name))' here")
        }
    }

    private mutating func groupField(_ group: String, _ name: String, _ syntax: Syntax, _ scope: Scope) -> Term? {
        if let step = scope.steps.firstIndex(of: group) {
            guard let field = Names.stepFields[name] else {
                let suggestion = Names.suggestion(for: name, among: Names.stepFields.keys)
                return wrong(
                    syntax,
                    "a step has the fields open, high, low, close, time and bar, not '\(shown(name))'\(suggestion)")
            }
            let kind: Kind = field == .time ? .time : .number
            return made(.step(step, field), kind, unit: Names.unit(name), traits: .isDynamic, at: syntax)
        }
        guard scope.bars == .own else { return wrong(syntax, "'\(group).\(name)' is not known of other bars") }
        switch group {
        case "session": return session(name, syntax, scope)
        case "prior", "premarket":
            guard let field = FieldName(rawValue: name) else {
                return wrong(syntax, "\(group) has open, high, low, close and volume, not '\(shown(name))'")
            }
            let part = group == "prior" ? Series.prior : Series.premarket
            return made(.session(Self.part(part, field)), .number, unit: Names.unit(name), at: syntax)
        default:
            if Names.groups.contains(group) { return wrong(syntax, "'\(group)' has fields: \(Self.example(group))") }
            let isName = values[group] != nil || place(ofParameter: group) != nil || Names.reserved.contains(group)
            if isName { return wrong(syntax, "'\(group)' has no fields") }
            let known = scope.steps + ["session", "prior", "premarket", "daily"]
            return wrong(
                syntax,
                "'\(shown(group))' is neither an earlier step of this setup nor one of session, prior, premarket, daily"
                    + Names.suggestion(for: group, among: known))
        }
    }

    private mutating func session(_ name: String, _ syntax: Syntax, _ scope: Scope) -> Term? {
        switch name {
        case "start": return made(.session(.sessionStart), .time, at: syntax)
        case "end": return made(.session(.sessionEnd), .time, at: syntax)
        case "open": return made(.session(.sessionOpen), .number, unit: .price, traits: .readsOpen, at: syntax)
        case "high": return bar(.sessionHigh, "session.high", .number, syntax, scope)
        case "low": return bar(.sessionLow, "session.low", .number, syntax, scope)
        case "volume":
            guard scope.hasBars else { return bar(.sessionVolume, "session.volume", .number, syntax, scope) }
            return made(.bar(.sessionVolume), .number, traits: .varies, at: syntax)
        default:
            return wrong(
                syntax,
                "session has start, end, open, high, low and volume, not '\(shown(name))'"
                    + Names.suggestion(for: name, among: Names.sessionFields))
        }
    }

    private mutating func since(_ arguments: [Syntax], _ name: String, _ syntax: Syntax, _ scope: Scope) -> Term? {
        guard arguments.count == 1, case .name(let step) = arguments[0].form,
            let place = scope.steps.firstIndex(of: step), name == "high" || name == "low"
        else { return wrong(syntax, "since(step).high or since(step).low of an earlier step of this setup is wanted") }
        let field: Formula.StepField = name == "high" ? .highSince : .lowSince
        return made(.step(place, field), .number, unit: .price, traits: [.isDynamic, .varies], at: syntax)
    }

    private mutating func first(_ arguments: [Syntax], _ name: String, _ syntax: Syntax, _ scope: Scope) -> Term? {
        guard let field = FieldName(rawValue: name) else {
            return wrong(syntax, "first(…) has open, high, low, close and volume, not '\(shown(name))'")
        }
        guard arguments.count == 1 else { return wrong(syntax, "first(30m) takes one length of time") }
        guard let length = number(arguments[0], .length, scope) else { return nil }
        guard scope.hasBars else { return wrong(syntax, "'first' is not known before the open") }
        return made(
            .first(field), .number, numbers: [length], unit: Names.unit(name), traits: .varies, at: syntax)
    }

    static func part(_ part: Series.Part, _ field: FieldName) -> Series {
        switch field {
        case .open: part.open
        case .high: part.high
        case .low: part.low
        case .close: part.close
        case .volume: part.volume
        }
    }

    // MARK: - Other bars

    /// A function or a field of daily or of longer bars.
    mutating func elsewhere(_ base: Syntax, _ inner: Syntax, _ syntax: Syntax, _ scope: Scope) -> Term? {
        guard scope.bars == .own else { return wrong(syntax, "bars within other bars are not known") }
        switch base.form {
        case .name("daily"):
            guard let term = of(inner, Scope(bars: .daily)) else { return nil }
            return made(.daily, term.kind, [term], unit: term.unit, at: syntax)
        case .call("bars", let arguments):
            guard arguments.count == 1, case .frame(let minutes) = arguments[0].form else {
                return wrong(base, "bars(15Min) is wanted: the length of longer bars in minutes")
            }
            guard scope.hasBars else { return wrong(syntax, "longer bars are not known before the open") }
            guard Timeframe.minutes(minutes).seconds % timeframe.seconds == 0 else {
                return wrong(arguments[0], "\(minutes)Min is not a multiple of the timeframe \(timeframe)")
            }
            guard let term = of(inner, Scope(bars: .longer)) else { return nil }
            return made(.longer(minutes: minutes), term.kind, [term], unit: term.unit, traits: .varies, at: syntax)
        default:
            if case .name(let name) = base.form {
                return wrong(
                    syntax,
                    "'\(shown(name))' has no functions: functions of other bars are daily.f(…) and bars(15Min).f(…)")
            }
            return wrong(syntax, "functions of other bars are daily.f(…) and bars(15Min).f(…)")
        }
    }

    // MARK: - Functions

    /// A call of a function, or a field of it.
    mutating func call(
        _ name: String, _ arguments: [Syntax], _ output: String?, _ syntax: Syntax, _ scope: Scope
    ) -> Term? {
        if Names.plainFunctions.contains(name) {
            if let output { return wrong(syntax, "\(name)(…) has no field '\(shown(output))'") }
            return plain(name, arguments, syntax, scope)
        }
        guard let function = Function(rawValue: name) else {
            let known = Function.allCases.map(\.rawValue) + Names.plainFunctions + ["first", "since", "bars"]
            if ["first", "since", "bars"].contains(name) {
                return wrong(syntax, "'\(name)(…)' has fields: \(Self.example(name))")
            }
            return wrong(syntax, "there is no function '\(shown(name))'\(Names.suggestion(for: name, among: known))")
        }
        var place = 0
        if let output {
            guard let found = function.outputs.firstIndex(of: output) else {
                let outputs = function.outputs.isEmpty ? "no fields" : function.outputs.joined(separator: ", ")
                return wrong(syntax, "\(name)(…) has \(outputs), not '\(shown(output))'")
            }
            place = found
        } else if !function.outputs.isEmpty {
            return wrong(
                syntax,
                "\(name)(…) has fields: \(function.outputs.map { "\(name)(…).\($0)" }.joined(separator: ", "))")
        }
        guard arguments.count == function.pattern.count else {
            return wrong(
                syntax, "\(function.call) takes \(counted(function.pattern.count, "argument")), not \(arguments.count)")
        }
        guard scope.hasBars else {
            return wrong(syntax, "'\(name)' is not known before the open: use daily.\(name)(…)")
        }
        if scope.bars != .own, function == .barsSince || function == .sameTime {
            return wrong(syntax, "\(name)(…) is not known of other bars")
        }
        return made(function, place, arguments, syntax, scope)
    }

    private mutating func made(
        _ function: Function, _ output: Int, _ arguments: [Syntax], _ syntax: Syntax, _ scope: Scope
    ) -> Term? {
        var (terms, numbers): ([Term], [Term]) = ([], [])
        var isWhole = true
        for (part, argument) in zip(function.pattern, arguments) {
            switch part {
            case .x, .condition:
                guard let term = of(argument, scope) else {
                    isWhole = false
                    continue
                }
                let kind: Kind = part == .x ? .number : .truth
                guard term.kind == kind else {
                    _ = wrong(argument, "\(function.call) takes \(kind.noun) here, and this is \(term.kind.noun)")
                    isWhole = false
                    continue
                }
                terms.append(term)
            case .period, .factor:
                guard let number = number(argument, part == .period ? .period : .any, scope) else {
                    isWhole = false
                    continue
                }
                numbers.append(number)
            }
        }
        guard isWhole else { return nil }
        if terms.contains(where: \.isLive) {
            return wrong(
                syntax, "held, best, worst and profit are known at this bar alone: functions take none of them")
        }
        if function == .sameTime, terms.contains(where: \.isDynamic) {
            return wrong(syntax, "same-time takes numbers of bars alone: other sessions had no such step or entry")
        }
        return made(
            .function(function, output: output), .number, terms, numbers: numbers,
            unit: function.unit(of: terms.first?.unit ?? .plain, output: output), traits: .varies, at: syntax)
    }

    private mutating func plain(_ name: String, _ arguments: [Syntax], _ syntax: Syntax, _ scope: Scope) -> Term? {
        switch name {
        case "abs":
            guard arguments.count == 1 else { return wrong(syntax, "abs(x) takes 1 argument, not \(arguments.count)") }
            guard let terms = alike(arguments, scope, [.number, .duration], "made positive") else { return nil }
            return made(
                .absolute, terms[0].kind, terms, unit: terms[0].unit == .signedRisk ? .price : terms[0].unit, at: syntax
            )
        case "min", "max":
            guard arguments.count >= 2 else { return wrong(syntax, "\(name)(a, b) takes two arguments or more") }
            guard let terms = alike(arguments, scope, [.number, .time, .duration], "compared") else { return nil }
            let form: Term.Form = name == "min" ? .minimum : .maximum
            return made(
                form, terms[0].kind, terms, unit: terms.dropFirst().reduce(terms[0].unit) { $0.joined($1.unit) },
                at: syntax)
        case "if":
            guard arguments.count == 3 else {
                return wrong(syntax, "if(condition, a, b) takes 3 arguments, not \(arguments.count)")
            }
            let condition = of(arguments[0], scope)
            if let condition, condition.kind != .truth {
                return wrong(arguments[0], "a condition is wanted here, and this is \(condition.kind.noun)")
            }
            let parts = alike(
                Array(arguments[1...]), scope, [.number, .time, .duration, .truth], "the two results of 'if'")
            guard let condition, let parts else { return nil }
            return made(
                .choice, parts[0].kind, [condition] + parts, unit: parts[0].unit.joined(parts[1].unit), at: syntax)
        default:
            guard arguments.count == 2 else {
                return wrong(syntax, "round(x, tick) takes 2 arguments, not \(arguments.count)")
            }
            let terms = alike([arguments[0]], scope, [.number], "rounded")
            let tick = number(arguments[1], .positive, scope)
            guard let terms, let tick else { return nil }
            return made(.rounded, .number, terms, numbers: [tick], unit: terms[0].unit, at: syntax)
        }
    }
}

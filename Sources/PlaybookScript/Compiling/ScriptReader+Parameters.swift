import PlaybookCore
import PlaybookReading

/// A parameter of a file.
struct ScriptParameter: Sendable {
    var spec: ParameterSpec
    let kind: Kind
    let unit: Unit
    let choices: [String]
    let place: Place
    /// Whether the file declares it; otherwise every playbook has it.
    let isOwn: Bool
    /// The ends of its range, where it has one, in the spelling of the file.
    let range: [String]
}

extension ScriptReader {
    static let parameterKeys = ["default", "range", "unit", "help", "choices"]

    /// The file's parameters, then those that every playbook has.
    mutating func parameters(_ node: Node?, _ size: Node?, _ market: Market?) -> [ScriptParameter] {
        let costs = ParameterSpec.costs
        let shares = Script.plainShares(size)
        let common = costs.map(\.name) + (shares == nil ? [] : ["shares"])
        var parameters: [ScriptParameter] = []
        for entry in file.named(node, of: "parameters") {
            guard !common.contains(entry.key) else {
                file.wrong(entry.place, "'\(entry.key)' is a parameter of every playbook: leave it out here")
                continue
            }
            if let parameter = parameter(entry, market) { parameters.append(parameter) }
        }
        if let shares { parameters.append(Self.common(shares)) }
        return parameters + costs.map(Self.common)
    }

    private static func common(_ spec: ParameterSpec) -> ScriptParameter {
        ScriptParameter(
            spec: spec, kind: .number, unit: .plain, choices: [], place: .start, isOwn: false, range: [])
    }

    private mutating func parameter(_ entry: Node.Entry, _ market: Market?) -> ScriptParameter? {
        let name = entry.key
        var (text, unit, help): (String?, String, String) = (nil, "", "")
        var (range, choices): ([Node], [String]) = ([], [])
        var place = entry.value.place
        if case .scalar = entry.value.kind {
            text = file.text(entry.value, of: name)
        } else {
            guard
                let keys = file.keys(
                    entry.value, of: "the parameter \(name)", Self.parameterKeys, required: ["default"])
            else { return nil }
            text = file.text(keys["default"], of: "default")
            if let node = keys["default"] { place = node.place }
            unit = file.text(keys["unit"], of: "unit") ?? ""
            help = file.text(keys["help"], of: "help") ?? ""
            if let node = keys["range"] { range = file.list(node, of: "range") }
            if let node = keys["range"], range.count != 2 {
                file.wrong(node.place, "a range has two ends, [least, most]")
                range = []
            }
            if let node = keys["choices"] {
                for choice in file.list(node, of: "choices") {
                    guard let word = file.text(choice, of: "a choice") else { continue }
                    guard Lexer.isName(word), !choices.contains(word) else {
                        file.wrong(choice.place, "choices are names, each once, not '\(shown(word))'")
                        continue
                    }
                    choices.append(word)
                }
                if choices.isEmpty { return nil }
                if !range.isEmpty { file.wrong(keys.place("range"), "a parameter has a range or choices, not both") }
            }
        }
        guard let text else { return nil }
        guard choices.isEmpty else {
            let spec = ParameterSpec(name: name, kind: .choice(choices), defaultText: text, unit: unit, help: help)
            if !choices.contains(text) {
                file.wrong(
                    place, "the default '\(shown(text))' is not among the choices \(choices.joined(separator: ", "))")
                return nil
            }
            return ScriptParameter(
                spec: spec, kind: .choice, unit: .plain, choices: choices, place: entry.place, isOwn: true, range: [])
        }
        return made(name, text, place, range, (unit, help), entry.place, market)
    }

    private mutating func made(
        _ name: String, _ text: String, _ place: Place, _ range: [Node], _ words: (unit: String, help: String),
        _ entryPlace: Place, _ market: Market?
    ) -> ScriptParameter? {
        guard let literal = Literal(text) else {
            file.wrong(
                place,
                "'\(shown(text))' is not a default: a number 1.5, a share 2%, a time 10:30, a length 15m, true, false or "
                    + "weekdays mon+wed; of other words, name the 'choices'")
            return nil
        }
        var ends: [Literal] = []
        var texts: [String] = []
        for node in range {
            guard let end = file.text(node, of: "range") else { return nil }
            guard let literal = Literal(end) else {
                file.wrong(node.place, "'\(shown(end))' cannot be an end of a range")
                return nil
            }
            ends.append(literal)
            texts.append(end)
        }
        let kinds: [Kind] = [.number, .time, .duration]
        if !ends.isEmpty {
            guard kinds.contains(literal.kind), ends.allSatisfy({ $0.kind == literal.kind }) else {
                file.wrong(
                    range[0].place, "a range is of two numbers, times or lengths of time, of the default's kind")
                return nil
            }
            guard ends[0].value <= literal.value, literal.value <= ends[1].value else {
                file.wrong(
                    place, "the default \(shown(text)) is outside the range \(shown(texts[0])) to \(shown(texts[1]))")
                return nil
            }
        }
        let kind: ParameterSpec.Kind
        switch literal.kind {
        case .truth: kind = .flag
        case .weekdays: kind = market.map(\.isUsual) ?? true ? .weekdays : .daysOfWeek
        case .time:
            kind =
                ends.isEmpty
                ? .anyTime
                : .time(TimeOfDay(minutes: Int(ends[0].value))...TimeOfDay(minutes: Int(ends[1].value)))
        case .duration:
            guard ([literal] + ends).allSatisfy({ $0.value == $0.value.rounded() && $0.value <= 100_000 }) else {
                file.wrong(place, "a length of time is a whole number of minutes")
                return nil
            }
            kind = ends.isEmpty ? .anyDuration : .duration(Int(ends[0].value)...Int(ends[1].value))
        default:
            guard ([literal] + ends).allSatisfy({ abs($0.value) <= 1e12 }) else {
                file.wrong(place, "a number is at most 1000000000000")
                return nil
            }
            let isWhole = ([text] + texts).allSatisfy(Literal.isWhole)
            if isWhole {
                kind = ends.isEmpty ? .anyInteger : .integer(Int(ends[0].value)...Int(ends[1].value))
            } else {
                kind = ends.isEmpty ? .anyNumber : .number(ends[0].value...ends[1].value)
            }
        }
        let spec = ParameterSpec(
            name: name, kind: kind, defaultText: text, unit: words.unit, help: words.help)
        if (try? ParameterSet(specs: [spec])) == nil {
            let hint =
                literal.kind == .weekdays ? ": the days of a market that is closed at weekends are mon to fri" : ""
            file.wrong(place, "'\(shown(text))' is not allowed as a default\(hint)")
            return nil
        }
        return ScriptParameter(
            spec: spec, kind: literal.kind, unit: literal.isShare ? .share : .plain, choices: [], place: entryPlace,
            isOwn: true, range: texts)
    }
}

/// A default or an end of a range.
struct Literal {
    let kind: Kind
    /// Times and lengths in minutes.
    let value: Double
    /// Whether it is written in percent or basis points.
    let isShare: Bool

    /// What a text stands for; nil for nothing.
    init?(_ text: String) {
        if text == "true" || text == "false" {
            (kind, value, isShare) = (.truth, text == "true" ? 1 : 0, false)
            return
        }
        let days = text.split(separator: "+", omittingEmptySubsequences: false).map(String.init)
        if days.allSatisfy(Names.weekdays.contains) {
            guard Set(days).count == days.count else { return nil }
            (kind, value, isShare) = (.weekdays, 0, false)
            return
        }
        let isNegative = text.hasPrefix("-")
        let rest = isNegative ? String(text.dropFirst()) : text
        guard let tokens = try? Lexer.tokens(rest), tokens.count == 1, tokens[0].range.lowerBound == 0,
            tokens[0].range.upperBound == rest.utf8.count
        else { return nil }
        let sign: Double = isNegative ? -1 : 1
        switch tokens[0].kind {
        case .number(let number): (kind, value, isShare) = (.number, sign * number, false)
        case .share(let share): (kind, value, isShare) = (.number, sign * share, true)
        case .time(let time) where !isNegative: (kind, value, isShare) = (.time, time, false)
        case .duration(let minutes) where !isNegative: (kind, value, isShare) = (.duration, minutes, false)
        default: return nil
        }
    }

    /// Whether a text is a whole number without a point.
    static func isWhole(_ text: String) -> Bool {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        return !digits.isEmpty && digits.utf8.allSatisfy { $0 &- 0x30 < 10 }
    }
}

import PlaybookCore
import PlaybookReading

/// Reads a playbook's document: keys, parameters, expressions. What is wrong is noted, and reading goes on.
struct ScriptReader {
    var file: FileReader
    var checker = Checker(parameters: [], timeframe: .minutes(2))
    private let root: Keys?

    static let keys = [
        "playbook", "summary", "market", "timeframe", "parameters", "values", "filters", "setups", "setup", "exit",
        "size", "limits", "resolve", "journal",
    ]

    init(_ document: Document) {
        file = FileReader(document)
        root = file.keys(document.root, of: "a playbook", Self.keys, required: ["playbook", "summary"])
    }

    /// The playbook; nil where it cannot be told at all.
    mutating func read() -> Script? {
        guard let root else { return nil }
        var script = Script()
        script.name = name(root)
        script.summary = file.text(root["summary"], of: "summary").map(Self.line) ?? ""
        script.market = market(root["market"])
        script.timeframe = timeframe(root["timeframe"], of: "timeframe") ?? .minutes(2)
        script.parameters = parameters(root["parameters"], root["size"], script.market)
        checker = Checker(
            parameters: script.parameters.map {
                Checker.Parameter(name: $0.spec.name, kind: $0.kind, unit: $0.unit, choices: $0.choices)
            }, timeframe: script.timeframe)
        script.values = values(root["values"], script.parameters.map(\.spec.name))
        for entry in file.named(root["filters"], of: "filters") {
            guard let term = term(entry.value, .beforeOpen, .truth, of: entry.key) else { continue }
            script.filters.append(NamedTerm(name: entry.key, place: entry.place, term: term))
        }
        script.setups = setups(root)
        script.exit = root["exit"].flatMap { term($0, .beforeOpen, .time, of: "exit") }
        script.size = size(root["size"])
        script.limits = limits(root["limits"])
        script.resolve = resolve(root, script.timeframe)
        script.journal = journal(root["journal"], script)
        script.document = file.document
        script.requirements = checker.requirements
        checkUse(script)
        return script
    }

    /// All that was found.
    var findings: [Finding] { file.findings + checker.findings }

    /// A text on one line.
    private static func line(_ text: String) -> String {
        text.split(whereSeparator: { $0 == "\n" || $0 == " " }).joined(separator: " ")
    }

    // MARK: - Simple keys

    private mutating func name(_ root: Keys) -> String {
        guard let node = root["playbook"], let text = file.text(node, of: "playbook") else { return "" }
        if !Script.isName(text) {
            file.wrong(
                node.place,
                "'\(shown(text))' cannot be a playbook's name: a small letter, then small letters, digits and '-', at most 40"
            )
        }
        return text
    }

    private mutating func market(_ node: Node?) -> Market? {
        guard let node, let text = file.text(node, of: "market") else { return nil }
        guard let market = Market.all.first(where: { $0.id == text }) else {
            let names = Market.all.map(\.id).joined(separator: " or ")
            file.wrong(node.place, "there is no market '\(shown(text))': \(names)")
            return nil
        }
        return market
    }

    private mutating func timeframe(_ node: Node?, of what: String) -> Timeframe? {
        guard let node, let text = file.text(node, of: what) else { return nil }
        guard let timeframe = Timeframe(text), timeframe.seconds <= 3600 else {
            file.wrong(node.place, "\(what) is 1Min to 60Min, not '\(shown(text))'")
            return nil
        }
        return timeframe
    }

    private mutating func resolve(_ root: Keys, _ timeframe: Timeframe) -> Timeframe? {
        guard let node = root["resolve"], let finer = self.timeframe(node, of: "resolve") else { return nil }
        guard finer.seconds < timeframe.seconds, timeframe.seconds % finer.seconds == 0 else {
            file.wrong(node.place, "resolve names finer bars that divide the timeframe \(timeframe), not \(finer)")
            return nil
        }
        return finer
    }

    // MARK: - Expressions

    /// The expression of a node, of a kind.
    mutating func term(_ node: Node?, _ scope: Scope, _ kind: Kind, of what: String) -> Term? {
        guard let node, let text = file.text(node, of: what) else { return nil }
        return checker.term(ExpressionSource(text, node, file.document), scope, [kind], kind.noun)
    }

    /// A number of numbers and parameters alone; `bars` may stand behind it.
    mutating func number(_ node: Node?, _ rule: Requirement.Rule, of what: String) -> Term? {
        guard let node, var text = file.text(node, of: what) else { return nil }
        for ending in [" bars", " bar"] where text.hasSuffix(ending) && rule != .share {
            text = String(text.dropLast(ending.count))
            break
        }
        let source = ExpressionSource(text, node, file.document)
        guard let term = checker.term(source, .beforeOpen, [.number], rule.noun) else { return nil }
        guard term.isConstant else {
            file.wrong(term.place, "\(what) takes numbers and parameters alone")
            return nil
        }
        checker.requirements.append(Requirement(term: term, rule: rule))
        return term
    }

    private mutating func values(_ node: Node?, _ parameters: [String]) -> [NamedTerm] {
        var values: [NamedTerm] = []
        for entry in file.named(node, of: "values") {
            guard !parameters.contains(entry.key) else {
                file.wrong(entry.place, "'\(entry.key)' is a parameter already: give the value another name")
                continue
            }
            guard let text = file.text(entry.value, of: entry.key) else {
                checker.define(entry.key, nil)
                continue
            }
            let source = ExpressionSource(text, entry.value, file.document)
            let term = checker.term(
                source, Scope(), [.number, .time, .duration, .truth],
                "a number, a time, a length of time or a condition")
            checker.define(entry.key, term)
            if let term { values.append(NamedTerm(name: entry.key, place: entry.place, term: term)) }
        }
        return values
    }

    // MARK: - Size, limits, journal

    private mutating func size(_ node: Node?) -> ScriptSize {
        var size = ScriptSize()
        guard let node,
            let keys = file.keys(node, of: "size", ["shares", "notional", "risk", "capital", "at-most", "step"])
        else { return size }
        let kinds: [(key: String, kind: Plan.Size.Kind)] = [
            ("shares", .shares), ("notional", .notional), ("risk", .risk),
        ]
        let chosen = kinds.filter { keys[$0.key] != nil }
        guard chosen.count == 1 else {
            file.wrong(node.place, "size has just one of shares, notional and risk")
            return size
        }
        size.kind = chosen[0].kind
        let isPlain = chosen[0].key == "shares" && Script.plainShares(node) != nil
        if !isPlain { size.amount = term(keys[chosen[0].key], .beforeOpen, .number, of: chosen[0].key) }
        size.capital = term(keys["capital"], .beforeOpen, .number, of: "capital")
        size.atMost = term(keys["at-most"], .beforeOpen, .number, of: "at-most")
        size.step = number(keys["step"], .positive, of: "step")
        if keys["at-most"] != nil, size.kind == .shares {
            file.wrong(keys.place("at-most"), "at-most stands beside notional or risk, not beside shares")
        }
        guard let amount = size.amount else { return size }
        let isShare = amount.unit == .share
        if size.kind == .risk, isShare, keys["capital"] == nil {
            file.wrong(amount.place, "a percentage is risked of 'capital': add it, as in {risk: 1%, capital: 25000}")
        } else if keys["capital"] != nil, !(size.kind == .risk && isShare) {
            file.wrong(
                keys.place("capital"), "capital stands beside 'risk' in percent only, as in {risk: 1%, capital: 25000}")
        } else if isShare, size.kind != .risk {
            file.doubt(amount.place, "a percentage where \(size.kind == .shares ? "shares" : "USD") are meant")
        }
        return size
    }

    private mutating func limits(_ node: Node?) -> ScriptLimits {
        var limits = ScriptLimits()
        guard let node, let keys = file.keys(node, of: "limits", ["trades", "losses", "loss", "pause"]) else {
            return limits
        }
        limits.trades = number(keys["trades"], .count, of: "trades")
        limits.losses = number(keys["losses"], .count, of: "losses")
        limits.loss = number(keys["loss"], .notNegative, of: "loss")
        limits.pause = number(keys["pause"], .pause, of: "pause")
        return limits
    }

    private static let filterColumns = ["trend_valid", "reversal_strength_ok"]
    private static let stepColumns = ["first_close_below_time", "reversal_candle_time", "confirmation_candle_time"]
    private static let valueColumns = ["sma200_daily_at_open", "ema20_at_entry", "atr_14_2m_at_entry"]

    private mutating func journal(_ node: Node?, _ script: Script) -> [Plan.JournalEntry] {
        guard let node else { return [] }
        let columns = Self.filterColumns + Self.stepColumns + Self.valueColumns
        guard let keys = file.keys(node, of: "journal", columns) else { return [] }
        var entries: [Plan.JournalEntry] = []
        let steps = script.setups.flatMap(\.steps).map(\.name)
        for entry in keys.entries where columns.contains(entry.key) {
            guard let name = file.text(entry.value, of: entry.key) else { continue }
            var allowed: [String] = []
            if Self.filterColumns.contains(entry.key) { allowed += script.filters.map(\.name) }
            if Self.stepColumns.contains(entry.key) { allowed += steps }
            if Self.valueColumns.contains(entry.key) { allowed += script.values.map(\.name) }
            if entry.key == "reversal_strength_ok" { allowed += steps.map { "\($0).quality" } }
            checker.use(value: name)
            guard allowed.contains(name) else {
                if file.findings.isEmpty, checker.findings.allSatisfy({ $0.severity == .warning }) {
                    let what =
                        Self.stepColumns.contains(entry.key)
                        ? "step" : Self.valueColumns.contains(entry.key) ? "value" : "filter"
                    file.wrong(
                        entry.value.place,
                        "\(entry.key) shows a \(what), and there is none '\(shown(name))'"
                            + Names.suggestion(for: name, among: allowed))
                }
                continue
            }
            entries.append(Plan.JournalEntry(column: entry.key, name: name))
        }
        return entries
    }

    /// Notes parameters and values that nothing uses.
    private mutating func checkUse(_ script: Script) {
        for (place, parameter) in script.parameters.enumerated()
        where parameter.isOwn && !checker.usedParameters.contains(place) {
            file.doubt(parameter.place, "the parameter '\(parameter.spec.name)' is not used")
        }
        for value in script.values where !checker.usedValues.contains(value.name) {
            file.doubt(value.place, "the value '\(value.name)' is not used: it is shown in the journal only")
        }
    }
}

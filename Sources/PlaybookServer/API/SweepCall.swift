import PlaybookCore
import PlaybookResearch
import PlaybookAssembly
import PlaybookReports
import PlaybookSettings
import PlaybookUseCases

/// A request to `POST /sweep`: a small grid, run at once.
struct SweepCall: Sendable {
    /// What to run.
    let request: ResearchRequest

    /// The fields that a request may have.
    private static let fields = [
        "symbols", "start", "end", "strategy", "params", "grid", "where", "metric", "min_trades",
    ]

    /// The call that `body` makes, under `settings`.
    ///
    /// - Throws: a `Problem` that names what is wrong.
    init(
        _ body: [UInt8], settings: Settings, limits: ServiceLimits, budget: RequestBudget
    ) throws(Problem) {
        let value: JSONValue
        do {
            value = try JSONParser.parse(body)
        } catch {
            throw Problem(.malformed, [.init(field: error.pointer, detail: error.detail)])
        }
        guard case .fields(let fields) = value else {
            throw Problem(.malformed, [.init(field: "", detail: "expected an object, not \(value.kind)")])
        }
        if let unknown = fields.keys.filter({ !Self.fields.contains($0) }).min() {
            let known = Self.fields.joined(separator: ", ")
            throw Problem(
                .malformed,
                [.init(field: JSONParser.step(unknown), detail: "there is no such field: there are \(known)")])
        }
        var draft = RequestDraft(markets: (try? settings.markets()) ?? Market.all)
        for field in RequestField.all where ["symbols", "start", "end", "strategy", "params"].contains(field.name) {
            guard let value = fields[field.name] else { continue }
            do {
                try field.read(value, &draft)
            } catch {
                throw Problem(
                    error.kind, error.faults.map { .init(field: "/\(field.name)\($0.field)", detail: $0.detail) })
            }
        }
        let names = settings.playbookNames()
        if let name = draft.strategy, !names.contains(name) {
            throw Problem(
                .invalid,
                [
                    .init(
                        field: "/strategy",
                        detail: "there is no such playbook: there are \(names.joined(separator: ", "))")
                ])
        }
        let grid = try Self.grid(fields["grid"])
        guard let start = draft.start, let end = draft.end else {
            throw Problem(
                .malformed,
                [
                    .init(
                        field: draft.start == nil ? "/start" : "/end",
                        detail: "this is missing: start and end go together")
                ])
        }
        guard start <= end else {
            throw Problem(.invalid, [.init(field: "/end", detail: "\(end) lies before the start, \(start)")])
        }
        let supported = Market.xnys.calendar.supportedDates
        for (name, date) in [("start", start), ("end", end)] where !supported.contains(date) {
            throw Problem(.invalid, [.init(field: "/\(name)", detail: "\(date) is beyond the calendar")])
        }
        var request = ResearchRequest(dates: start...end)
        request.strategy = draft.strategy
        request.fixed = draft.parameters
        request.grid = grid.map { "\($0.key)=\($0.value)" }.sorted()
        request.conditions = try Self.texts(fields["where"], "where")
        if let metric = fields["metric"] {
            guard case .text(let text) = metric, let found = Metric(rawValue: text) else {
                let names = Metric.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem(.malformed, [.init(field: "/metric", detail: "expected one of \(names)")])
            }
            request.metric = found
        }
        if let least = fields["min_trades"] {
            guard case .number(let text) = least, let number = Int(ParameterSchema.text(number: text)),
                (0...1_000_000).contains(number)
            else {
                throw Problem(.malformed, [.init(field: "/min_trades", detail: "expected a whole number from 0 on")])
            }
            request.minimumTrades = number
        }
        if let symbols = draft.symbols {
            request.symbols = symbols
        } else {
            request.symbols = try Self.symbols(settings)
        }
        self.request = request
        let symbols = request.symbols ?? []
        if let own = budget.symbols, let other = symbols.first(where: { !own.contains($0) }) {
            throw Problem(
                .invalid,
                [
                    .init(
                        field: "/symbols",
                        detail: "\(other) is not one of SYMBOLS; SERVE_ANY_SYMBOL=true lets requests name others")
                ])
        }
        let counts = symbols.map { $0.market.calendar.sessions(from: start, through: end).count }
        if let excess = budget.excess(sessions: counts.reduce(0, +), longest: counts.max() ?? 0) {
            throw Problem(.invalid, [.init(field: "/end", detail: excess)])
        }
    }

    private static func symbols(_ settings: Settings) throws(Problem) -> [Symbol] {
        guard let symbols = try? settings.symbolsIfSet() else {
            throw Problem(
                .invalid, [.init(field: "/symbols", detail: "there are no symbols: name some, or set SYMBOLS")])
        }
        return symbols
    }

    /// Each parameter with its values as on the command line.
    private static func grid(_ value: JSONValue?) throws(Problem) -> [String: String] {
        guard case .fields(let fields)? = value, !fields.isEmpty else {
            throw Problem(
                .malformed,
                [
                    .init(
                        field: "/grid",
                        detail:
                            "expected an object: {\"stop-atr\": \"0.8:2.0:0.1\", \"window-end\": [\"10:30\", \"11:00\"]}"
                    )
                ])
        }
        var grid: [String: String] = [:]
        for (name, value) in fields {
            switch value {
            case .text(let text): grid[name] = text
            case .list(let values) where !values.isEmpty:
                var texts: [String] = []
                for value in values { texts.append(try word(value, "/grid" + JSONParser.step(name))) }
                grid[name] = texts.joined(separator: ",")
            default:
                throw Problem(
                    .malformed,
                    [.init(field: "/grid" + JSONParser.step(name), detail: "expected a range or an array of values")])
            }
        }
        return grid
    }

    private static func word(_ value: JSONValue, _ field: String) throws(Problem) -> String {
        switch value {
        case .text(let text): text
        case .number(let spelling): ParameterSchema.text(number: spelling)
        case .flag(let flag): String(flag)
        default: throw Problem(.malformed, [.init(field: field, detail: "expected values, not \(value.kind)")])
        }
    }

    private static func texts(_ value: JSONValue?, _ name: String) throws(Problem) -> [String] {
        guard let value else { return [] }
        guard case .list(let values) = value else {
            throw Problem(.malformed, [.init(field: "/\(name)", detail: "expected an array of conditions")])
        }
        var texts: [String] = []
        for value in values {
            guard case .text(let text) = value else {
                throw Problem(.malformed, [.init(field: "/\(name)", detail: "expected texts, not \(value.kind)")])
            }
            texts.append(text)
        }
        return texts
    }
}

/// Lets one sweep run at a time.
actor SweepGate {
    private var isRunning = false

    /// Whether it may run; `leave` has to follow.
    func enter() -> Bool {
        guard !isRunning else { return false }
        isRunning = true
        return true
    }

    func leave() { isRunning = false }
}

extension OpenAPI {
    /// What `POST /sweep` takes.
    static func sweepRequest(_ scope: RequestScope) -> JSONValue {
        let scalar: JSONValue = ["anyOf": [Schema.text, Schema.number, Schema.flag]]
        let names = Set(scope.playbooks.flatMap { $0.parameters.map(\.name) }).sorted()
        let parameter: JSONValue = ["type": "string", "enum": .list(names.map { .text($0) })]
        let symbols: JSONValue =
            scope.symbols.map { ["type": "string", "enum": .list($0.map { .text($0.qualifiedName) })] }
            ?? ["type": "string", "pattern": "^[A-Za-z0-9]([A-Za-z0-9./-]{0,13}[A-Za-z0-9.-])?(@[A-Za-z0-9]+)?$"]
        return [
            "type": "object", "additionalProperties": false, "required": ["start", "end", "grid"],
            "properties": [
                "symbols": [
                    "type": "array", "minItems": 1, "maxItems": .number(String(ServiceLimits().symbols)),
                    "items": symbols,
                ],
                "start": Schema.date, "end": Schema.date,
                "strategy": ["type": "string", "enum": .list(scope.playbooks.map { .text($0.name) })],
                "params": ["type": "object", "propertyNames": parameter, "additionalProperties": scalar],
                "grid": [
                    "type": "object", "minProperties": 1, "propertyNames": parameter,
                    "additionalProperties": [
                        "anyOf": [Schema.text, ["type": "array", "minItems": 1, "items": scalar]]
                    ],
                ],
                "where": Schema.list(Schema.text),
                "metric": ["type": "string", "enum": .list(Metric.allCases.map { .text($0.rawValue) })],
                "min_trades": ["type": "integer", "minimum": 0, "maximum": 1_000_000],
            ],
        ]
    }

    /// `trading-playbook/sweep/1`, as far as the service gives it.
    static var sweep: JSONValue {
        let names: JSONValue = ["enum": .list(FigureName.allCases.map { .text($0.name) })]
        let values: JSONValue = [
            "type": "object", "propertyNames": names, "additionalProperties": Schema.number,
        ]
        let absences: JSONValue = [
            "type": "object", "propertyNames": names,
            "additionalProperties": ["enum": .list(Absence.allCases.map { .text($0.rawValue) })],
        ]
        let figures = Schema.object(["figures": values, "absent": absences])
        let row = Schema.object(
            [
                "set": Schema.count, "params": Schema.map(Schema.text), "params_id": Schema.text,
                "trades": Schema.count, "figures": values, "absent": absences,
                "plateau_sets": Schema.count, "plateau_note": Schema.text,
            ],
            optional: [
                "doubled_cost_expectancy": Schema.number, "plateau_mean": Schema.number, "plateau_worst": Schema.number,
            ])
        let effect = Schema.object(
            ["parameter": Schema.text, "value": Schema.text, "sets": Schema.count],
            optional: ["quartiles": Schema.list(Schema.number)])
        return Schema.object([
            "schema": Schema.word("trading-playbook/sweep/1"), "run": Schema.text, "repeated": Schema.flag,
            "strategy": Schema.text, "symbols": Schema.list(Schema.text), "start": Schema.date, "end": Schema.date,
            "data_source": Schema.text, "synthetic": Schema.flag, "sessions": Schema.count, "sets": Schema.count,
            "left_out": Schema.count, "refused": Schema.count, "thin": Schema.count, "trades": Schema.count,
            "metric": Schema.text, "min_trades": Schema.count, "capital_usd": Schema.number,
            "best": Schema.list(row), "effects": Schema.list(effect), "hold": Schema.map(figures),
            "missing_sessions": Schema.map(Schema.list(Schema.text)), "results": Schema.list(Schema.text),
            "warnings": Schema.list(Schema.text),
        ])
    }
}

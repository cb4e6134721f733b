import PlaybookCore

/// A field of `POST /backtest`: how it is read and how the OpenAPI document describes it, in one place.
struct RequestField: Sendable {
    /// The field's name.
    let name: String
    /// With which choices of sessions it goes.
    var choices = Set(SessionChoice.allCases)
    /// How it is described there.
    let schema: @Sendable (SessionChoice, RequestScope) -> JSONValue
    /// With which choices it must be there.
    var requiredWith: Set<SessionChoice> = []
    /// Reads it.
    let read: @Sendable (JSONValue, inout RequestDraft) throws(Problem) -> Void

    /// Every field there is.
    static let all: [RequestField] = [symbols, start, end, date, catchUp, strategy, playbook, params, dryRun]

    /// The schema of requests that choose their sessions so, and the playbook of `scope`.
    static func schema(_ choice: SessionChoice, _ scope: RequestScope) -> JSONValue {
        var properties: [String: JSONValue] = [:]
        // A request names a playbook or brings one.
        let (named, other) = scope.playbook == nil ? (playbook, strategy) : (strategy, playbook)
        for field in all where field.choices.contains(choice) && field.name != other.name {
            properties[field.name] = field.schema(choice, scope)
        }
        var required = all.filter { $0.requiredWith.contains(choice) }.map { JSONValue.text($0.name) }
        if !scope.isDefault { required.append(.text(named.name)) }
        return [
            "type": "object", "description": .text("\(choice.summary); \(scope.words)"),
            "properties": .fields(properties),
            "additionalProperties": false,
        ] + (required.isEmpty ? [:] : ["required": .list(required)])
    }

    private static func date(_ help: String) -> JSONValue {
        ["type": "string", "format": "date", "description": .text(help)]
    }

    private static func date(_ value: JSONValue) throws(Problem) -> CivilDate {
        guard case .text(let text) = value else { throw wrong("expected a date YYYY-MM-DD, not \(value.kind)") }
        guard let date = CivilDate(text) else { throw wrong("this is not a date YYYY-MM-DD") }
        return date
    }

    private static func flag(_ value: JSONValue) throws(Problem) -> Bool {
        guard case .flag(let flag) = value else { throw wrong("expected true or false, not \(value.kind)") }
        return flag
    }

    private static func wrong(_ detail: String, _ step: String = "") -> Problem {
        Problem(.malformed, [.init(field: step, detail: detail)])
    }

    private static let start = RequestField(
        name: "start", choices: [.range, .catchUp],
        schema: { (choice, _) in
            date(
                choice == .range
                    ? "The first date."
                    : "The first date to look for missing rows; else that of each symbol's first row.")
        },
        requiredWith: [.range]
    ) { (value, draft) throws(Problem) in draft.start = try date(value) }

    private static let end = RequestField(
        name: "end", choices: [.range], schema: { (_, _) in date("The last date.") }, requiredWith: [.range]
    ) { (value, draft) throws(Problem) in draft.end = try date(value) }

    private static let date = RequestField(
        name: "date", choices: [.day], schema: { (_, _) in date("The date.") }, requiredWith: [.day]
    ) { (value, draft) throws(Problem) in draft.date = try date(value) }

    private static let catchUp = RequestField(
        name: "catch_up",
        schema: { (choice, _) in
            [
                "type": "boolean", "const": .flag(choice == .catchUp),
                "description": "Whether to run what has no row yet.",
            ]
        },
        requiredWith: [.catchUp]
    ) { (value, draft) throws(Problem) in draft.catchUp = try flag(value) }

    private static let dryRun = RequestField(
        name: "dry_run",
        schema: { (_, _) in ["type": "boolean", "default": false, "description": "Whether to write nothing."] }
    ) { (value, draft) throws(Problem) in draft.isDryRun = try flag(value) }

    private static let symbols = RequestField(
        name: "symbols",
        schema: { (_, scope) in
            [
                "type": "array", "minItems": 1, "maxItems": .number(String(ServiceLimits().symbols)),
                "items": scope.symbols.map { ["type": "string", "enum": .list($0.map { .text($0.qualifiedName) })] }
                    ?? [
                        "type": "string",
                        "pattern": "^[A-Za-z0-9]([A-Za-z0-9./-]{0,13}[A-Za-z0-9.-])?(@[A-Za-z0-9]+)?$",
                    ],
                "description":
                    "Ticker symbols, with their market behind @ where it is not the usual one; by default those of the setting SYMBOLS.",
            ]
        }
    ) { (value, draft) throws(Problem) in
        guard case .list(let values) = value else {
            throw wrong("expected an array of ticker symbols, not \(value.kind)")
        }
        let most = ServiceLimits().symbols
        guard !values.isEmpty else { throw wrong("name at least one symbol, or leave the field out") }
        guard values.count <= most else {
            throw Problem(.invalid, [.init(field: "", detail: "\(values.count) symbols: at most \(most) at a time")])
        }
        var symbols: [Symbol] = []
        for (index, value) in values.enumerated() {
            guard case .text(let text) = value else {
                throw wrong("expected a ticker symbol, not \(value.kind)", "/\(index)")
            }
            guard let symbol = Symbol(text, markets: draft.markets) else {
                throw wrong("this is not a ticker symbol", "/\(index)")
            }
            if !symbols.contains(symbol) { symbols.append(symbol) }
        }
        draft.symbols = symbols
    }

    private static let strategy = RequestField(
        name: "strategy",
        schema: { (_, scope) in
            [
                "type": "string", "const": .text(scope.playbook?.name ?? ""),
                "description": .text(
                    "The playbook\(scope.isDefault ? "; as STRATEGY is set, it may be left out" : "")."),
            ]
        }
    ) { (value, draft) throws(Problem) in
        guard case .text(let text) = value else { throw wrong("expected a playbook's name, not \(value.kind)") }
        draft.strategy = text
    }

    /// Read where the order of its fields is known still.
    static let playbook = RequestField(
        name: "playbook",
        schema: { (_, _) in
            [
                "type": "object", "required": ["playbook", "summary"],
                "description":
                    "A playbook of the request's own instead of `strategy`, as docs/playbooks.md has it; `params` are its own.",
            ]
        }
    ) { (_, _) throws(Problem) in }

    private static let params = RequestField(
        name: "params",
        schema: { (_, scope) in
            let schema: JSONValue = [
                "type": "object", "description": "Parameters of the playbook that differ from its defaults.",
            ]
            // The document cannot tell which parameters a playbook has that it does not know.
            guard let playbook = scope.playbook else {
                return schema + ["additionalProperties": ["type": ["number", "string", "boolean"]]]
            }
            return schema + ["properties": ParameterSchema.properties(playbook), "additionalProperties": false]
        }
    ) { (value, draft) throws(Problem) in
        guard case .fields(let fields) = value else {
            throw wrong("expected an object of parameters, not \(value.kind)")
        }
        for (name, value) in fields {
            draft.parameters[name] =
                switch value {
                case .text(let text): text
                case .flag(let flag): String(flag)
                case .number(let spelling): ParameterSchema.text(number: spelling)
                case .null, .list, .fields:
                    throw wrong("expected a number, a string or a boolean, not \(value.kind)", JSONParser.step(name))
                }
        }
    }
}

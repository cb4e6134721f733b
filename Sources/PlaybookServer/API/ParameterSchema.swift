import PlaybookCore

/// The parameters of playbooks, as the OpenAPI document describes them and requests spell them.
enum ParameterSchema {
    /// A schema for each parameter of `playbook`.
    static func properties(_ playbook: StrategyDescriptor) -> JSONValue {
        var properties: [String: JSONValue] = [:]
        for spec in playbook.parameters {
            let words = [spec.help, spec.unit].filter { !$0.isEmpty }.joined(separator: ", in ")
            properties[spec.name] = schema(spec) + ["description": .text(words.isEmpty ? spec.name : "\(words).")]
        }
        return .fields(properties)
    }

    private static func schema(_ spec: ParameterSpec) -> JSONValue {
        switch spec.kind {
        case .anyInteger, .anyNumber: unlimited(spec.kind == .anyInteger ? "integer" : "number")
        case .integer(let range): number("integer", String(range.lowerBound), String(range.upperBound))
        case .number(let range):
            number("number", text(number: "\(range.lowerBound)"), text(number: "\(range.upperBound)"))
        case .time: ["type": "string", "pattern": "^([01]?[0-9]|2[0-3]):[0-5][0-9]$|^24:00$"]
        case .duration: ["type": "string", "pattern": "^[0-9]+([.][0-9]+)?[mh]$"]
        case .flag: ["anyOf": [["type": "boolean"], ["type": "string", "enum": ["true", "false"]]]]
        case .choice(let words): ["type": "string", "enum": .list(words.map { .text($0) })]
        case .daysOfWeek:
            [
                "type": "string",
                "pattern": "^(mon|tue|wed|thu|fri|sat|sun)([+](mon|tue|wed|thu|fri|sat|sun))*$",
            ]
        case .weekdays: ["type": "string", "pattern": "^(mon|tue|wed|thu|fri)([+](mon|tue|wed|thu|fri))*$"]
        }
    }

    private static func unlimited(_ type: JSONValue) -> JSONValue {
        ["anyOf": [["type": type], ["type": "string", "pattern": textPattern(type)]]]
    }

    /// How a number is spelled as a text.
    private static func textPattern(_ type: JSONValue) -> JSONValue {
        type == "integer" ? "^-?[0-9]+$" : "^-?[0-9]+([.][0-9]+)?(%|bps)?$"
    }

    private static func number(_ type: JSONValue, _ least: String, _ most: String) -> JSONValue {
        // As a text it is spelled as on the command line, within the same limits.
        [
            "anyOf": [
                ["type": type, "minimum": .number(least), "maximum": .number(most)],
                ["type": "string", "pattern": textPattern(type)],
            ]
        ]
    }

    /// A JSON number as users write it on the command line: `1.50` is `1.5`, and `20.0` is `20`.
    static func text(number spelling: String) -> String {
        if Int(spelling) != nil { return spelling }
        guard let number = Double(spelling) else { return spelling }
        return number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : String(number)
    }
}

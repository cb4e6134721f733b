import PlaybookCore

/// The parameters of playbooks, as the OpenAPI document describes them and requests spell them.
enum ParameterSchema {
    /// A schema for each parameter of `playbook`.
    static func properties(_ playbook: StrategyDescriptor) -> JSONValue {
        var properties: [String: JSONValue] = [:]
        for spec in playbook.parameters {
            properties[spec.name] = schema(spec) + ["description": .text("\(spec.help), in \(spec.unit).")]
        }
        return .fields(properties)
    }

    private static func schema(_ spec: ParameterSpec) -> JSONValue {
        switch spec.kind {
        case .integer(let range): number("integer", String(range.lowerBound), String(range.upperBound))
        case .number(let range):
            number("number", text(number: "\(range.lowerBound)"), text(number: "\(range.upperBound)"))
        case .time: ["type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"]
        case .duration: ["type": "string", "pattern": "^[0-9]+[mh]$"]
        case .weekdays: ["type": "string", "pattern": "^(mon|tue|wed|thu|fri)([+](mon|tue|wed|thu|fri))*$"]
        }
    }

    private static func number(_ type: JSONValue, _ least: String, _ most: String) -> JSONValue {
        // As a text it is spelled as on the command line, within the same limits.
        [
            "anyOf": [
                ["type": type, "minimum": .number(least), "maximum": .number(most)],
                ["type": "string", "pattern": type == "integer" ? "^-?[0-9]+$" : "^-?[0-9]+([.][0-9]+)?$"],
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

import PlaybookCore

/// The parameters of all playbooks, as the OpenAPI document describes them and requests spell them.
enum ParameterSchema {
    /// A schema for each parameter of any playbook.
    static var properties: JSONValue {
        var variants: [String: [JSONValue]] = [:]
        for strategy in StrategyCatalog.descriptors {
            for spec in strategy.parameters {
                let schema = schema(spec) + ["description": .text("\(strategy.name): \(spec.help), in \(spec.unit).")]
                let others = variants[spec.name] ?? []
                // Playbooks share parameters; those that mean the same are named once.
                if !others.contains(where: { $0 + ["description": .null] == schema + ["description": .null] }) {
                    variants[spec.name] = others + [schema]
                }
            }
        }
        return .fields(variants.mapValues { $0.count == 1 ? $0[0] : ["anyOf": .list($0)] })
    }

    private static func schema(_ spec: ParameterSpec) -> JSONValue {
        switch spec.kind {
        case .integer(let range): number("integer", String(range.lowerBound), String(range.upperBound))
        case .number(let range):
            number("number", text(number: "\(range.lowerBound)"), text(number: "\(range.upperBound)"))
        case .time: ["type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"]
        case .weekdays: ["type": "string", "pattern": "^(mon|tue|wed|thu|fri)([+](mon|tue|wed|thu|fri))*$"]
        }
    }

    private static func number(_ type: JSONValue, _ least: String, _ most: String) -> JSONValue {
        ["type": [type, "string"], "minimum": .number(least), "maximum": .number(most)]
    }

    /// A JSON number as users write it on the command line: `1.50` is `1.5`, and `20.0` is `20`.
    static func text(number spelling: String) -> String {
        if Int(spelling) != nil { return spelling }
        guard let number = Double(spelling) else { return spelling }
        return number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : String(number)
    }
}

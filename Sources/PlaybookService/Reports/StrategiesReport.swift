import PlaybookCore

/// The playbooks there are, for `strategies`.
public struct StrategiesReport: Sendable {
    /// All playbooks.
    public init() {}

    /// The playbooks in `format`.
    public func text(_ format: ReportFormat) throws -> String {
        switch format {
        case .json:
            return try jsonText(Document(strategies: StrategyCatalog.descriptors.map(Document.Strategy.init)))
        case .table:
            return StrategyCatalog.descriptors.map(Self.text).joined(separator: "\n\n")
        }
    }

    private static func text(_ strategy: StrategyDescriptor) -> String {
        var lines = wrapped("\(strategy.name): \(strategy.summary)", hanging: 2) + ["", "  Rules"]
        for (number, rule) in strategy.rules.enumerated() {
            lines += wrapped("\(number + 1). \(rule)", indent: 2, hanging: 3)
        }
        var table = TextTable(["Parameter", "Default", "Range", "What (unit)"])
        for spec in strategy.parameters {
            table.add(spec.name, spec.defaultText, spec.range, "\(spec.help) (\(spec.unit))")
        }
        return (lines + [""] + table.lines(leftAligned: [0, 1, 2, 3], width: pageWidth)).joined(separator: "\n")
    }

    private struct Document: Encodable {
        let schema = "trading-playbook/strategies/1"
        let strategies: [Strategy]

        struct Strategy: Encodable {
            let name: String
            let summary: String
            let rules: [String]
            let parameters: [Parameter]

            init(_ descriptor: StrategyDescriptor) {
                name = descriptor.name
                summary = descriptor.summary
                rules = descriptor.rules
                parameters = descriptor.parameters.map(Parameter.init)
            }
        }

        struct Parameter: Encodable {
            let name: String
            let `default`: String
            let range: String
            let unit: String
            let help: String

            init(_ spec: ParameterSpec) {
                name = spec.name
                `default` = spec.defaultText
                range = spec.range
                unit = spec.unit
                help = spec.help
            }
        }
    }
}

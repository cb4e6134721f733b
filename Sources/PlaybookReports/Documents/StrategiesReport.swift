public import PlaybookCore
import PlaybookScript
package import PlaybookUseCases

/// The playbooks there are, for `strategies`: those of the program, then those of PLAYBOOK_DIR.
public struct StrategiesReport: Sendable {
    private let entries: [(descriptor: StrategyDescriptor, place: String?)]
    /// What is wrong with files of PLAYBOOK_DIR.
    public let problems: [PlaybookError]

    /// The program's own playbooks.
    public init() {
        entries = BuiltInPlaybooks.scripts.map { ($0.descriptor, nil) }
        problems = []
    }

    /// Those and the ones of PLAYBOOK_DIR.
    package init(_ list: PlaybookList) {
        entries = StrategiesReport().entries + list.entries.map { ($0.descriptor, $0.place) }
        problems = list.problems
    }

    /// The playbooks in `format`.
    public func text(_ format: ReportFormat) throws -> String {
        switch format {
        case .json: try jsonText(Document(strategies: entries.map { Document.Strategy($0.descriptor, $0.place) }))
        case .table: entries.map { Self.text($0.descriptor, $0.place) }.joined(separator: "\n\n")
        }
    }

    /// What a playbook says, for people.
    package static func text(_ strategy: StrategyDescriptor, _ place: String?) -> String {
        var lines = wrapped("\(strategy.name): \(strategy.summary)", hanging: 2)
        if let place { lines.append("  From \(place)") }
        lines += ["", "  Rules"]
        for (number, rule) in strategy.rules.enumerated() {
            lines += wrapped("\(number + 1). \(rule)", indent: 2, hanging: 3)
        }
        var table = TextTable(["Parameter", "Default", "Range", "What (unit)"])
        for spec in strategy.parameters {
            let unit = spec.unit.isEmpty ? "" : "(\(spec.unit))"
            let words = [spec.help, unit].filter { !$0.isEmpty }.joined(separator: " ")
            table.add(spec.name, spec.defaultText, spec.range, words)
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
            /// The file that it is from; none for the program's own.
            let file: String?

            init(_ descriptor: StrategyDescriptor, _ place: String?) {
                file = place
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

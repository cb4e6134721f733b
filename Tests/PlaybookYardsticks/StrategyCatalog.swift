public import PlaybookCore

/// The built-in playbooks as they were written in Swift before they became files: the yardsticks that the files are measured
/// by. Their rows must be the same but for notes.
public enum StrategyCatalog {
    private static let types: [any Strategy.Type] = [DP20.self, TimedEntry.self, OpeningRange.self]

    /// What users are told of each.
    public static var descriptors: [StrategyDescriptor] { types.map { $0.descriptor } }

    /// The playbook called `name` with its defaults replaced by `overrides`.
    ///
    /// - Throws: `ParameterError` that names the unknown playbook or the parameter at fault.
    public static func playbook(
        _ name: String, overrides: [String: String] = [:], market: Market = .xnys
    ) throws -> Playbook {
        guard let type = types.first(where: { $0.descriptor.name == name }) else {
            throw ParameterError("no strategy '\(name)': there are \(names.joined(separator: ", "))")
        }
        return try Playbook(type, overrides: overrides, market: market)
    }

    private static var names: [String] { descriptors.map(\.name) }
}

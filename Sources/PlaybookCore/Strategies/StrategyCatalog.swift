/// The playbooks there are.
public enum StrategyCatalog {
    private static let types: [any Strategy.Type] = [DP20.self, TimedEntry.self]

    /// What users are told of each.
    public static var descriptors: [StrategyDescriptor] { types.map { $0.descriptor } }

    /// The strategy called `name` with its defaults replaced by `overrides`.
    ///
    /// - Throws: `ParameterError` that names the unknown strategy or the parameter at fault.
    public static func strategy(_ name: String, overrides: [String: String] = [:]) throws -> any Strategy {
        guard let type = types.first(where: { $0.descriptor.name == name }) else {
            throw ParameterError(
                "no strategy '\(name)': there are \(descriptors.map(\.name).joined(separator: " and "))")
        }
        return try type.init(parameters: ParameterSet(specs: type.descriptor.parameters, overrides: overrides))
    }
}

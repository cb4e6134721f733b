/// A playbook written in Swift: its parameters, and its rules as a value for a set of them.
///
/// The rules are written down once per parameter set. They hold no code that runs over bars, so they cannot look at a bar
/// that has not closed. `docs/writing-strategies.md` walks through one.
public protocol Strategy: Sendable {
    /// Name, rules in words, and parameters, as users see them.
    static var descriptor: StrategyDescriptor { get }

    /// Writes the rules down.
    ///
    /// - Throws: `ParameterError` when values contradict each other.
    static func write(_ playbook: inout PlaybookBuilder, _ parameters: ParameterSet) throws
}

/// What users are told of a strategy.
public struct StrategyDescriptor: Sendable {
    /// The name by which it is asked for and under which its rows are in the journal.
    public let name: String
    /// One line.
    public let summary: String
    /// The rules in words, in order.
    public let rules: [String]
    /// The parameters, in the order of help texts.
    public var parameters: [ParameterSpec] { allParameters.filter { $0.retirement == nil } }
    /// With those that are gone: they still count in `params_id`, so that rows keep theirs.
    package let allParameters: [ParameterSpec]

    /// What users are told.
    public init(name: String, summary: String, rules: [String], parameters: [ParameterSpec]) {
        self.name = name
        self.summary = summary
        self.rules = rules
        allParameters = parameters
    }

    /// What to do without a parameter that there was once; nil where there was none of that name.
    public func retirement(of name: String) -> String? { allParameters.first { $0.name == name }?.retirement }

    /// The parameters with their defaults replaced by `overrides`, for a market.
    ///
    /// - Throws: `ParameterError` that names the parameter at fault.
    package func parameterSet(_ overrides: [String: String], market: Market) throws(ParameterError) -> ParameterSet {
        if let unknown = Set(overrides.keys).subtracting(parameters.map(\.name)).min() {
            throw ParameterError(self.unknown(unknown))
        }
        return try ParameterSet(specs: allParameters, overrides: overrides, market: market)
    }

    /// What is said of a parameter that there is not: how to do without one that is gone, else which there are.
    func unknown(_ name: String) -> String {
        if let retirement = retirement(of: name) { return "parameter \(name): \(retirement)" }
        return "no parameter '\(name)': there are \(parameters.map(\.name).joined(separator: ", "))"
    }
}

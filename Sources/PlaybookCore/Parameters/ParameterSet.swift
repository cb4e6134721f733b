/// A value for each of a strategy's parameters.
public struct ParameterSet: Sendable, Hashable {
    private let specs: [ParameterSpec]
    private var values: [String: ParameterValue]
    /// The market that they are meant for.
    private let market: Market

    /// The defaults of `specs`, replaced by `overrides` in the spelling that users write.
    ///
    /// - Throws: `ParameterError` that names an unknown parameter or a value that is not allowed.
    public init(
        specs: [ParameterSpec], overrides: [String: String] = [:], market: Market = .xnys
    ) throws(ParameterError) {
        self.specs = specs
        self.market = market
        values = [:]
        for spec in specs {
            values[spec.name] = try spec.value(overrides[spec.name] ?? spec.defaultText, in: market)
        }
        let known = Set(specs.map(\.name))
        if let unknown = overrides.keys.filter({ !known.contains($0) }).min() {
            throw ParameterError(
                "no parameter '\(unknown)': there are \(specs.map(\.name).joined(separator: ", "))")
        }
    }

    /// Name and canonical value of each parameter, in the order of the descriptor.
    public var canonical: [(name: String, value: String)] {
        specs.filter { $0.retirement == nil }.map { ($0.name, values[$0.name]?.canonical ?? "") }
    }

    /// The parameters that differ from their defaults, `window-end=10:45 stop-atr=1.5`, those that every strategy has
    /// last; `defaults` when none does.
    public var differences: String {
        let common = ["slippage-bps", "fee-per-share", "shares"]
        let names = specs.map(\.name).filter { !common.contains($0) } + common
        let changed = names.compactMap { name -> String? in
            guard let spec = specs.first(where: { $0.name == name }), let value = values[name],
                value != (try? spec.value(spec.defaultText, in: market))
            else { return nil }
            return "\(name)=\(value.canonical)"
        }
        return changed.isEmpty ? "defaults" : changed.joined(separator: " ")
    }

    /// The digest of a playbook's name and of these parameters, the journal's `params_id`.
    ///
    /// - Parameter rules: the rules of a file that count as well.
    package func identifier(of name: String, rules: String? = nil) -> String {
        var digest = StableDigest()
        digest.add(name)
        if let rules { digest.add(rules) }
        for spec in specs {
            digest.add(spec.name)
            digest.add(values[spec.name]?.canonical ?? "")
        }
        return JournalIdentifier.text(JournalIdentifier.parameters, digest.shortText)
    }
}

// MARK: - Values by name

// Asking for a parameter that was not declared, or as another kind, is an error in the strategy and ends the program.
extension ParameterSet {
    /// The whole number called `name`.
    public func whole(_ name: String) -> Int {
        guard case .integer(let value)? = values[name] else { preconditionFailure("\(name): no whole number") }
        return value
    }

    /// The number called `name`.
    public func number(_ name: String) -> Double {
        guard case .number(let value)? = values[name] else { preconditionFailure("\(name): no number") }
        return value
    }

    /// The time of day called `name`, as sessions of the market count it: where they go on after midnight, a time after it
    /// lies beyond 23:59.
    public func time(_ name: String) -> TimeOfDay {
        guard case .time(let value)? = values[name] else { preconditionFailure("\(name): no time of day") }
        return market.hours.time(value)
    }

    /// The length of time called `name`, in minutes.
    public func minutes(_ name: String) -> Int {
        guard case .duration(let value)? = values[name] else { preconditionFailure("\(name): no length of time") }
        return value
    }

    /// The value called `name`; nil when there is none.
    package subscript(name: String) -> ParameterValue? { values[name] }

    /// The days of the week called `name`.
    public func weekdays(_ name: String) -> Set<Weekday> {
        guard case .weekdays(let value)? = values[name] else { preconditionFailure("\(name): no weekdays") }
        return value
    }
}

/// A value for each of a strategy's parameters.
public struct ParameterSet: Sendable, Hashable {
    private let specs: [ParameterSpec]
    private var values: [String: ParameterValue]

    /// The defaults of `specs`, replaced by `overrides` in the spelling that users write.
    ///
    /// - Throws: `ParameterError` that names an unknown parameter or a value that is not allowed.
    public init(specs: [ParameterSpec], overrides: [String: String] = [:]) throws(ParameterError) {
        self.specs = specs
        values = [:]
        for spec in specs { values[spec.name] = try spec.value(overrides[spec.name] ?? spec.defaultText) }
        let known = Set(specs.map(\.name))
        if let unknown = overrides.keys.filter({ !known.contains($0) }).min() {
            throw ParameterError(
                "no parameter '\(unknown)': there are \(specs.map(\.name).joined(separator: ", "))")
        }
    }

    /// Name and canonical value of each parameter, in the order of the descriptor.
    public var canonical: [(name: String, value: String)] {
        specs.map { ($0.name, values[$0.name]?.canonical ?? "") }
    }

    /// The parameters that differ from their defaults, `window-end=10:45 stop-atr=1.5`, those that every strategy has
    /// last; `defaults` when none does.
    public var differences: String {
        let common = ["slippage-bps", "fee-per-share", "shares"]
        let names = specs.map(\.name).filter { !common.contains($0) } + common
        let changed = names.compactMap { name -> String? in
            guard let spec = specs.first(where: { $0.name == name }), let value = values[name],
                value != (try? spec.value(spec.defaultText))
            else { return nil }
            return "\(name)=\(value.canonical)"
        }
        return changed.isEmpty ? "defaults" : changed.joined(separator: " ")
    }

    func integer(_ name: String) -> Int {
        guard case .integer(let value)? = values[name] else { preconditionFailure("\(name) is no integer parameter") }
        return value
    }

    func number(_ name: String) -> Double {
        guard case .number(let value)? = values[name] else { preconditionFailure("\(name) is no number parameter") }
        return value
    }

    func time(_ name: String) -> TimeOfDay {
        guard case .time(let value)? = values[name] else { preconditionFailure("\(name) is no time parameter") }
        return value
    }

    func weekdays(_ name: String) -> Set<Weekday> {
        guard case .weekdays(let value)? = values[name] else { preconditionFailure("\(name) is no weekdays parameter") }
        return value
    }
}

extension ParameterSpec {
    /// The parameters that every strategy has.
    static let sizing: [ParameterSpec] = [
        ParameterSpec(
            name: "shares", kind: .integer(1...1_000_000_000), defaultText: "20", unit: "shares",
            help: "size of a trade"),
        ParameterSpec(
            name: "slippage-bps", kind: .number(0...1000), defaultText: "0", unit: "bps of the value traded",
            help: "cost of slippage, at entry and at exit"),
        ParameterSpec(
            name: "fee-per-share", kind: .number(0...100), defaultText: "0", unit: "USD",
            help: "commission, at entry and at exit"),
    ]
}

extension Sizing {
    init(_ parameters: ParameterSet) {
        self.init(
            shares: parameters.integer("shares"), slippageBps: parameters.number("slippage-bps"),
            feePerShare: parameters.number("fee-per-share"))
    }
}

public import PlaybookCore
public import PlaybookReading

/// A playbook file that was read and checked: for each set of parameters it gives a playbook.
public struct Script: Sendable {
    /// The strategy's name in the journal.
    public internal(set) var name = ""
    /// One line.
    public internal(set) var summary = ""
    /// The market whose symbols alone it is for; nil for any.
    public internal(set) var market: Market?
    /// Length of the bars it decides on.
    public internal(set) var timeframe = Timeframe.minutes(2)
    /// What it says that is allowed and hardly meant, in the file's order.
    public internal(set) var warnings: [Finding] = []
    /// The rules as they are kept beside the journal: keys in their order, without comments.
    public internal(set) var canonicalText = ""
    /// The part of them that `params_id` digests: without words for people, and without the parameters.
    var rules = ""
    var parameters: [ScriptParameter] = []
    var values: [NamedTerm] = []
    var filters: [NamedTerm] = []
    var setups: [ScriptSetup] = []
    var exit: Term?
    var size = ScriptSize()
    var limits = ScriptLimits()
    /// Length of the finer bars that decide what a bar leaves open; nil for none.
    public internal(set) var resolve: Timeframe?
    var journal: [Plan.JournalEntry] = []
    var requirements: [Requirement] = []
    var document: Document?
    /// What only the program's own playbooks have.
    var legacy: Legacy?

    /// What keeps the rows of the program's own playbooks what they have been.
    struct Legacy: Sendable {
        /// Parameters that are gone and count in `params_id` still, each behind another.
        var retired: [(after: String, spec: ParameterSpec)] = []
        /// Whether the rules do not count in `params_id`.
        var hasPlainID = true
        /// Whether rows of sessions that a filter ended show the window.
        var showsWindowOfUnplayed = false
    }

    init() {}

    /// Reads and checks a playbook file, YAML or JSON.
    ///
    /// - Throws: `ScriptError` with everything that is wrong with it.
    public init(_ bytes: [UInt8]) throws(ScriptError) { try self.init(bytes, legacy: nil) }

    /// Checks a playbook that was read as JSON, such as a part of a request.
    ///
    /// - Parameter pointer: where it lies.
    public init(_ tree: JSONTree, at pointer: String = "") throws(ScriptError) {
        let document: Document
        do throws(Finding) {
            document = try Document(tree, at: pointer)
        } catch {
            throw ScriptError([error])
        }
        try self.init(document, legacy: nil)
    }

    init(_ bytes: [UInt8], legacy: Legacy?) throws(ScriptError) {
        let document: Document
        do throws(Finding) {
            document = try Document(bytes)
        } catch {
            throw ScriptError([error])
        }
        try self.init(document, legacy: legacy)
    }

    private init(_ document: Document, legacy: Legacy?) throws(ScriptError) {
        var reader = ScriptReader(document)
        let script = reader.read()
        let findings = reader.findings
        guard var script, !findings.contains(where: { $0.severity == .error }) else {
            throw ScriptError(findings.filter { $0.severity == .error })
        }
        script.legacy = legacy
        // The ranges of the program's own playbooks are the hours of the usual market; those of a file are as they are.
        if legacy != nil {
            for place in script.parameters.indices where script.parameters[place].kind == .time {
                script.parameters[place].spec.isOfUsualHours = true
            }
        }
        var errors = script.structuralErrors()
        if errors.isEmpty {
            let parameters = script.defaults
            errors = script.problems(parameters, nil).map { Finding(.error, $0.place, $0.message) }
            if errors.isEmpty {
                do {
                    let market = script.usualMarket
                    _ = try script.lowered(parameters, market).plan(script.parameterSet([:], market))
                } catch {
                    errors = [Finding(.error, .start, "\(error)")]
                }
            }
        }
        guard errors.isEmpty else { throw ScriptError(errors) }
        var doubts = DoubtFinder(script)
        let others = doubts.find()
        var seen: Set<Finding> = []
        script.warnings = (findings + others).sorted { $0.place < $1.place }.filter { seen.insert($0).inserted }
        (script.canonicalText, script.rules) = CanonicalText.made(of: document)
        self = script
    }

    /// The names of the setups, in the file's order.
    public var setupNames: [String] { setups.map(\.name) }

    /// Whether a text may be a playbook's name.
    public static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, first &- 0x61 < 26, text.utf8.count <= 40 else { return false }
        return text.utf8.allSatisfy { $0 &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == UInt8(ascii: "-") }
    }

    /// The parameter `shares`, where a size is a plain number of shares; nil where it is not.
    static func plainShares(_ size: Node?) -> ParameterSpec? {
        guard let size else { return .shares }
        guard case .mapping(let entries) = size.kind,
            let text = entries.first(where: { $0.key == "shares" })?.value.text,
            let literal = Literal(text), literal.kind == .number, !literal.isShare, literal.value > 0,
            literal.value <= 1e9
        else { return nil }
        let (name, unit, help) = (ParameterSpec.shares.name, ParameterSpec.shares.unit, ParameterSpec.shares.help)
        return Literal.isWhole(text)
            ? .whole(name, Int(literal.value), 1...1_000_000_000, unit: unit, help: help)
            : .number(name, literal.value, 1e-9...1e9, unit: unit, help: help)
    }
}

/// Everything that is wrong with a playbook file.
public struct ScriptError: Error, Sendable, CustomStringConvertible {
    /// What is wrong, in the file's order.
    public let findings: [Finding]

    init(_ findings: [Finding]) {
        var seen: Set<Finding> = []
        self.findings = findings.sorted { $0.place < $1.place }.filter { seen.insert($0).inserted }
    }

    public var description: String { findings.map(\.description).joined(separator: "\n") }

    /// A line for each thing that is wrong.
    ///
    /// - Parameter name: the file's name.
    public func lines(file name: String) -> [String] { findings.map { "\(name):\($0)" } }
}

/// A playbook was asked for for a market that it is not for.
public struct MarketError: Error, Sendable, CustomStringConvertible {
    /// The playbook's name.
    let playbook: String
    /// The one that it is for, and the other.
    let market, other: Market

    public var description: String { "the playbook \(playbook) is for the market \(market), not for \(other)" }
}

// MARK: - Parameters

extension Script {
    /// What users are told of it.
    public var descriptor: StrategyDescriptor { descriptor(words) }

    private func descriptor(_ words: [String]) -> StrategyDescriptor {
        var specs = parameters.map(\.spec)
        for (name, spec) in legacy?.retired ?? [] {
            let place = specs.firstIndex { $0.name == name }.map { $0 + 1 } ?? specs.count
            specs.insert(spec, at: place)
        }
        return StrategyDescriptor(name: name, summary: summary, rules: words, parameters: specs)
    }

    func parameterSet(_ overrides: [String: String], _ market: Market) throws(ParameterError) -> ParameterSet {
        // Without the words for people, which cost more than all else.
        try descriptor([]).parameterSet(overrides, market: market)
    }

    /// The values of the parameters as the file declares them.
    var defaults: [ParameterValue] {
        guard let set = try? ParameterSet(specs: parameters.map(\.spec)) else { return [] }
        return parameters.compactMap { set[$0.spec.name] }
    }

    /// The playbook with its defaults replaced by `overrides`, for a market.
    ///
    /// - Parameter market: the symbol's; nil for the playbook's own, else the usual one.
    /// - Throws: `MarketError` when the playbook is for another market, `ParameterError` that names the parameter at fault.
    public func playbook(_ overrides: [String: String] = [:], market other: Market? = nil) throws -> Playbook {
        let market = other ?? usualMarket
        if let own = self.market, own != market { throw MarketError(playbook: name, market: own, other: market) }
        let set = try parameterSet(overrides, market)
        let values = parameters.compactMap { set[$0.spec.name] }
        if let problem = problems(values, market).first { throw ParameterError(problem.message) }
        let identifier = set.identifier(of: name, rules: legacy?.hasPlainID == true ? nil : rules)
        return try Playbook(
            name, set, lowered(values, market).builder, parametersID: identifier,
            rules: PlaybookText(canonical: canonicalText))
    }

    /// The `params_id` with these parameters, those that are gone among them; nil where they are not allowed.
    public func parametersID(_ overrides: [String: String]) -> String? {
        guard let set = try? ParameterSet(specs: descriptor.allParameters, overrides: overrides) else { return nil }
        return set.identifier(of: name, rules: legacy?.hasPlainID == true ? nil : rules)
    }
}

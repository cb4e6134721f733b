/// A playbook for one set of parameters: its plan, the series that the plan reads, and what its rows show.
///
/// All of it is a value, made once and walked session by session. It is made of a `Strategy`, or of a playbook file.
public struct Playbook: Sendable {
    /// Its name in the journal.
    public let name: String
    /// The parameters it was made with.
    public let parameters: ParameterSet
    /// The market that it was made for: times and quantities are this market's.
    public let market: Market
    /// What it does.
    public let plan: Plan
    /// The numbers of the plan; a `NumberRef` says which.
    public let numbers: [Series]
    /// The conditions of the plan; a `TruthRef` says which.
    public let conditions: [Condition]
    /// The journal's `params_id`: a digest of the name and of all parameters in their canonical spelling.
    public let parametersID: String
    /// The rules as the text of a file; nil where they are written in Swift.
    public let rules: PlaybookText?
    /// All numbers and conditions, each once.
    let graph: SeriesGraph
    /// Where the plan's numbers and conditions are in the graph.
    let places: PlanPlaces
    /// What the journal's `values` show.
    let values: [NamedValue]
    /// What the journal's `notes` say, by `no_trade`, where the strategy has words of its own.
    let notes: [String: String]
    /// The window of rows of sessions that a filter ended; empty for none.
    let windowOfUnplayed: String

    /// The playbook that `strategy` writes down with its defaults replaced by `overrides`, for a market.
    ///
    /// - Throws: `ParameterError` about a parameter, `PlanError` when the rules contradict each other.
    public init(_ strategy: any Strategy.Type, overrides: [String: String] = [:], market: Market = .xnys) throws {
        let descriptor = strategy.descriptor
        let parameters = try descriptor.parameterSet(overrides, market: market)
        var builder = PlaybookBuilder(market)
        try strategy.write(&builder, parameters)
        try self.init(descriptor.name, parameters, builder, parametersID: parameters.identifier(of: descriptor.name))
    }

    /// The playbook that was written on a page.
    ///
    /// - Parameter rules: the rules as text, where they are a file's.
    /// - Throws: `PlanError` when the rules contradict each other.
    package init(
        _ name: String, _ parameters: ParameterSet, _ builder: PlaybookBuilder, parametersID: String,
        rules: PlaybookText? = nil
    ) throws(PlanError) {
        self.name = name
        self.parameters = parameters
        market = builder.market
        self.rules = rules
        plan = try builder.plan(parameters)
        numbers = builder.numbers
        conditions = builder.conditions
        values = builder.values
        notes = builder.notes
        var graph = builder.graph
        places = graph.places(numbers: numbers, conditions: conditions)
        self.graph = graph
        self.parametersID = parametersID
        windowOfUnplayed = builder.showsWindowOfUnplayed ? plan.setups[0].window?.text ?? "" : ""
    }

    /// A number or a condition that has a name.
    struct NamedValue: Sendable, Hashable {
        /// What it is.
        enum Kind: Sendable, Hashable {
            case number(NumberRef, PlaybookBuilder.Unit)
            case condition(TruthRef)
        }
        let name: String
        let kind: Kind
        /// Whether it is known before the session's first bar closes.
        let isKnownAtOpen: Bool
        /// The filter whose note alone shows it; nil for the journal's values.
        var shownWith: String?
    }
}

/// The text of a playbook, as it is kept beside the journal.
public struct PlaybookText: Sendable, Hashable {
    /// Of what the journal's rows follow from, comments left out.
    public let canonical: String

    /// A text.
    package init(canonical: String) { self.canonical = canonical }
}

extension Setup.Window {
    /// `10:00-10:30`; nil where an end is not a plain time.
    var text: String? {
        guard case .constant(let from) = from, case .constant(let to) = to else { return nil }
        return Self.text(from, to)
    }

    /// The window between two times in minutes since midnight, as the journal writes it.
    static func text(_ from: Double, _ to: Double) -> String {
        "\(TimeOfDay(minutes: from).onTheClock)-\(TimeOfDay(minutes: to).onTheClock)"
    }
}

extension TimeOfDay {
    /// The whole minute of a time in minutes since midnight.
    init(minutes: Double) { self.init(minutes: Int(minutes.rounded(.down))) }
}

// MARK: - What has to be loaded

extension Playbook {
    /// Sessions before a session whose bars decide its values.
    public func warmUpSessions(of timeframe: Timeframe) -> Int {
        graph.warmUpSessions(of: timeframe, in: market.hours)
    }

    /// Whether the bars before a session's open are read.
    public var readsPremarket: Bool { graph.readsPremarket }

    /// Sessions before a session within which its daily bars lie.
    public var dailyLookBack: Int { graph.dailyLookBack }

    /// The averages over bars that it reads, and for how many bars of `timeframe` each remembers its start.
    func settling(of timeframe: Timeframe) -> [HistoryRequest.Settling] {
        var found: [HistoryRequest.Settling] = []
        func note(_ series: Series) -> Bool {
            found += series.settling(of: timeframe).filter { !found.contains($0) }
            return series.isOfBars
        }
        for number in numbers { number.visit(note) }
        for condition in conditions { condition.visit(note) }
        return found
    }
}

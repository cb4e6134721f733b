/// The page on which a strategy writes its rules, in the words of playbooks.
///
/// Numbers and conditions of bars are `Series` and `Condition`; a `Formula` or `TradeCondition` may know the trade and the
/// steps too. `formula` and `condition` take the former into the latter.
public struct PlaybookBuilder {
    /// The market that the rules are written for.
    public let market: Market
    /// Length of the bars it decides on.
    public var timeframe = Timeframe.minutes(2)
    /// The setups, the first one first where they tie.
    public var setups: [Setup] = []
    /// When a position is closed, in minutes since midnight; nil for 5 minutes before the session's end.
    public var exit: Formula?
    /// How much is bought or sold short.
    public var size = Plan.Size.shares(20)
    /// When the session is over early: after one trade unless said otherwise.
    public var limits = Plan.Limits()
    /// Length of finer bars, which divide the timeframe and decide what a bar leaves open: which of a stop and a target
    /// it reached first, for instance. The source must have them.
    public var resolve: Timeframe?
    /// Columns of the journal, and the filter, step, `step.quality` or value that each shows.
    public var journal: KeyValuePairs<JournalColumn, String> = [:]
    /// The same for columns that are known by their names only.
    package var journalEntries: [Plan.JournalEntry] = []
    /// Whether rows of sessions that a filter ended show the first setup's window all the same.
    public var showsWindowOfUnplayed = false

    private(set) var numbers: [Series] = []
    private(set) var conditions: [Condition] = []
    private(set) var values: [Playbook.NamedValue] = []
    private(set) var notes: [String: String] = [:]
    private(set) var graph = SeriesGraph()
    private var filters: [Plan.Filter] = []
    /// Whether anything that is known before the first bar closes reads the session's open.
    private var readsOpen = false

    /// An empty page for a market.
    package init(_ market: Market) { self.market = market }

    /// What a value's number means, for the journal.
    public enum Unit: Sendable, Hashable {
        /// A price or any other number.
        case number
        /// Minutes since midnight, written `10:45`.
        case time
        /// Minutes, written `90m`.
        case duration
    }
}

// MARK: - Values, filters, steps

extension PlaybookBuilder {
    /// Gives a number a name, under which the journal's `values` show it.
    ///
    /// - Returns: what formulas call it by.
    @discardableResult
    public mutating func value(_ name: String, _ series: Series, in unit: Unit = .number) -> Formula {
        let (ref, isKnownAtOpen) = add(series)
        values.append(.init(name: name, kind: .number(ref, unit), isKnownAtOpen: isKnownAtOpen))
        return isKnownAtOpen ? .session(ref) : .number(ref)
    }

    /// Gives a condition a name, under which the journal's `values` show it.
    ///
    /// - Returns: what conditions about a trade call it by.
    @discardableResult
    public mutating func value(_ name: String, _ condition: Condition) -> TradeCondition {
        let (ref, isKnownAtOpen) = add(condition)
        values.append(.init(name: name, kind: .condition(ref), isKnownAtOpen: isKnownAtOpen))
        return isKnownAtOpen ? .session(ref) : .truth(ref)
    }

    /// Adds a filter: where it is not true when the session opens, nothing is traded.
    ///
    /// - Parameters:
    ///   - otherwise: what the journal's notes say where it is false.
    ///   - unknown: what they say where it is unknown.
    public mutating func filter(
        _ name: String, _ condition: Condition, otherwise: String? = nil, unknown: String? = nil
    ) {
        let code = NoTradeCode.filter(name)
        notes[code] = otherwise
        notes[NoTradeNote.unknown(code)] = unknown
        filters.append(Plan.Filter(name, add(condition).ref))
    }

    /// A step that holds at a bar's close.
    ///
    /// - Parameters:
    ///   - quality: a bar where `when` is true and this is not is passed over.
    ///   - within: the step must hold at one of so many bars after the step before it.
    ///   - restarts: whether the setup begins again when it does not; otherwise it is over for the session.
    ///   - otherwise: what the journal's notes say where it did not come.
    ///   - weak: what they say where only bars without the quality came.
    public mutating func step(
        _ name: String, _ when: Condition, quality: Condition? = nil, within: Int? = nil, restarts: Bool = false,
        otherwise: String? = nil, weak: String? = nil
    ) -> Setup.Step {
        let code = NoTradeCode.step(name)
        notes[code] = otherwise
        notes[NoTradeNote.weak(code)] = weak
        return Setup.Step(
            name, when: condition(when), quality: quality.map { condition($0) }, within: within, restarts: restarts)
    }

    /// A step that must hold at the bar after the step before it.
    public mutating func next(_ name: String, _ when: Condition, otherwise: String? = nil) -> Setup.Step {
        step(name, when, within: 1, otherwise: otherwise)
    }

    /// What the journal's notes say where a session has no trade for a reason, by its code in `no_trade`.
    package mutating func note(_ code: String, _ note: String) { notes[code] = note }

    /// What the journal's notes say where an order was not filled.
    public mutating func whenNotFilled(_ note: String) { notes[NoTradeCode.expired] = note }

    /// Shows a number in the notes of sessions that a filter ended.
    ///
    /// - Parameter text: what it is called there.
    package mutating func show(_ series: Series, as text: String, in unit: Unit, where filter: String) {
        let (ref, isKnownAtOpen) = add(series)
        guard isKnownAtOpen else { return }
        let named = Playbook.NamedValue(name: text, kind: .number(ref, unit), isKnownAtOpen: true, shownWith: filter)
        if !values.contains(named) { values.append(named) }
    }

    /// A number of bars as part of a formula.
    public mutating func formula(_ series: Series) -> Formula {
        let (ref, isKnownAtOpen) = add(series)
        return isKnownAtOpen ? .session(ref) : .number(ref)
    }

    /// A condition about bars as a condition of a step or a trade.
    public mutating func condition(_ condition: Condition) -> TradeCondition {
        let (ref, isKnownAtOpen) = add(condition)
        return isKnownAtOpen ? .session(ref) : .truth(ref)
    }

    private mutating func add(_ series: Series) -> (ref: NumberRef, isKnownAtOpen: Bool) {
        let place = graph.number(series)
        let isKnownAtOpen = graph.isKnownAtOpen(place)
        if isKnownAtOpen { series.visit { lookForOpen($0) } }
        if let known = numbers.firstIndex(of: series) { return (NumberRef(known), isKnownAtOpen) }
        numbers.append(series)
        return (NumberRef(numbers.count - 1), isKnownAtOpen)
    }

    private mutating func add(_ condition: Condition) -> (ref: TruthRef, isKnownAtOpen: Bool) {
        let place = graph.truth(condition)
        let isKnownAtOpen = graph.isKnownAtOpen(place)
        if isKnownAtOpen { condition.visit { lookForOpen($0) } }
        if let known = conditions.firstIndex(of: condition) { return (TruthRef(known), isKnownAtOpen) }
        conditions.append(condition)
        return (TruthRef(conditions.count - 1), isKnownAtOpen)
    }
}

extension PlaybookBuilder {
    private mutating func lookForOpen(_ series: Series) -> Bool {
        if series == .sessionOpen { readsOpen = true }
        return true
    }
}

// MARK: - The plan

extension PlaybookBuilder {
    /// The plan that was written down.
    ///
    /// - Throws: `PlanError` when its parts contradict each other.
    package func plan(_ parameters: ParameterSet) throws(PlanError) -> Plan {
        var graph = graph
        for filter in filters {
            let place = graph.truth(conditions[filter.condition.index])
            guard graph.isKnownAtOpen(place) else {
                throw PlanError("filter \(filter.name): it reads bars of the session, which come after it")
            }
        }
        let entries = journal.map { Plan.JournalEntry(column: $0.key.name, name: $0.value) } + journalEntries
        return try Plan(
            timeframe: timeframe, filters: filters, setups: setups, exit: exit, size: size.inLots(of: market.lot),
            limits: limits,
            resolve: resolve,
            costs: Plan.Costs(
                slippageBps: parameters.number("slippage-bps"), feePerShare: parameters.number("fee-per-share")),
            isKnownBeforeOpen: !readsOpen, journal: entries)
    }
}

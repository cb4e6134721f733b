public import PlaybookCore

/// Why a session went as it did by a playbook: what was looked at, when it held or what was missing, and what became of it.
public struct Explanation: Sendable {
    /// A filter that was looked at.
    public struct Filter: Sendable {
        public let name: String
        public let rule: String
        /// nil is unknown.
        public let holds: Bool?
        /// What it compares: `gap 0.0041`.
        public let numbers: [(name: String, value: String)]
    }

    /// Something that happened at a bar's close or within it.
    public struct Event: Sendable {
        /// When its bar opened; nil before the session's first bar.
        public let time: TimeOfDay?
        /// `step`, `passed-over`, `order`, `ended`, `withdrawn`, `entry`, `stop`, `exit`, `repeated`, `missing`.
        public let kind: String
        /// The setup that it is about.
        public let setup: String
        public let text: String
        /// The numbers behind it.
        public let numbers: [(name: String, value: String)]
    }

    /// A bar of the session.
    public struct Bar: Sendable {
        public let time: TimeOfDay
        public let open, high, low, close: Double
        /// The playbook's values, in the file's order.
        public let values: [(name: String, value: String)]
        /// The steps, exits and cancels of bars alone whose conditions held, `setup.step` where there are several setups.
        public let held: [String]
    }

    public let date: CivilDate
    public let session: TradingSession
    /// How many bars there are, and how many were due.
    public let bars: Int
    public let due: Int
    public let filters: [Filter]
    public let events: [Event]
    /// The bars; none unless they were asked for.
    public let barLines: [Bar]
    /// What the journal's rows say.
    public let rows: [JournalRow]
}

/// Explains sessions.
public struct Explainer {
    private let script: Script
    private let playbook: Playbook
    private let history: BarHistory
    private let values: [ParameterValue]
    private var numbers: [Series] = []
    private var conditions: [Condition] = []
    private let lowering: Lowering

    /// An explainer of a playbook of `script` over a history.
    ///
    /// - Throws: `ParameterError` that names the parameter at fault.
    public init(_ script: Script, parameters: [String: String], history: BarHistory) throws {
        self.script = script
        self.history = history
        playbook = try script.playbook(parameters, market: history.market)
        let set = try script.parameterSet(parameters, history.market)
        values = script.parameters.compactMap { set[$0.spec.name] }
        lowering = Lowering(values, timeframe: script.timeframe, market: history.market)
    }

    /// Explains the requested sessions of the history.
    ///
    /// - Parameters:
    ///   - bars: whether each bar is told of.
    public mutating func explain(
        bars: Bool, minimumCompleteness: Double, dataSource: String
    ) -> [Explanation] {
        var watch = Watch()
        for filter in script.filters { watch.add(filter.term.sides, lowering) }
        for setup in script.setups {
            watch.add(setup.entry.prices, lowering)
            for step in setup.steps { watch.add(step.when.sides + (step.quality?.sides ?? []), lowering) }
        }
        watch.add(script.values.filter { $0.term.kind != .truth }.map(\.term), lowering)
        let named = namedConditions()
        for (_, term) in named { watch.add(condition: term, lowering) }
        for value in script.values where value.term.kind == .truth { watch.add(condition: value.term, lowering) }
        let backtest = Backtest(history: history)
        let traces = backtest.trace(
            playbook, numbers: watch.numbers, conditions: watch.conditions, minimumCompleteness: minimumCompleteness)
        let rows = backtest.journal(
            playbook, minimumCompleteness: minimumCompleteness, dataSource: dataSource, runID: "explain")
        let byDate = Dictionary(grouping: rows, by: \.tradeDate)
        return traces.map { trace in
            let slice = history.slices[trace.slice]
            let teller = Teller(script: script, playbook: playbook, history: history, trace: trace, watch: watch)
            return Explanation(
                date: slice.session.date, session: slice.session, bars: slice.bars.count, due: slice.expectedBars,
                filters: teller.filters(), events: teller.events(),
                barLines: bars ? teller.bars(named) : [], rows: byDate[slice.session.date] ?? [])
        }
    }

    /// What the filters said in some of the requested sessions, and nothing else, by date.
    public func filters(of wanted: Set<CivilDate>, minimumCompleteness: Double) -> [CivilDate: [Explanation.Filter]] {
        var watch = Watch()
        for filter in script.filters { watch.add(filter.term.sides, lowering) }
        let traces = Backtest(history: history).trace(
            playbook, numbers: watch.numbers, conditions: [], minimumCompleteness: minimumCompleteness)
        var told: [CivilDate: [Explanation.Filter]] = [:]
        for trace in traces {
            let date = history.slices[trace.slice].session.date
            guard wanted.contains(date) else { continue }
            told[date] =
                Teller(script: script, playbook: playbook, history: history, trace: trace, watch: watch).filters()
        }
        return told
    }

    /// Conditions of bars alone that have a name, with it.
    private func namedConditions() -> [(name: String, term: Term)] {
        var named: [(String, Term)] = []
        for setup in script.setups {
            let lead = script.setups.count > 1 ? "\(setup.name)." : ""
            for step in setup.steps { named.append(("\(lead)\(step.name)", step.when)) }
            if let cancel = setup.cancel { named.append(("\(lead)cancel", cancel)) }
            for exit in setup.exits { if let when = exit.when { named.append(("\(lead)\(exit.name)", when)) } }
        }
        return named.filter { !$0.1.isDynamic }
    }
}

/// The numbers and conditions that an explanation looks at.
struct Watch {
    private(set) var numbers: [Series] = []
    private(set) var conditions: [Condition] = []
    private var places: [Term: Int] = [:]
    private var truths: [Term: Int] = [:]

    mutating func add(_ terms: [Term], _ lowering: Lowering) {
        for term in terms where places[term] == nil && !term.isDynamic {
            places[term] = numbers.count
            numbers.append(lowering.number(term))
        }
    }

    mutating func add(condition term: Term, _ lowering: Lowering) {
        guard truths[term] == nil, !term.isDynamic else { return }
        truths[term] = conditions.count
        conditions.append(lowering.condition(term))
    }

    /// A number at a bar; nil when it is unknown.
    func number(_ term: Term, _ bar: Int, _ trace: SessionTrace) -> Double? {
        guard let place = places[term], place < trace.numbers.count else { return nil }
        let values = trace.numbers[place]
        guard let value = values.count == 1 ? values[0] : values.indices.contains(bar) ? values[bar] : nil, !value.isNaN
        else { return nil }
        return value
    }

    /// Whether a condition was true at a bar.
    func truth(_ term: Term, _ bar: Int, _ trace: SessionTrace) -> Bool? {
        guard let place = truths[term], place < trace.conditions.count else { return nil }
        let values = trace.conditions[place]
        return values.count == 1 ? values[0] : values.indices.contains(bar) ? values[bar] : nil
    }
}

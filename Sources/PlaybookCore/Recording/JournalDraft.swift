/// The rows of a backtest, each made when it is asked for: several threads may share the work.
public struct JournalDraft: Sendable {
    private let context: JournalContext
    private let outcomes: [SessionOutcome]
    private let dataIDs: [String]
    /// For each row its session and its trade, both counted from 0.
    private let places: [(session: Int, trade: Int)]

    fileprivate init(_ context: JournalContext, _ outcomes: [SessionOutcome], dataIDs: [String]) {
        self.context = context
        self.outcomes = outcomes
        self.dataIDs = dataIDs
        places = outcomes.enumerated().flatMap { session, outcome in
            (0..<max(1, outcome.trades.count)).map { (session, $0) }
        }
    }

    /// How many rows there are: one a trade, and one for each session without a trade.
    public var count: Int { places.count }

    /// Makes rows, from one thread; each thread asks for its own. What all rows have in common is the thread's alone: a
    /// text that several threads count references to costs more than the rest of a row.
    @Sendable
    public func maker() -> (Int) -> JournalRow {
        let own = JournalDraft(JournalContext(copying: context), outcomes, dataIDs, places)
        return { own[$0] }
    }

    private init(
        _ context: JournalContext, _ outcomes: [SessionOutcome], _ dataIDs: [String],
        _ places: [(session: Int, trade: Int)]
    ) {
        self.context = context
        self.outcomes = outcomes
        self.dataIDs = dataIDs
        self.places = places
    }

    /// The `index`-th row.
    public subscript(index: Int) -> JournalRow {
        let (session, trade) = places[index]
        return JournalRow(outcomes[session], trade: trade, context: context, dataID: dataIDs[session])
    }
}

extension Backtest {
    /// Runs `playbook` and writes its outcomes down as journal rows.
    ///
    /// - Parameters:
    ///   - minimumCompleteness: where a smaller share of the bars due by the decision exists, 0 to 1, and more than one is
    ///     missing, an order is refused.
    ///   - dataSource: the journal's `data_source`.
    ///   - runID: the journal's `run_id`.
    public func journal(
        _ playbook: Playbook, minimumCompleteness: Double = 0.95, dataSource: String, runID: String
    ) -> [JournalRow] {
        let draft = draft(playbook, minimumCompleteness: minimumCompleteness, dataSource: dataSource, runID: runID)
        return (0..<draft.count).map { draft[$0] }
    }

    /// As `journal`, but for the rows themselves, which are yet to be made.
    public func draft(
        _ playbook: Playbook, minimumCompleteness: Double = 0.95, dataSource: String, runID: String
    ) -> JournalDraft {
        let outcomes = outcomes(playbook, minimumCompleteness: minimumCompleteness)
        let context = JournalContext(history: history, playbook: playbook, dataSource: dataSource, runID: runID)
        return JournalDraft(context, outcomes, dataIDs: history.dataIDs(of: playbook))
    }
}

/// What is the same for all rows that a run writes about one symbol.
final class JournalContext: Sendable {
    let history: BarHistory
    let playbook: Playbook
    let columns: JournalLayout
    let symbol: Symbol
    let market: String
    let strategy: String
    let parametersID: String
    let parameters: String
    let dataSource: String
    let runID: String
    /// The sides and names of the playbook's setups.
    let setups: [(side: Side, name: String)]

    init(history: BarHistory, playbook: Playbook, dataSource: String, runID: String) {
        self.history = history
        self.playbook = playbook
        columns = JournalLayout(playbook)
        symbol = history.symbol
        market = history.market.id
        strategy = playbook.name
        parametersID = playbook.parametersID
        parameters = playbook.parameters.differences
        self.dataSource = dataSource
        self.runID = runID
        setups = playbook.plan.setups.map { ($0.side, $0.name) }
    }

    /// The same with texts of its own.
    init(copying other: JournalContext) {
        func copy(_ text: String) -> String { String(decoding: Array(text.utf8), as: UTF8.self) }
        history = other.history
        playbook = other.playbook
        columns = other.columns
        symbol = Symbol(copy(other.symbol.name), market: other.symbol.market) ?? other.symbol
        market = copy(other.market)
        strategy = copy(other.strategy)
        parametersID = copy(other.parametersID)
        parameters = copy(other.parameters)
        dataSource = copy(other.dataSource)
        runID = copy(other.runID)
        setups = other.setups.map { ($0.side, copy($0.name)) }
    }

    /// When a bar of a session opened.
    func instant(of bar: Int, in slice: SessionSlice) -> Instant {
        Instant(secondsSinceEpoch: history.bars.times[slice.bars.lowerBound + bar])
    }

    /// The same on the market's clocks.
    func time(of bar: Int, in slice: SessionSlice) -> TimeOfDay {
        slice.session.timeOfDay(of: instant(of: bar, in: slice))
    }

    /// A bar's number since the open by the clock, 0 for the first.
    func number(of bar: Int, in slice: SessionSlice) -> Int {
        let seconds =
            instant(of: bar, in: slice).secondsSinceEpoch - slice.session.open.secondsSinceEpoch
        return Int(seconds / history.timeframe.seconds)
    }
}

/// Which filters, steps and values a playbook's rows show in the columns that have no fixed meaning.
struct JournalLayout: Sendable {
    /// The place of the filter in `trend_valid`, and of one in `reversal_strength_ok`.
    let trendFilter, strengthFilter: Int?
    /// The places of the values in the value columns.
    let trendAverage, average, trueRange: Int?
    /// For each setup, the places of the steps in the step columns, and of the one whose quality is shown.
    let pullback, reversal, confirmation, strength: [Int?]

    init(_ playbook: Playbook) {
        let plan = playbook.plan
        func name(_ column: JournalColumn) -> String? { plan.journal.first { $0.column == column.name }?.name }
        func filter(_ column: JournalColumn) -> Int? { plan.filters.firstIndex { $0.name == name(column) } }
        func value(_ column: JournalColumn) -> Int? { playbook.values.firstIndex { $0.name == name(column) } }
        func step(_ name: String?) -> [Int?] { plan.setups.map { $0.steps.firstIndex { $0.name == name } } }
        let quality = ".quality"
        let strengthName = name(.reversalStrong)
        trendFilter = filter(.trendValid)
        strengthFilter = filter(.reversalStrong)
        (trendAverage, average, trueRange) = (value(.trendAverage), value(.averageAtEntry), value(.trueRangeAtEntry))
        (pullback, reversal) = (step(name(.pullbackTime)), step(name(.reversalTime)))
        confirmation = step(name(.confirmationTime))
        strength = step(strengthName.flatMap { $0.hasSuffix(quality) ? String($0.dropLast(quality.count)) : nil })
    }
}

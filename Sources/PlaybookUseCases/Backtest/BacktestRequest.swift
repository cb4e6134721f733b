public import PlaybookCore

/// What a backtest is asked to do, apart from the settings.
public struct BacktestRequest: Sendable, Hashable {
    /// The sessions asked for.
    public enum Dates: Sendable, Hashable {
        /// The sessions from the first date through the last.
        case range(CivilDate, CivilDate)
        /// The sessions of so many calendar days, the present one the last of them, as far as they are over.
        case days(Int)
        /// The session that ends on the present date in the symbol's market.
        case today
        /// Every session over by now that has no row yet in one of the journals: from the given date, else from the
        /// symbol's first row. Without any row it is the last session alone.
        case catchUp(from: CivilDate?)
    }

    /// The sessions.
    public var dates: Dates
    /// The symbols, each once; nil for those of the settings.
    public var symbols: [Symbol]?
    /// The playbook; nil for that of the settings.
    public var strategy: String?
    /// A playbook that comes with the request, as its canonical text, instead of one by name.
    public var playbookText: String?
    /// Strategy parameters that differ from the defaults, in the spelling that users write.
    public var parameters: [String: String]
    /// Whether to write nothing, and only look at what would be written.
    public var isDryRun: Bool

    /// The folder or place of a bucket that charts of sessions with trades go to; nil for none.
    public var charts: String?
    /// Whether to keep those charts for a report.
    public var keepsCharts = false

    /// Whether it is to leave no session out and to write what it finds, as the run of each day is.
    package var isDaily: Bool { dates.isLeavingNothingOut && !isDryRun }

    /// A request.
    public init(
        dates: Dates, symbols: [Symbol]? = nil, strategy: String? = nil, parameters: [String: String] = [:],
        isDryRun: Bool = false
    ) {
        self.dates = dates
        self.symbols = symbols
        self.strategy = strategy
        self.parameters = parameters
        self.isDryRun = isDryRun
    }
}

extension BacktestRequest.Dates {
    /// Whether a run is repeated until every session has its row.
    package var isLeavingNothingOut: Bool {
        switch self {
        case .range, .days: false
        case .today, .catchUp: true
        }
    }
}

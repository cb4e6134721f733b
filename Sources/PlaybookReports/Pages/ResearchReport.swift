public import PlaybookCore
public import PlaybookResearch

/// A sweep as a page for people: which sets were tried, what they gave, and what speaks for and against the one that is
/// judged.
///
/// The same report gives the same bytes.
public struct ResearchReport: Sendable {
    /// The run's name in RESEARCH_DIR.
    public var run: String
    /// The playbook, its symbols, and the sessions.
    public var strategy: String
    public var symbols: [String]
    public var sessions: ClosedRange<CivilDate>
    public var sessionCount: Int
    /// Whether the bars were made up.
    public var isSynthetic: Bool
    /// All symbols together.
    public var table: SweepTable
    /// The set that is judged.
    public var set: Int
    /// How many sets the playbook refused, and trades of all sets.
    public var refused, trades: Int
    public var verdict: Report.Verdict
    /// The figures of the first screen, at most six.
    public var headline: [Headline]
    /// The walk-forward that the verdict rests on.
    public var walk: Outcome<Walk>
    /// The judged set's sessions, redrawn.
    public var draws: Outcome<Draws>
    /// Where the best sets of half the sessions rank in the other half, and the probability of overfitting.
    public var luck: Outcome<Luck>
    /// Figures of the judged set, with what holding brings.
    public var comparison: Report.Comparison?
    /// Where it comes from, by name.
    public var facts: [Report.Fact]
    /// The command that makes the run again, and the playbook's text.
    public var command, playbookText: String
    /// What is doubtful.
    public var warnings: [String] = []
    /// The program's version.
    public var version: String

    /// What there is to show, or why there is nothing and what to do about it.
    public enum Outcome<Value: Sendable>: Sendable {
        case found(Value)
        case none(Report.Missing)
    }

    /// A figure of the first screen.
    public struct Headline: Sendable, Hashable {
        /// With its unit.
        public var name: String
        /// Nil where it has no meaning.
        public var value: Double?
        public var decimals: Int
        public var isSigned: Bool
        /// What stands beneath: an interval and its name, else words.
        public var interval: ClosedRange<Double>?
        public var note: String

        public init(
            _ name: String, _ value: Double?, decimals: Int = 2, isSigned: Bool = false,
            interval: ClosedRange<Double>? = nil, note: String
        ) {
            (self.name, self.value, self.decimals, self.isSigned) = (name, value, decimals, isSigned)
            (self.interval, self.note) = (interval, note)
        }
    }

    /// A walk-forward over the same sets.
    public struct Walk: Sendable {
        /// A window, of all symbols or of those that it chose a set for.
        public struct Window: Sendable, Hashable {
            public var symbols: [String]
            public var train, test: ClosedRange<CivilDate>
            public var trainSessions, testSessions: Int
            /// The set that was chosen, in words; nil where none could be.
            public var set: String?
            /// Net P&L in USD.
            public var trainNet, testNet: Double?
            public var testTrades: Int
            public var testSharpe, efficiency: Double?

            public init(
                symbols: [String], train: ClosedRange<CivilDate>, test: ClosedRange<CivilDate>, trainSessions: Int,
                testSessions: Int, set: String?, trainNet: Double?, testNet: Double?, testTrades: Int,
                testSharpe: Double?, efficiency: Double?
            ) {
                (self.symbols, self.train, self.test) = (symbols, train, test)
                (self.trainSessions, self.testSessions, self.set) = (trainSessions, testSessions, set)
                (self.trainNet, self.testNet, self.testTrades) = (trainNet, testNet, testTrades)
                (self.testSharpe, self.efficiency) = (testSharpe, efficiency)
            }
        }

        public var run: String
        /// `12mo`.
        public var train, test: String
        public var windows: [Window]
        /// Of all test windows, one after the other.
        public var trades: Int
        public var net, sharpe, sharpeError, efficiency: Double?
        /// How often each value was chosen, by parameter.
        public var choices: [(parameter: String, value: String, windows: Int)]

        public init(
            run: String, train: String, test: String, windows: [Window], trades: Int, net: Double?, sharpe: Double?,
            sharpeError: Double?, efficiency: Double?, choices: [(parameter: String, value: String, windows: Int)]
        ) {
            (self.run, self.train, self.test, self.windows) = (run, train, test, windows)
            (self.trades, self.net, self.sharpe, self.sharpeError) = (trades, net, sharpe, sharpeError)
            (self.efficiency, self.choices) = (efficiency, choices)
        }
    }

    /// Redrawn runs of the judged set.
    public struct Draws: Sendable {
        public var fan: MonteCarloFan
        public var result: MonteCarlo.Result
        public var seed: UInt64

        public init(fan: MonteCarloFan, result: MonteCarlo.Result, seed: UInt64) {
            (self.fan, self.result, self.seed) = (fan, result, seed)
        }
    }

    /// How the choosing of a set fares.
    public struct Luck: Sendable {
        public var ranks: OverfittingRanks
        public var probability: Double

        public init(ranks: OverfittingRanks, probability: Double) {
            (self.ranks, self.probability) = (ranks, probability)
        }
    }

    /// A report on a set of a sweep.
    public init(
        run: String, strategy: String, symbols: [String], sessions: ClosedRange<CivilDate>, sessionCount: Int,
        isSynthetic: Bool, table: SweepTable, set: Int, refused: Int, trades: Int, verdict: Report.Verdict,
        headline: [Headline], walk: Outcome<Walk>, draws: Outcome<Draws>, luck: Outcome<Luck>,
        facts: [Report.Fact], command: String, playbookText: String, version: String
    ) {
        (self.run, self.strategy, self.symbols) = (run, strategy, symbols)
        (self.sessions, self.sessionCount, self.isSynthetic) = (sessions, sessionCount, isSynthetic)
        (self.table, self.set, self.refused, self.trades) = (table, set, refused, trades)
        (self.verdict, self.headline, self.walk, self.draws) = (verdict, headline, walk, draws)
        (self.luck, self.facts, self.command) = (luck, facts, command)
        (self.playbookText, self.version) = (playbookText, version)
    }

    /// The page.
    public func html() -> [UInt8] { ResearchPage(report: self).markup().bytes }
}

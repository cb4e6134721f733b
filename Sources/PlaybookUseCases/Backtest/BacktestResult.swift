public import PlaybookCore

/// What a backtest did.
public struct BacktestResult: Sendable {
    /// How it ended.
    public enum Status: Sendable {
        /// Rows were made and written.
        case completed
        /// There was nothing to do.
        case skipped(SkipReason)
    }

    /// Why there was nothing to do.
    public struct SkipReason: Sendable, Hashable {
        /// `market holiday`, `weekend`, `no session` (in a range), `up to date` (nothing to catch up with) or `no symbol`
        /// (for this one of several tasks).
        public let name: String
        /// In words.
        public let detail: String

        package init(_ name: String, detail: String) {
            self.name = name
            self.detail = detail
        }
    }

    /// How it ended.
    public var status: Status
    /// The run, as in the journal's `run_id`.
    public var runID: String
    /// The strategy's name, parameters and their digest.
    public var strategy: String
    public var parameters: [(name: String, value: String)]
    public var parametersID: String
    /// The symbols asked for.
    public var symbols: [Symbol]
    /// The sessions run; nil when there were none.
    public var sessions: ClosedRange<CivilDate>?
    /// The journal's `data_source`.
    public var dataSource: String
    /// The rows, by session date and symbol.
    public var rows: [JournalRow] = []
    /// What buying and holding each symbol came to, where it is kept for a report.
    package var holdings: [[CivilDate: Double]] = []
    /// The playbook's rules, as they are kept beside a journal.
    package var rules: String?
    /// The charts of its sessions with trades, where they are kept for a report.
    package var charts: [JournalSession: any SessionPicture] = [:]
    /// The statistics of the rows; nil while there are none.
    package var performance: Performance?
    /// What an account made of the rows; nil unless it was asked for.
    public var account: JournalAccount?
    /// Whether nothing was written: the outcomes are what would have been.
    public var isDryRun = false
    /// What became of the rows, place by place.
    public var outcomes: [WriteOutcome] = []
    /// What is doubtful about the data or the dates.
    public var warnings: [NeutralText] = []
    /// What went wrong, by symbol; their rows are missing.
    public var failures: [(symbol: Symbol, error: PlaybookError)] = []
    /// What the cache and the network did.
    public var traffic = DataTraffic()
    /// Wall time in seconds.
    public var elapsed = 0.0

    /// How many sessions the rows are of, those of each symbol by themselves.
    package var sessionCount: Int { rows.count { $0.tradeNumber == 1 } }

    /// Whether rows went to a place.
    package func wrote(_ place: JournalPlace) -> Bool { outcomes.contains { $0.place == place && $0.receipt != nil } }

    /// What went wrong: nil when nothing did, `tryAgain` when something failed that may succeed on another try, else the
    /// class of the first failure.
    public var code: PlaybookError.Code? {
        let codes = failures.map(\.error.code) + outcomes.compactMap(\.error?.code)
        return codes.contains(.tryAgain) ? .tryAgain : codes.first
    }

    /// The exit code of a process that did just this: 0 when all went well.
    public var exitCode: Int32 { code?.exitCode ?? 0 }
}

extension BacktestResult {
    /// Whether the bars were made up.
    public var isSynthetic: Bool { dataSource == JournalMerge.syntheticSource }
}

extension BacktestResult {
    /// The same with an account that takes the trades of its rows.
    package func accounted(_ request: AccountRequest, bars: any BarProvider) async throws -> BacktestResult {
        guard !rows.isEmpty else { return self }
        var accounted = self
        accounted.account = JournalAccount(report: try await AccountReport(rows, request, bars))
        return accounted
    }
}

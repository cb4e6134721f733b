package import PlaybookCore

/// The use case behind `report`: a journal's rows as a page.
public struct ReportJob: Sendable {
    private let shelf: any PlaybookShelf
    private let journal: Journal
    private let charts: (@Sendable (any PlaybookShelf) -> ReportCharts)
    private let hasCharts: Bool
    private let selection: JournalSelection
    private let judge: ReportJudge

    /// A report on the rows that `selection` asks for.
    ///
    /// - Parameters:
    ///   - shelf: the playbooks, those in buckets read.
    ///   - charts: draws sessions, and knows the rules of rows.
    ///   - hasCharts: whether to draw the session of each trade.
    ///   - judge: judges the rows.
    package init(
        shelf: any PlaybookShelf, journal: Journal, selection: JournalSelection, hasCharts: Bool,
        charts: @escaping @Sendable (any PlaybookShelf) -> ReportCharts, judge: ReportJudge
    ) {
        (self.shelf, self.journal, self.selection, self.hasCharts) = (shelf, journal, selection, hasCharts)
        (self.charts, self.judge) = (charts, judge)
    }

    /// What there is to report.
    ///
    /// - Throws: a `PlaybookError`; also where the rows are of several playbooks, parameter sets or modes, or there are
    ///   none.
    package func run() async throws -> JournalReport {
        let reader = journal.reader
        let records = try await reader.records(selection)
        try await journal.requireAll(of: selection, found: records)
        try records.requireEachOnce(in: reader.place)
        let groups = try JournalStatistics.groups(of: records)
        guard let group = groups.first else {
            let sample = journal.sampleHint.map { Remedy($0) }
            if let file = journal.file, file.size == nil {
                throw PlaybookError(
                    .badData, "there is no journal \(reader.place.location)",
                    nextStep: sample ?? "Name another one, or run 'trading-playbook backtest' first.")
            }
            throw PlaybookError(
                .badData, "\(reader.place.location) has no rows of these dates",
                nextStep: sample ?? "Ask for other dates, or run 'trading-playbook backtest' first.")
        }
        guard groups.count == 1 else { throw Self.several(groups, in: reader.place) }
        // What needs no bars is found while these are read.
        let rows = group.rows
        async let opinion = judge.opinion(of: rows)
        let drawing = charts(shelf)
        let drawn = hasCharts ? await drawing.charts(of: rows) : (charts: [:], holdings: [])
        var rules: String?
        if let row = rows.first { rules = try? await drawing.rules(of: row).0.rules?.canonical }
        var report = JournalReport(rows: rows, place: "\(reader.place.writer) journal \(reader.place.location)")
        (report.charts, report.holdings, report.rules) = (drawn.charts, drawn.holdings, rules)
        report.isWithoutHolding = hasCharts ? .noBars : .noCharts
        return await judge.judged(report, opinion)
    }

    private static func several(_ groups: [JournalStatistics.Group], in place: JournalPlace) -> PlaybookError {
        let names = groups.prefix(6).map { group in
            "\(group.strategy) \(group.parametersID)"
                + (group.parameters.isEmpty ? "" : " (\(group.parameters))")
                + (group.mode == .backtest ? "" : ", \(group.mode.rawValue)")
        }
        let more = groups.count > 6 ? " and \(groups.count - 6) more" : ""
        return PlaybookError(
            .usage,
            """
            \(place.location) has rows of \(groups.count) playbooks, parameter sets or modes, which are never summed up: \
            \(names.joined(separator: "; "))\(more)
            """,
            nextStep: "Choose one with --strategy, --param and --mode.")
    }
}

/// A journal's rows with what is said of them.
package struct JournalReport: Sendable {
    package let rows: [JournalRow]
    /// Where they are from, in words.
    package let place: String
    package var warnings: [NeutralText] = []
    /// The sessions' charts, or why there are none.
    package var charts: [JournalSession: ReportCharts.Chart] = [:]
    /// What buying and holding each symbol came to; empty where that is not known of all.
    package var holdings: [[CivilDate: Double]] = []
    /// The playbook's rules; nil where they are not known.
    package var rules: String?
    /// Why nothing is known of holding, where nothing is.
    package var isWithoutHolding = MissingHolding.noBars
    /// What an account makes of the rows; nil where sessions have no figures in common.
    package var account: AccountReport?
    /// How the rows are judged; nil where that cannot be.
    package var verdict: ReportVerdict.Finding?

    package init(rows: [JournalRow], place: String) { (self.rows, self.place) = (rows, place) }

    /// Why nothing is known of holding.
    package enum MissingHolding: Sendable, Hashable {
        /// There are no bars.
        case noBars
        /// Charts were not asked for.
        case noCharts
        /// The sessions were run in several pieces.
        case inPieces
    }
}

/// Judges the rows of reports.
package struct ReportJudge: Sendable {
    /// What the figures beside those of holding refer to.
    private let account: AccountRequest
    private let bars: any BarProvider
    private let research: any ResearchProvider
    private let markets: @Sendable () throws -> [Market]

    package init(
        _ account: AccountRequest, bars: any BarProvider, research: any ResearchProvider,
        markets: @escaping @Sendable () throws -> [Market]
    ) {
        (self.account, self.bars, self.research, self.markets) = (account, bars, research, markets)
    }

    /// The report of a run's rows; nil when it has none.
    package func report(_ result: BacktestResult) async -> JournalReport? {
        guard !result.rows.isEmpty else { return nil }
        var report = JournalReport(rows: result.rows, place: "this run of backtest")
        report.warnings = result.warnings
        report.charts = result.charts.mapValues { .drawn($0) }
        report.holdings = result.holdings.count == result.symbols.count ? result.holdings : []
        report.rules = result.rules
        report.isWithoutHolding = .inPieces
        return await judged(report, opinion(of: report.rows))
    }

    /// What is said of rows, whatever their bars are.
    package struct Opinion: Sendable {
        fileprivate let account: AccountReport?
        fileprivate let verdict: ReportVerdict.Finding?
    }

    /// What is said of `rows`, whatever their bars are.
    package func opinion(of rows: [JournalRow]) async -> Opinion {
        let rows = rows.inOrder()
        // Sessions of several markets have no figures in common.
        let report = try? await AccountReport(rows, account)
        // The account has drawn what the verdict wants where it takes all trades as they are.
        let drawn = account.seed == AccountRequest().seed ? report.map { ($0.run.trades, $0.intervals) } : nil
        let verdict = await ReportVerdict(rows, research, markets: markets, drawn: drawn).verdict()
        return Opinion(account: report, verdict: verdict)
    }

    /// Adds what needs more than the rows: the verdict, and the figures beside those of holding.
    package func judged(_ report: JournalReport, _ opinion: Opinion) async -> JournalReport {
        var report = report
        if var told = opinion.account, (try? await told.addHolding(account, bars, holdings: report.holdings)) != nil {
            report.account = told
        }
        report.verdict = opinion.verdict
        return report
    }
}

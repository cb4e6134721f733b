public import PlaybookCore
import PlaybookFileSystem
import PlaybookReports

/// The use case behind `report`: a journal's rows as a page.
public struct ReportJob: Sendable {
    private let settings: Settings
    private let selection: JournalSelection
    private let hasCharts: Bool
    private let account: AccountRequest

    /// A report on the rows that `selection` asks for, in the journal that `settings` choose.
    ///
    /// - Parameters:
    ///   - hasCharts: whether to draw the session of each trade, with bars of the source that `settings` choose.
    ///   - account: what the figures beside those of holding refer to.
    public init(
        settings: Settings, selection: JournalSelection, hasCharts: Bool = true,
        account: AccountRequest = AccountRequest()
    ) {
        self.account = account
        self.settings = settings
        self.hasCharts = hasCharts
        self.selection = selection
    }

    /// The page.
    ///
    /// - Throws: a `PlaybookError`; also where the rows are of several playbooks, parameter sets or modes, or there are
    ///   none.
    public func page() async throws -> ReportFile {
        let settings = try await settings.loaded(all: true)
        let journal = try settings.journal()
        let reader = journal.reader
        let records = try await reader.records(selection)
        try await reader.requireAll(of: selection, found: records)
        try records.requireEachOnce(in: reader.place)
        let groups = try JournalStatistics.groups(of: records)
        guard let group = groups.first else {
            throw PlaybookError(
                .badData, "\(reader.place.location) has no rows of these dates",
                nextStep: reader.place.sampleHint ?? "Ask for other dates, or run 'trading-playbook backtest' first.")
        }
        guard groups.count == 1 else { throw Self.several(groups, in: reader.place) }
        let place = "\(reader.place.writer) journal \(reader.place.location)"
        let drawing = ReportCharts(settings: settings, journal: journal)
        let drawn = hasCharts ? await drawing.charts(of: group.rows) : (charts: [:], holdings: [])
        var rules: String?
        if let row = group.rows.first { rules = try? await drawing.rules(of: row).0.rules?.canonical }
        var file = ReportFile(
            rows: group.rows, place: place, charts: drawn.charts, holdings: drawn.holdings, rules: rules)
        await file.judge(
            account, settings,
            noHolding: hasCharts
                ? Report.Missing(
                    "No bars are at hand, so what holding brought is not known. Name their source:",
                    command: "trading-playbook report --source files --data-dir ./data --html report.html")
                : Report.Missing("Holding is known with charts alone: leave --no-charts out."))
        return file
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
            "\(place.location) has rows of \(groups.count) playbooks, parameter sets or modes, which are never summed up: "
                + names.joined(separator: "; ") + more,
            nextStep: "Choose one with --strategy, --param and --mode.")
    }
}

/// A page that can be kept as a file.
public struct ReportFile: Sendable {
    private var report: Report
    private let holdings: [[CivilDate: Double]]

    init(
        rows: [JournalRow], place: String, warnings: [String] = [], charts: [JournalSession: Report.Chart] = [:],
        holdings: [[CivilDate: Double]] = [], rules: String? = nil
    ) {
        self.holdings = holdings
        var report = Report(rows: rows, place: place, version: programVersion)
        report.warnings = warnings
        report.charts = charts
        report.holding = heldTogether(holdings)
        report.playbookText = rules
        self.report = report
    }

    /// The page of a run's rows; nil when it has none.
    ///
    /// - Parameter account: what the figures beside those of holding refer to.
    public static func of(
        _ result: BacktestResult, account: AccountRequest, settings: Settings
    ) async -> ReportFile? {
        guard !result.rows.isEmpty else { return nil }
        var file = ReportFile(
            rows: result.rows, place: "this run of backtest", warnings: result.warnings,
            charts: result.charts.mapValues { .drawn($0) },
            holdings: result.holdings.count == result.symbols.count ? result.holdings : [], rules: result.rules)
        await file.judge(
            account, settings,
            noHolding: Report.Missing(
                "The sessions were run in several pieces, so what holding brought is not known. Make the page of the journal:",
                command: "trading-playbook report --html report.html"))
        return file
    }

    /// Adds what needs more than the rows: the verdict, and the figures beside those of holding.
    fileprivate mutating func judge(
        _ account: AccountRequest, _ settings: Settings, noHolding: Report.Missing
    ) async {
        let (rows, holdings) = (report.rows, holdings)
        async let verdict = ReportVerdict(rows, settings).verdict()
        // Sessions of several markets have no figures in common.
        let told = try? await AccountReport(rows, account, settings, holdings: holdings)
        report.comparison = told?.comparison(noHolding)
        report.verdict = await verdict
        await report.draw()
    }

    /// The page's bytes.
    public var bytes: [UInt8] { report.html() }

    /// Checks before any work that `path` can be written.
    ///
    /// - Throws: a `PlaybookError` that names it.
    public static func requireWritable(_ path: String, flag: String) throws {
        do {
            guard !FileSystem.isDirectory(path) else {
                throw PlaybookError(.usage, "\(flag): \(path) is a folder", nextStep: "Name a file in it.")
            }
            try FileSystem.createDirectory(FileSystem.directory(of: path))
            try FileSystem.requireReplaceable(path)
        } catch let error as FileError {
            throw cannotWrite(error, flag)
        }
    }

    /// Writes the page to `path`.
    ///
    /// - Throws: a `PlaybookError` that names it.
    public func write(to path: String, flag: String) throws { try Self.write(bytes, to: path, flag: flag) }

    /// Writes a page or a picture to `path`.
    ///
    /// - Throws: a `PlaybookError` that names it.
    public static func write(_ bytes: [UInt8], to path: String, flag: String) throws {
        do {
            try FileSystem.replace(path, with: bytes, isDurable: false)
        } catch {
            throw cannotWrite(error, flag)
        }
    }

    private static func cannotWrite(_ error: FileError, _ flag: String) -> PlaybookError {
        PlaybookError(.cannotWrite, "\(flag): \(error)", nextStep: "Free space, or name a place that can be written.")
    }
}

public import PlaybookCore
import PlaybookFileSystem
import PlaybookReports

/// The use case behind `report`: a journal's rows as a page.
public struct ReportJob: Sendable {
    private let settings: Settings
    private let selection: JournalSelection
    private let hasCharts: Bool

    /// A report on the rows that `selection` asks for, in the journal that `settings` choose.
    ///
    /// - Parameter hasCharts: whether to draw the session of each trade, with bars of the source that `settings` choose.
    public init(settings: Settings, selection: JournalSelection, hasCharts: Bool = true) {
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
        let drawn = hasCharts ? await drawing.charts(of: group.rows) : (charts: [:], holding: [:])
        var rules: String?
        if let row = group.rows.first { rules = try? await drawing.rules(of: row).0.rules?.canonical }
        return ReportFile(rows: group.rows, place: place, charts: drawn.charts, holding: drawn.holding, rules: rules)
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
    private let report: Report

    init(
        rows: [JournalRow], place: String, warnings: [String] = [], charts: [JournalSession: Report.Chart] = [:],
        holding: [CivilDate: Double] = [:], rules: String? = nil
    ) {
        var report = Report(rows: rows, place: place, version: programVersion)
        report.warnings = warnings
        report.charts = charts
        report.holding = holding
        report.playbookText = rules
        self.report = report
    }

    /// The page of a run's rows; nil when it has none.
    public init?(_ result: BacktestResult) {
        guard !result.rows.isEmpty else { return nil }
        self.init(
            rows: result.rows, place: "this run of backtest", warnings: result.warnings,
            charts: result.charts.mapValues { .drawn($0) },
            holding: result.holdings.count == result.symbols.count ? heldTogether(result.holdings) : [:],
            rules: result.rules)
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

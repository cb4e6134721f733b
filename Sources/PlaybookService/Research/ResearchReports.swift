import PlaybookCore
import PlaybookResearch

/// The use cases behind `research`: what is kept in RESEARCH_DIR.
public struct ResearchReports: Sendable {
    /// How to print a run.
    public enum Format: String, Sendable, CaseIterable {
        case table, json, csv, parquet
    }

    private let settings: Settings
    private let store: ResearchStore

    /// The runs in the place that `settings` name.
    public init(settings: Settings) throws {
        self.settings = settings
        store = try settings.researchStore()
    }

    /// The runs that are kept.
    public func list(_ format: ReportFormat) async throws -> String {
        var entries: [ListDocument.Entry] = []
        for id in try await store.runs() {
            let name = "\(id)/manifest.json"
            guard let bytes = try await store.read(name) else { continue }
            let manifest = try ResearchManifest(bytes, at: "\(store.location)/\(name)")
            let marks = [try await store.read("\(id)/results.json"), try await store.read("\(id)/record.json")]
            entries.append(
                ListDocument.Entry(
                    run: id, command: manifest.command, strategy: manifest.playbook.name, symbols: manifest.symbols,
                    start: manifest.start, end: manifest.last,
                    grid: manifest.grid.map { "\($0.name)=\($0.values.joined(separator: ","))" },
                    finished: marks.contains { $0 != nil }))
        }
        switch format {
        case .json: return try jsonText(ListDocument(location: store.location, runs: entries))
        case .table:
            guard !entries.isEmpty else {
                return "\(store.location): no run yet. 'trading-playbook sweep' makes one."
            }
            var table = TextTable(["run", "symbols", "from", "through", "state"])
            for entry in entries {
                table.add(
                    entry.run, entry.symbols.joined(separator: ","), entry.start, entry.end,
                    entry.finished ? "finished" : "unfinished")
            }
            return "\(store.location): \(counted(entries.count, "run"))\n\n"
                + table.lines(leftAligned: [0, 1, 2, 3, 4]).joined(separator: "\n")
        }
    }

    private struct ListDocument: Encodable {
        let schema = "trading-playbook/research/1"
        let location: String
        let runs: [Entry]

        struct Entry: Encodable {
            let run, command, strategy: String
            let symbols: [String]
            let start, end: String
            let grid: [String]
            let finished: Bool
        }
    }

    /// A run's bytes in `format`.
    ///
    /// - Parameters:
    ///   - set: the set to judge; nil for the one with the highest Sharpe ratio.
    public func show(_ id: String, _ format: Format, set: String?, color: Bool) async throws -> [UInt8] {
        let run = try await ResearchRun.load(id, settings, store)
        if run.manifest.command == "walk-forward" {
            guard format == .table || format == .json else {
                throw PlaybookError(.usage, "\(run.id) is a walk-forward: --format table or json")
            }
            let name = "\(run.id)/result.\(format == .json ? "json" : "txt")"
            guard let bytes = try await store.read(name) else {
                throw PlaybookError(
                    .tryAgain, "\(run.id) is not finished", nextStep: "Run the walk-forward again.")
            }
            return bytes.last == UInt8(ascii: "\n") ? Array(bytes.dropLast()) : bytes
        }
        let tasks = try await run.completeTasks()
        let tables = try await SweepTables.of(run, tasks)
        switch format {
        case .csv: return Array(SweepFiles(tables).csv().dropLast())
        case .parquet: return SweepFiles(tables).parquet(digest: run.digest)
        case .table, .json:
            let result = try await SweepResult(tables, isRepeated: false, warnings: try await ignored(run, tasks))
                .judged(set, settings: settings)
            return Array(try result.text(format == .json ? .json : .table, color: color).utf8)
        }
    }

    /// Parts of another number of tasks than those that are read.
    private func ignored(_ run: ResearchRun, _ tasks: [TaskShare]) async throws -> [String] {
        try await run.found().filter { $0.key != tasks.count }.sorted { $0.key < $1.key }.map {
            "\(run.id): \(counted($0.value.count, "part")) of \($0.key) tasks are ignored"
        }
    }
}

package import PlaybookCore
import PlaybookResearch

/// The use cases behind `research`: what is kept in RESEARCH_DIR.
package struct ResearchArchive: Sendable {
    private let store: ResearchStore
    private let markets: @Sendable () throws -> [Market]

    /// The runs in a place.
    package init(_ store: ResearchStore, markets: @escaping @Sendable () throws -> [Market]) {
        (self.store, self.markets) = (store, markets)
    }

    /// A run that is kept.
    package struct Entry: Sendable {
        package let run: String
        package let manifest: ResearchManifest
        package let isFinished: Bool
    }

    /// Where it is.
    package var location: String { store.location }

    /// The runs that are kept.
    package func list() async throws -> [Entry] {
        var entries: [Entry] = []
        for id in try await store.runs() {
            let name = "\(id)/manifest.json"
            guard let bytes = try await store.read(name) else { continue }
            let manifest = try ResearchManifest(bytes, at: "\(store.location)/\(name)")
            let marks = [try await store.read("\(id)/results.json"), try await store.read("\(id)/record.json")]
            entries.append(Entry(run: id, manifest: manifest, isFinished: marks.contains { $0 != nil }))
        }
        return entries
    }

    /// The run called `id`, or so in part.
    package func open(_ id: String) async throws -> ResearchRun { try await ResearchRun.load(id, markets(), store) }

    /// What a walk-forward gave, for programs or for people.
    package func walkForward(_ run: ResearchRun, json: Bool) async throws -> [UInt8] {
        guard let bytes = try await store.read("\(run.id)/result.\(json ? "json" : "txt")") else {
            throw PlaybookError(.tryAgain, "\(run.id) is not finished", nextStep: "Run the walk-forward again.")
        }
        return bytes
    }

    /// The rows of a sweep.
    package func tables(_ run: ResearchRun) async throws -> SweepTables {
        try await SweepTables.of(run, run.completeTasks())
    }

    /// A sweep, judged.
    ///
    /// - Parameter set: the set to judge; nil for the one with the highest Sharpe ratio.
    package func judged(_ run: ResearchRun, set: String?) async throws -> SweepResult {
        let tasks = try await run.completeTasks()
        let tables = try await SweepTables.of(run, tasks)
        return try await SweepResult(tables, isRepeated: false, warnings: try await ignored(run, tasks)).judged(set)
    }

    /// Parts of another number of tasks than those that are read.
    private func ignored(_ run: ResearchRun, _ tasks: [TaskShare]) async throws -> [NeutralText] {
        try await run.found().filter { $0.key != tasks.count }.sorted { $0.key < $1.key }.map {
            "\(run.id): \(counted($0.value.count, "part")) of \($0.key) tasks are ignored"
        }
    }
}

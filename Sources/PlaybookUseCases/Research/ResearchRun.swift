import FoundationEssentials
package import PlaybookCore
package import PlaybookResearch

/// A run of research as it stands in RESEARCH_DIR: its manifest, its sets, and the names of its files.
package struct ResearchRun: Sendable {
    package let manifest: ResearchManifest
    package let id: String
    package let digest: String
    package let request: ResearchRequest
    package let symbols: [Symbol]
    package let sets: ResearchSets
    package let calendar: SessionCalendar
    package let store: ResearchStore

    /// The run of a manifest.
    ///
    /// - Parameter sets: the sets that it was made for; nil to make them of the manifest.
    package init(
        _ manifest: ResearchManifest, _ markets: [Market], _ store: ResearchStore, sets: ResearchSets? = nil
    ) throws {
        self.manifest = manifest
        self.store = store
        digest = try manifest.digest()
        id = manifest.id(digest)
        request = try manifest.request()
        symbols = try manifest.symbolList(markets)
        self.sets =
            try sets ?? ResearchSets(request, PlaybookChoice(manifest.playbook), symbols[0].market)
        guard let last = CivilDate(manifest.last) else {
            throw PlaybookError(.badData, "the manifest's last date is wrong")
        }
        calendar = SessionCalendar(symbols[0].market, from: request.dates.lowerBound, through: last)
        guard calendar.count == manifest.sessions else {
            throw PlaybookError(
                .badData, "the manifest counts \(manifest.sessions) sessions, the calendar \(calendar.count)",
                nextStep: "Run it again.")
        }
    }

    /// A run that is kept.
    package static func load(_ text: String, _ markets: [Market], _ store: ResearchStore) async throws -> ResearchRun {
        let id = try await store.run(text)
        let name = "\(id)/manifest.json"
        guard let bytes = try await store.read(name) else {
            throw PlaybookError(.usage, "there is no run '\(id)' in \(store.location)")
        }
        return try ResearchRun(ResearchManifest(bytes, at: "\(store.location)/\(name)"), markets, store)
    }

    /// How many units: symbols x sets.
    package var units: Int { symbols.count * sets.grid.count }

    /// A unit's symbol and set.
    package func unit(_ number: Int) -> (symbol: Int, set: Int) { (number / sets.grid.count, number % sets.grid.count) }

    /// Units of a part that a run on one machine writes: what an interruption loses at most.
    package static let unitsOfPart = 250

    /// Units whose trades are in memory at a time when results are made of parts.
    package static let unitsAtOnce = 2_000

    /// The parts of a run on one machine.
    package var ownTasks: [TaskShare] {
        let count = max(1, (units + Self.unitsOfPart - 1) / Self.unitsOfPart)
        return (0..<count).compactMap { TaskShare($0, of: count) }
    }

    /// A part that is there and belongs to this manifest; nil when it has yet to be made.
    package func part(_ task: TaskShare) async throws -> (any StoredTradePart)? {
        let name = "\(id)/\(task.partName)"
        guard let bytes = try await store.read(name), store.parts.digest(of: bytes) == digest else { return nil }
        let part = try store.parts.open(bytes, at: "\(store.location)/\(name)")
        return part.units == task.units(of: units) ? part : nil
    }

    /// The numbers of parts into which tasks have divided the run, and which of each are there.
    package func found() async throws -> [Int: Set<Int>] {
        var found: [Int: Set<Int>] = [:]
        for name in try await store.names("\(id)/part-") {
            let numbers = name.dropFirst(id.count + 1).split { !$0.isNumber }.compactMap { Int($0) }
            guard numbers.count == 2, let task = TaskShare(numbers[0], of: numbers[1]),
                name == "\(id)/\(task.partName)", let bytes = try await store.read(name),
                store.parts.digest(of: bytes) == digest
            else { continue }
            found[task.count, default: []].insert(task.index)
        }
        return found
    }

    /// All parts, of the first number of parts of which all are there.
    ///
    /// - Throws: a `PlaybookError` of code `tryAgain` that names those that are missing.
    package func completeTasks() async throws -> [TaskShare] {
        let found = try await found()
        if let count = found.filter({ $0.value.count == $0.key }).keys.min() {
            return (0..<count).compactMap { TaskShare($0, of: count) }
        }
        guard let most = found.max(by: { ($0.value.count, $1.key) < ($1.value.count, $0.key) }) else {
            throw PlaybookError(
                .tryAgain, "the run \(id) has no part yet",
                nextStep: "Run 'trading-playbook sweep --manifest \(store.location)/\(id)/manifest.json --task 0/1'.")
        }
        let missing = (0..<most.key).filter { !most.value.contains($0) }
        let names = missing.prefix(5).map { "\($0)/\(most.key)" }.joined(separator: ", ")
        throw PlaybookError(
            .tryAgain,
            "\(missing.count) of \(most.key) parts of \(id) are missing: --task \(names)"
                + (missing.count > 5 ? " and more" : ""),
            nextStep: "Run these tasks again, with 'sweep --manifest \(store.location)/\(id)/manifest.json'.")
    }
}

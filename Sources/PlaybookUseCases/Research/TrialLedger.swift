import PlaybookCore
import PlaybookResearch

/// Every set that was ever tried on a playbook and a symbol: one object for each run.
struct TrialLedger: Sendable {
    let store: ResearchStore

    private static let schema = "trading-playbook/trials/1"

    /// Remembers the sets of a run. A repeated run changes nothing.
    func remember(_ run: ResearchRun) async throws {
        var lines = [Self.schema, run.symbols.map(\.qualifiedName).joined(separator: " ")]
        for set in 0..<run.sets.grid.count {
            if let playbook = run.sets.playbook(set) { lines.append(ResearchSets.canonical(playbook)) }
        }
        let name = "trials/\(run.manifest.playbook.name)/\(run.id).txt"
        try await store.write(name, Array((lines.joined(separator: "\n") + "\n").utf8))
    }

    /// How many distinct sets were tried on a playbook and any of some symbols.
    func count(_ playbook: String, _ symbols: [Symbol]) async throws -> Int {
        let names = Set(symbols.map(\.qualifiedName))
        var seen: Set<String> = []
        for name in try await store.names("trials/\(playbook)/") {
            guard let bytes = try await store.read(name) else { continue }
            let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
            guard lines.count > 1, lines[0] == Self.schema else {
                throw PlaybookError(
                    .badData, "\(store.location)/\(name) is not a list of trials",
                    nextStep: "Move the file elsewhere, or restore it.")
            }
            guard !names.isDisjoint(with: lines[1].split(separator: " ").map(String.init)) else { continue }
            seen.formUnion(lines.dropFirst(2))
        }
        return seen.count
    }
}

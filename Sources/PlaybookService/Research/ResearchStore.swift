import PlaybookCore
import PlaybookGoogle
import PlaybookMarketData

/// Where research keeps its runs: RESEARCH_DIR, a folder or a bucket.
struct ResearchStore: Sendable {
    let blobs: any BlobStore

    /// Where it is, for messages.
    var location: String { blobs.location }

    /// The bytes called `name`; nil when there are none.
    func read(_ name: String) async throws -> [UInt8]? { try await blobs.read(name)?.bytes }

    /// Writes bytes, whatever was there before.
    ///
    /// - Throws: a `PlaybookError`; also when another process keeps writing the same.
    func write(_ name: String, _ bytes: [UInt8]) async throws {
        for _ in 0..<5 {
            let there = try await blobs.read(name)
            if there?.bytes == bytes { return }
            if try await blobs.write(name, bytes, replacing: there?.version) { return }
        }
        throw PlaybookError(
            .tryAgain, "\(location)/\(name) is being written by other processes", nextStep: "Run again.")
    }

    /// The names that start with `prefix`.
    func names(_ prefix: String) async throws -> [String] { try await blobs.list(prefix).map(\.name) }

    /// The runs that are kept, sorted.
    func runs() async throws -> [String] {
        try await names("").compactMap { name in
            name.hasSuffix("/manifest.json") ? String(name.dropLast("/manifest.json".count)) : nil
        }.filter { !$0.contains("/") }.sorted()
    }

    /// The run that a user names: its id, or as much of it as tells it from others.
    func run(_ text: String) async throws -> String {
        let all = try await runs()
        if all.contains(text) { return text }
        let found = all.filter { $0.contains(text) }
        guard let only = found.first, found.count == 1 else {
            throw PlaybookError(
                .usage,
                found.isEmpty
                    ? "there is no run '\(text.prefix(80))' in \(location)"
                    : "'\(text.prefix(80))' is part of the names of \(found.count) runs in \(location)",
                nextStep: found.isEmpty
                    ? "'trading-playbook research list' lists the runs."
                    : "Write more of it: \(found.prefix(3).joined(separator: ", ")).")
        }
        return only
    }
}

extension Settings {
    /// Where research keeps its runs.
    func researchStore() throws -> ResearchStore {
        try researchStore(self[.researchDirectory] ?? "") { wrong(.researchDirectory, $0) }
    }

    /// A store at an address.
    func researchStore(_ place: String, _ error: (String) -> PlaybookError) throws -> ResearchStore {
        switch JournalAddress(place) {
        case .file(let folder)? where !folder.isEmpty: return ResearchStore(blobs: LocalBlobStore(root: folder))
        case .bucket(let name, let prefix)?:
            return ResearchStore(blobs: CloudBlobStore(try cloudStorage(name), prefix: prefix ?? ""))
        case .file?, .mongodb?, .postgres?, nil: throw error("this is neither a folder nor gs://BUCKET/PREFIX")
        }
    }
}

package import PlaybookCore

/// Where research keeps its runs: RESEARCH_DIR, a folder or a bucket.
package struct ResearchStore: Sendable {
    private let blobs: any BlobStore
    /// How trades are stored.
    package let parts: any TradePartFormat
    /// What is kept of finished runs for people and other programs.
    package let documents: any ResearchDocuments

    package init(_ blobs: any BlobStore, parts: any TradePartFormat, documents: any ResearchDocuments) {
        (self.blobs, self.parts, self.documents) = (blobs, parts, documents)
    }

    /// Where it is, for messages.
    package var location: String { blobs.location }

    /// The bytes called `name`; nil when there are none.
    package func read(_ name: String) async throws -> [UInt8]? { try await blobs.read(name)?.bytes }

    /// Writes bytes, whatever was there before.
    ///
    /// - Throws: a `PlaybookError`; also when another process keeps writing the same.
    package func write(_ name: String, _ bytes: [UInt8]) async throws {
        for _ in 0..<5 {
            let there = try await blobs.read(name)
            if there?.bytes == bytes { return }
            if try await blobs.write(name, bytes, replacing: there?.version) { return }
        }
        throw PlaybookError(
            .tryAgain, "\(location)/\(name) is being written by other processes", nextStep: "Run again.")
    }

    /// The names that start with `prefix`.
    package func names(_ prefix: String) async throws -> [String] { try await blobs.list(prefix).map(\.name) }

    /// The runs that are kept, sorted.
    package func runs() async throws -> [String] {
        try await names("").compactMap { name in
            name.hasSuffix("/manifest.json") ? String(name.dropLast("/manifest.json".count)) : nil
        }.filter { !$0.contains("/") }.sorted()
    }

    /// The run that a user names: its id, or as much of it as tells it from others.
    package func run(_ text: String) async throws -> String {
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

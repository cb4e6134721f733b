public import PlaybookCore

/// Texts in a folder or a bucket, each a blob `{folder}/{name}.txt`, or with another ending.
public struct BlobJournalMemory: JournalMemory {
    private let store: any BlobStore
    private let folder: String
    private let ending: String

    /// The texts in `folder` of `store`.
    public init(_ store: any BlobStore, folder: String, ending: String = ".txt") {
        self.store = store
        self.folder = folder
        self.ending = ending
    }

    public func text(_ name: String) async throws -> String? {
        try await store.read(blob(name)).map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    public func keep(_ text: String, as name: String) async throws {
        let bytes = Array(text.utf8)
        for _ in 0..<10 {
            let before = try await store.read(blob(name))
            if before?.bytes == bytes { return }
            if try await store.write(blob(name), bytes, replacing: before?.version) { return }
        }
        throw PlaybookError(
            .tryAgain, "\(store.location)/\(blob(name)) keeps being changed by others",
            nextStep: "Run again when they have finished.")
    }

    private func blob(_ name: String) -> String { "\(folder)/\(name)\(ending)" }
}

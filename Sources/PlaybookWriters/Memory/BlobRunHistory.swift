public import PlaybookCore

/// Runs as lines of JSON in a blob, `{folder}/runs.jsonl`, the earliest first.
public struct BlobRunHistory: RunHistory {
    private let store: any BlobStore
    private let name: String

    /// The runs in `folder` of `store`.
    public init(_ store: any BlobStore, folder: String) {
        self.store = store
        name = "\(folder)/runs.jsonl"
    }

    public func keep(_ run: RunRecordText, now: Instant) async throws {
        for _ in 0..<10 {
            let before = try await store.read(name)
            let runs = RunRecordText.kept(Self.runs(before?.bytes ?? []) + [run], now: now)
            let bytes = runs.reversed().flatMap { Array($0.line.utf8) + [UInt8(ascii: "\n")] }
            if try await store.write(name, bytes, replacing: before?.version) { return }
        }
        throw PlaybookError(
            .tryAgain, "\(store.location)/\(name) keeps being changed by others",
            nextStep: "Run again when they have finished.")
    }

    public func runs() async throws -> [RunRecordText] {
        Self.runs(try await store.read(name)?.bytes ?? []).reversed()
    }

    private static func runs(_ bytes: [UInt8]) -> [RunRecordText] {
        String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).compactMap { RunRecordText(line: $0) }
    }
}

public import PlaybookCore
import PlaybookGzip

/// A bucket, or the part of it below a prefix, as a `BlobStore`. A blob is an object; its version is the object's
/// generation, which never comes back.
public struct CloudBlobStore: BlobStore {
    private let storage: CloudStorage
    /// Empty, or with a `/` at the end.
    private let prefix: String
    private let attributes: Attributes

    /// What is said of every object that is written.
    public struct Attributes: Hashable, Sendable {
        /// Its media type.
        public var contentType = "application/octet-stream"
        /// How long others may keep it: `no-cache` for what changes.
        public var cacheControl: String?
        /// Whether it is stored compressed, as gzip.
        public var isCompressed = false

        /// Plain bytes.
        public init() {}
    }

    /// The blobs below `prefix`, a name or several with `/` between them; empty for the whole bucket.
    public init(_ storage: CloudStorage, prefix: String = "", attributes: Attributes = Attributes()) {
        self.storage = storage
        self.attributes = attributes
        let name = prefix.split(separator: "/").joined(separator: "/")
        self.prefix = name.isEmpty ? "" : name + "/"
    }

    public var location: String { "gs://\(storage.bucket)\(prefix.isEmpty ? "" : "/")\(prefix.dropLast())" }

    public func read(_ name: String) async throws -> Blob? {
        try await storage.read(prefix + name).map {
            Blob(bytes: $0.bytes, version: BlobVersion("\($0.generation)"))
        }
    }

    public func write(_ name: String, _ bytes: [UInt8], replacing version: BlobVersion?) async throws -> Bool {
        var generation: Int64 = 0
        if let version {
            // Another store's version is none of this one.
            guard let number = Int64(version.token), number > 0 else { return false }
            generation = number
        }
        let stored = attributes.isCompressed ? try Gzip.compress(bytes) : bytes
        let result = try await storage.write(
            prefix + name, stored, contentType: attributes.contentType, cacheControl: attributes.cacheControl,
            contentEncoding: attributes.isCompressed ? "gzip" : nil, ifGenerationMatch: generation)
        return result != .preconditionFailed
    }

    /// Copies the object and deletes it: who reads in between finds it under both names. What is written under the old
    /// name meanwhile stays there.
    public func move(_ name: String, to newName: String) async throws {
        guard name != newName else { return }
        for _ in 0..<Self.moves {
            guard let generation = try await storage.generation(of: prefix + name) else { return }
            let replaced = try await storage.generation(of: prefix + newName) ?? 0
            let copy = try await storage.copy(
                prefix + name, to: prefix + newName, generation: generation, ifGenerationMatch: replaced)
            // One of the two has changed.
            if copy == .preconditionFailed { continue }
            _ = try await storage.delete(prefix + name, ifGenerationMatch: generation)
            return
        }
        throw PlaybookError(
            .tryAgain, "cannot move \(location)/\(name): it is being written all the time", nextStep: "Run again.")
    }

    public func list(_ prefix: String) async throws -> [BlobListing] {
        try await storage.list(self.prefix + prefix).map {
            let name = $0.name.utf8.dropFirst(self.prefix.utf8.count)
            return BlobListing(name: String(decoding: name, as: UTF8.self), size: $0.size)
        }.sorted { $0.name < $1.name }
    }

    /// Reads the list, and asks which of the permissions that writing needs are granted. An emulator grants everything
    /// and may not even know the question.
    public func requireAccess() async throws {
        _ = try await storage.list(prefix)
        guard storage.wantsTokens else { return }
        let missing = Self.permissions.subtracting(try await storage.testPermissions(Self.permissions.sorted()))
        guard missing.isEmpty else { throw await storage.denied(missing.sorted()) }
    }

    /// Replacing an object counts as deleting the one before.
    private static let permissions: Set = [
        "storage.objects.create", "storage.objects.delete", "storage.objects.get", "storage.objects.list",
    ]

    private static let moves = 10
}

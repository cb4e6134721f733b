public import PlaybookCore
import Synchronization

/// Blobs in memory, with failures at will.
public final class MemoryBlobStore: BlobStore {
    /// What a test makes of a write before it happens, or of a check (without a name): it may throw, or change what is
    /// there.
    public typealias Interference = @Sendable (MemoryBlobStore, _ name: String) throws -> Void

    private struct Stored {
        var bytes: [UInt8]
        var version: Int
    }

    private struct State {
        var blobs: [String: Stored] = [:]
        var lastVersion = 0
        var writes: [String] = []
    }

    private let state = Mutex(State())
    private let interference: Interference?

    public init(beforeWrite interference: Interference? = nil) { self.interference = interference }

    public var location: String { "memory" }

    /// The names that were written, in order.
    public var writes: [String] { state.withLock { $0.writes } }

    /// All blobs' bytes by name.
    public var contents: [String: [UInt8]] { state.withLock { $0.blobs.mapValues(\.bytes) } }

    public func read(_ name: String) async throws -> Blob? {
        state.withLock { state in
            state.blobs[name].map { Blob(bytes: $0.bytes, version: BlobVersion("\($0.version)")) }
        }
    }

    public func write(_ name: String, _ bytes: [UInt8], replacing version: BlobVersion?) async throws -> Bool {
        try interference?(self, name)
        return state.withLock { state in
            guard state.blobs[name].map({ BlobVersion("\($0.version)") }) == version else { return false }
            state.writes.append(name)
            Self.put(name, bytes, &state)
            return true
        }
    }

    public func move(_ name: String, to newName: String) async throws {
        state.withLock { state in
            if let blob = state.blobs.removeValue(forKey: name) { Self.put(newName, blob.bytes, &state) }
        }
    }

    public func list(_ prefix: String) async throws -> [BlobListing] {
        state.withLock { state in
            state.blobs.filter { $0.key.hasPrefix(prefix) }.sorted { $0.key < $1.key }.map {
                BlobListing(name: $0.key, size: $0.value.bytes.count)
            }
        }
    }

    public func requireAccess() async throws { try interference?(self, "") }

    /// Writes whatever is there.
    public func put(_ name: String, _ bytes: [UInt8]) { state.withLock { Self.put(name, bytes, &$0) } }

    private static func put(_ name: String, _ bytes: [UInt8], _ state: inout State) {
        state.lastVersion += 1
        state.blobs[name] = Stored(bytes: bytes, version: state.lastVersion)
    }
}

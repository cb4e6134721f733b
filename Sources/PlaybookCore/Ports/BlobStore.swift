/// Named pieces of bytes: a folder of files, a bucket of objects. The cache of bars lives in one.
///
/// Names are relative paths of `/`-separated components that are safe in file names. A blob is written whole: a reader
/// finds the old bytes or the new ones, never a part, whatever crashes. Errors are `PlaybookError`s that name the place.
public protocol BlobStore: Sendable {
    /// Where it is, for messages: `./data/cache`, `gs://bucket/prefix`.
    var location: String { get }

    /// The blob called `name`, or nil when there is none.
    func read(_ name: String) async throws -> Blob?

    /// Writes the blob called `name` if it still is as it was read: of `version`, or absent when `version` is nil.
    ///
    /// - Returns: false when it has changed meanwhile; nothing is written then.
    func write(_ name: String, _ bytes: [UInt8], replacing version: BlobVersion?) async throws -> Bool

    /// Renames a blob; whatever had the new name is lost. Does nothing when there is no such blob.
    func move(_ name: String, to newName: String) async throws

    /// The blobs whose names start with `prefix`, sorted by name.
    func list(_ prefix: String) async throws -> [BlobListing]

    /// Checks that blobs can be read and may be written, and writes nothing.
    ///
    /// - Throws: a `PlaybookError` that says what stands in the way.
    func requireAccess() async throws
}

/// A blob's bytes and which version of it they are.
public struct Blob: Sendable {
    /// What it holds.
    public let bytes: [UInt8]
    /// The version read.
    public let version: BlobVersion

    /// `bytes` as of `version`.
    public init(bytes: [UInt8], version: BlobVersion) {
        self.bytes = bytes
        self.version = version
    }
}

/// Which version of a blob: two reads of the same version gave the same bytes.
public struct BlobVersion: Hashable, Sendable {
    /// What the store tells versions apart by: an object's generation, a digest.
    public let token: String

    /// The version that `token` stands for.
    public init(_ token: String) { self.token = token }
}

/// A blob in a list.
public struct BlobListing: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// Its size in bytes.
    public let size: Int

    /// A blob called `name` of `size` bytes.
    public init(name: String, size: Int) {
        self.name = name
        self.size = size
    }
}

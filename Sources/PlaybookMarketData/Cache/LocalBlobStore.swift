public import PlaybookCore
import PlaybookFileSystem

/// A folder as a `BlobStore`: a blob a file. Files are replaced whole under a lock of their folder, so that processes may
/// share it. They are not synced to the disk one by one: what a power failure spoils is found out by its checksum.
public struct LocalBlobStore: BlobStore {
    private let root: String
    private let lockTimeout: Duration

    /// The blobs in the folder `root`, which need not exist yet.
    /// - Parameter lockTimeout: how long to wait for another process that is writing to the same folder.
    public init(root: String, lockTimeout: Duration = .seconds(10)) {
        self.root = root
        self.lockTimeout = lockTimeout
    }

    public var location: String { root }

    public func read(_ name: String) async throws -> Blob? {
        do {
            let reader = try FileReader(path(name))
            return Blob(bytes: try reader.contents(), version: BlobVersion(reader.identity))
        } catch {
            if error.isNotFound { return nil }
            throw PlaybookError(
                .sourceUnavailable, NeutralText(error.description), nextStep: "Check the permissions of \(root).")
        }
    }

    public func write(_ name: String, _ bytes: [UInt8], replacing version: BlobVersion?) async throws -> Bool {
        let path = path(name)
        return try await locked(path) { () throws(FileError) in
            let replacement = try FileReplacement(of: path, isDurable: false)
            guard replacement.identity.map(BlobVersion.init) == version else { return false }
            replacement.writer.write(bytes)
            return try replacement.commit() == .done
        }
    }

    public func move(_ name: String, to newName: String) async throws {
        let path = path(name)
        guard FileSystem.exists(path) else { return }
        try await locked(path) { () throws(FileError) in
            do throws(FileError) {
                try FileSystem.move(path, to: self.path(newName))
            } catch {
                // Another process was quicker.
                if !error.isNotFound { throw error }
            }
        }
    }

    public func list(_ prefix: String) async throws -> [BlobListing] {
        let folder = prefix.lastIndex(of: "/").map { String(prefix[..<$0]) } ?? ""
        return try names(in: folder).filter { $0.hasPrefix(prefix) }.sorted().compactMap { name in
            FileSystem.size(of: path(name)).map { BlobListing(name: name, size: $0) }
        }
    }

    public func requireAccess() async throws {
        do throws(FileError) {
            try FileSystem.requireReplaceable(path("v1"))
        } catch {
            throw Self.unwritable(error, root)
        }
    }

    private func path(_ name: String) -> String { name.isEmpty ? root : "\(root)/\(name)" }

    private func names(in folder: String) throws -> [String] {
        guard FileSystem.isDirectory(path(folder)) else { return [] }
        do {
            return try FileSystem.names(in: path(folder)).filter { !$0.hasPrefix(".") }.flatMap { entry in
                let name = folder.isEmpty ? entry : "\(folder)/\(entry)"
                return FileSystem.isDirectory(path(name)) ? try names(in: name) : [name]
            }
        } catch let error as FileError {
            throw PlaybookError(
                .sourceUnavailable, NeutralText(error.description), nextStep: "Check the permissions of \(root).")
        }
    }

    private func locked<Result>(_ path: String, _ body: () throws(FileError) -> Result) async throws -> Result {
        let folder = FileSystem.directory(of: path)
        do {
            try FileSystem.createDirectory(folder)
            guard let lock = try await FileLock.take("\(folder)/.lock", timeout: lockTimeout) else {
                throw PlaybookError(
                    .tryAgain, "\(folder) is being written by another process (lock file \(folder)/.lock)",
                    nextStep: "Run again when it has finished.")
            }
            return try withExtendedLifetime(lock) { try body() }
        } catch let error as FileError {
            throw Self.unwritable(error, root)
        }
    }

    private static func unwritable(_ error: FileError, _ root: String) -> PlaybookError {
        PlaybookError(
            .cannotWrite, NeutralText(error.description),
            nextStep: """
                Check the permissions of \(root) and the free space, or name another folder in \(.set(.cacheFolder)).
                """)
    }
}

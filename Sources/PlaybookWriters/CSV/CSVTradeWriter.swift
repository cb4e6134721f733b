public import PlaybookCore
import PlaybookFileSystem

/// The journal as one CSV file, merged by key, sorted by (trade_date, symbol, strategy, params_id).
///
/// The file is read, merged and replaced under a lock, so that runs at the same time all get their rows in; a kill at
/// any instant leaves the old file or the new one, whole. A file that is not a journal of the known columns is refused
/// and left as it is.
public actor CSVTradeWriter: TradeWriter {
    private let path: String
    private let lockTimeout: Duration
    private var rows: [JournalRow] = []
    private var receipt: WriteReceipt?

    /// A writer to the file at `path`, which need not exist yet.
    ///
    /// - Parameter lockTimeout: how long to wait for another process that is writing the same file.
    public init(path: String, lockTimeout: Duration = .seconds(30)) {
        self.path = path
        self.lockTimeout = lockTimeout
    }

    public func write(_ rows: [JournalRow]) throws {
        guard receipt == nil else { throw PlaybookError(.cannotWrite, "\(path): rows were written after finalize") }
        self.rows += rows
    }

    public func finalize() async throws -> WriteReceipt {
        if let receipt { return receipt }
        var receipt = WriteReceipt(writer: "csv", location: path)
        if !rows.isEmpty {
            let merge = try await merged()
            receipt.added = merge.added
            receipt.replaced = merge.replaced
            receipt.unchanged = merge.unchanged
        }
        self.receipt = receipt
        rows = []
        return receipt
    }

    private func merged() async throws -> JournalMerge {
        do {
            let target = FileSystem.resolved(path)
            let folder = FileSystem.directory(of: target)
            try FileSystem.createDirectory(folder)
            let lock = try await lock("\(folder)/.\(FileSystem.name(of: target)).lock")
            return try withExtendedLifetime(lock) {
                let merge = try JournalMerge(existing: existing(target), new: rows.map(JournalRecord.init))
                if merge.added + merge.replaced > 0 {
                    try FileSystem.replace(target, with: JournalCSV.bytes(merge.records))
                }
                return merge
            }
        } catch let error as FileError {
            throw PlaybookError(
                .cannotWrite, "the journal was not written: \(error)",
                nextStep: "Check the folder, its permissions and the free space, or choose another file with --output.")
        }
    }

    private func existing(_ target: String) throws -> [JournalRecord] {
        let bytes: [UInt8]
        do {
            bytes = try FileReader.contents(of: target)
        } catch {
            if error.isNotFound { return [] }
            throw error
        }
        do {
            return try JournalCSV.records(bytes)
        } catch {
            throw PlaybookError(
                .cannotWrite, "\(path):\(error.line): \(error.problem); the file was left as it is",
                nextStep: "Choose another file with --output, or mend this one.")
        }
    }

    private func lock(_ lockPath: String) async throws -> FileLock {
        if let lock = try await FileLock.take(lockPath, timeout: lockTimeout) { return lock }
        throw PlaybookError(
            .tryAgain, "\(path) is being written by another process (lock file \(lockPath))",
            nextStep: "Run again when it has finished.")
    }
}

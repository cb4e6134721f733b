public import PlaybookCore
import PlaybookFileSystem

/// The journal as one CSV file, merged by key, sorted by (trade_date, symbol, strategy, params_id).
///
/// The file is read, merged and replaced under a lock, so that runs at the same time all get their rows in; a kill at
/// any instant leaves the old file or the new one, whole. A file that is not a journal of the known columns is refused
/// and left as it is.
public actor CSVTradeWriter: TradeWriter {
    public nonisolated let place: JournalPlace
    private let path: String
    private let lockTimeout: Duration
    private var pending: PendingRows

    /// A writer to the file at `path`, which need not exist yet.
    ///
    /// - Parameter lockTimeout: how long to wait for another process that is writing the same file.
    public init(path: String, lockTimeout: Duration = .seconds(30)) {
        self.path = path
        self.lockTimeout = lockTimeout
        place = JournalPlace(writer: "csv", location: path)
        pending = PendingRows(place)
    }

    public func write(_ records: [JournalRecord]) throws { try pending.add(records) }

    public func preview() throws -> WriteReceipt {
        let target = FileSystem.resolved(path)
        try located { () throws(FileError) in try FileSystem.requireReplaceable(target) }
        var receipt = WriteReceipt(place)
        receipt.count(try pending.merge(existing: existing(target), new: pending.records))
        return receipt
    }

    public func finalize() async throws -> WriteReceipt {
        if let receipt = pending.receipt { return receipt }
        var receipt = WriteReceipt(place)
        if !pending.records.isEmpty { receipt.count(try await merged()) }
        pending.settle(receipt)
        return receipt
    }

    private func merged() async throws -> JournalMerge {
        let target = FileSystem.resolved(path)
        let folder = FileSystem.directory(of: target)
        try located { () throws(FileError) in try FileSystem.createDirectory(folder) }
        let lock = try await lock("\(folder)/.\(FileSystem.name(of: target)).lock")
        return try withExtendedLifetime(lock) {
            let merge = try pending.merge(existing: existing(target), new: pending.records)
            if !merge.changes.isEmpty {
                pending.attempt(merge)
                let bytes = JournalCSV.bytes(merge.records)
                try located { () throws(FileError) in try FileSystem.replace(target, with: bytes) }
            }
            return merge
        }
    }

    private func existing(_ target: String) throws -> [JournalRecord] {
        let bytes = try located { () throws(FileError) in try FileReader.contentsIfThere(of: target) ?? [] }
        do {
            return try JournalCSV.records(bytes)
        } catch {
            throw PlaybookError(
                .cannotWrite, "\(path):\(error.line): \(error.problem); the file was left as it is",
                nextStep: "Choose another file with --output, or mend this one.")
        }
    }

    private func lock(_ lockPath: String) async throws -> FileLock {
        let lock: FileLock?
        do {
            lock = try await FileLock.take(lockPath, timeout: lockTimeout)
        } catch let error as FileError {
            throw Self.unwritable(error)
        }
        if let lock { return lock }
        throw PlaybookError(
            .tryAgain, "\(path) is being written by another process (lock file \(lockPath))",
            nextStep: "Run again when it has finished.")
    }

    private func located<Result>(_ body: () throws(FileError) -> Result) throws -> Result {
        do throws(FileError) {
            return try body()
        } catch {
            throw Self.unwritable(error)
        }
    }

    private static func unwritable(_ error: FileError) -> PlaybookError {
        PlaybookError(
            .cannotWrite, "the journal was not written: \(error)",
            nextStep: "Check the folder, its permissions and the free space, or choose another file with --output.")
    }
}

public import PlaybookCore
import PlaybookFileSystem

/// The journal as one CSV file, merged by key, sorted by (trade_date, symbol, strategy, params_id, mode, trade_no).
///
/// The file is read, merged and replaced under a lock, so that runs at the same time all get their rows in; where the
/// lock keeps nobody out, a run that finds the file changed merges again. A kill at any instant leaves the old file or
/// the new one, whole. It is merged as it is read: memory does not grow with it, but
/// for a file that somebody has sorted in another way. A file that is not a journal is refused and left as it is.
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

    public func preview() async throws -> WriteReceipt {
        let file = CSVJournalFile(path)
        try Self.located { try FileSystem.requireReplaceable(file.target) }
        var receipt = WriteReceipt(place)
        let merge = try await rewrite(file, into: nil)
        receipt.count(merge.outcomes, removed: merge.vanished.count)
        return receipt
    }

    public func finalize() async throws -> WriteReceipt {
        if let receipt = pending.receipt { return receipt }
        var receipt = WriteReceipt(place)
        if !pending.records.isEmpty {
            let merge = try await replace { $0.isChange }
            receipt.count(merge.outcomes, removed: merge.vanished.count)
        }
        pending.settle(receipt)
        return receipt
    }

    public func upgrade(isDryRun: Bool) async throws -> JournalUpgrade {
        let file = CSVJournalFile(path)
        var upgrade = JournalUpgrade()
        guard FileSystem.exists(file.target) else { return upgrade }
        let merge = try await isDryRun ? rewrite(file, into: nil) : replace { $0.isUpgrade }
        upgrade.count(rows: merge.rows, upgraded: merge.upgraded)
        return upgrade
    }

    /// Merges the rows handed over into the file, under its lock.
    ///
    /// - Parameter isWanted: whether the new text is to take the old one's place.
    private func replace(_ isWanted: (JournalRewrite) -> Bool) async throws -> JournalRewrite {
        let file = CSVJournalFile(path)
        let folder = FileSystem.directory(of: file.target)
        try Self.located { try FileSystem.createDirectory(folder) }
        let lock = try await lock("\(folder)/.\(FileSystem.name(of: file.target)).lock")
        defer { withExtendedLifetime(lock) {} }
        let deadline = ContinuousClock.now + lockTimeout
        while true {
            let (merge, outcome) = try await attempt(file, isWanted)
            if outcome == .done { return merge }
            guard ContinuousClock.now < deadline else {
                throw PlaybookError(
                    .tryAgain, "\(path) is being written by other processes all the time",
                    nextStep: "Run again when they have finished.")
            }
            if outcome == .claimed { try await Task.sleep(for: .milliseconds(.random(in: 5...20))) }
        }
    }

    /// Merges the rows handed over into the file as it is now, if it is still that when the new text is complete.
    private func attempt(
        _ file: CSVJournalFile, _ isWanted: (JournalRewrite) -> Bool
    ) async throws -> (JournalRewrite, FileReplacement.Outcome) {
        do {
            try FileSystem.requireOneName(file.target)
            let replacement = try FileReplacement(of: file.target)
            let merge = try await rewrite(file, into: replacement.writer)
            guard isWanted(merge) else { return (merge, .done) }
            return (merge, try replacement.commit { pending.attempt(merge.outcomes) })
        } catch let error as FileError {
            throw Self.unwritable(error)
        }
    }

    /// The file's text with the rows handed over.
    ///
    /// - Parameter writer: where to write it; nil for nowhere.
    private func rewrite(_ file: CSVJournalFile, into writer: FileWriter?) async throws -> JournalRewrite {
        do {
            if let merge = try await rewriteInPieces(file, into: writer) { return merge }
            return try pending.located { try rewriteInOneGo(file, into: writer) }
        } catch let error as JournalFormatError {
            throw file.problem(error, isWriting: true)
        }
    }

    /// As `rewrite`, of a large file, on all cores; nil when that is not possible.
    private func rewriteInPieces(_ file: CSVJournalFile, into writer: FileWriter?) async throws -> JournalRewrite? {
        guard let text = try file.divisible(), text.size >= JournalCSV.worthDividing else { return nil }
        do {
            return try await JournalRewrite(pending.records, earlier: pending.earlier, dividing: text) {
                writer?.write($0)
            }
        } catch  where error is JournalRewrite.NotDivisible || error is JournalRewrite.NotSorted {
            try writer?.restart()
            return nil
        } catch let error as PlaybookError {
            try pending.located { throw error }
            return nil
        }
    }

    private func rewriteInOneGo(_ file: CSVJournalFile, into writer: FileWriter?) throws -> JournalRewrite {
        let write: ([UInt8]) throws -> Void = { writer?.write($0) }
        do {
            return try JournalRewrite(pending.records, earlier: pending.earlier, file.open, write: write)
        } catch is JournalRewrite.NotSorted {
            try writer?.restart()
            return try JournalRewrite(unsorted: pending.records, earlier: pending.earlier, file.open, write: write)
        }
    }

    private func lock(_ lockPath: String) async throws -> FileLock {
        do {
            if let lock = try await FileLock.take(lockPath, timeout: lockTimeout) { return lock }
        } catch let error as FileError {
            throw Self.unwritable(error)
        }
        throw PlaybookError(
            .tryAgain, "\(path) is being written by another process (lock file \(lockPath))",
            nextStep: "Run again when it has finished.")
    }

    private static func located<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as FileError {
            throw unwritable(error)
        }
    }

    private static func unwritable(_ error: FileError) -> PlaybookError {
        PlaybookError(
            .cannotWrite, "the journal was not written: \(error)",
            nextStep: error.number == 0
                ? "Leave it one name (symbolic links may stand for others), or choose another file with \(.set(.journalPlace))."
                : "Check the folder, its permissions and the free space, or choose another file with \(.set(.journalPlace))."
        )
    }
}

public import PlaybookCore

/// A file of rows that is not a journal.
package protocol RowsFile: Sendable {
    /// Its kind and where it is.
    var place: JournalPlace { get }
    /// Writes rows in the place of what was there.
    func write(_ records: [JournalRecord]) throws
}

/// Copies rows from one journal to another, session by session: safe to repeat. Or to a Parquet file, for other tools.
public struct JournalCopy: Sendable {
    private let source: Journal
    private let target: Target

    private enum Target {
        case journal(Journal)
        /// A file of another kind, which is written anew.
        case file(any RowsFile)
    }

    /// A copy from one journal to another.
    package init(from source: Journal, to journal: Journal) throws {
        self.source = source
        guard source.place != journal.place else {
            throw PlaybookError(
                .usage, "--from and --to name the same journal, \(source.place.location)",
                nextStep: "Name another one with --to, csv, gcs, mongodb, postgres or a place.")
        }
        target = .journal(journal)
    }

    /// A copy of a journal to a file of another kind.
    package init(from source: Journal, to file: any RowsFile) { (self.source, target) = (source, .file(file)) }

    /// Copies the rows that `selection` asks for.
    ///
    /// - Parameter isDryRun: looks at what would be done and writes nothing.
    /// - Throws: a `PlaybookError` when rows cannot be read or written; also when a row is there twice: which of the two
    ///   is right cannot be told.
    public func run(_ selection: JournalSelection, isDryRun: Bool) async throws -> Result {
        if !isDryRun, let receipt = try await streamed(selection) {
            let rows = receipt.added + receipt.replaced + receipt.unchanged
            return Result(source: source.place, rows: rows, isDryRun: false, receipt: receipt)
        }
        let records = try await source.reader.records(selection)
        try await source.requireAll(of: selection, found: records)
        try records.requireEachOnce(in: source.place)
        return Result(
            source: source.place, rows: records.count, isDryRun: isDryRun,
            receipt: try await put(records, isDryRun: isDryRun))
    }

    /// Copies rows as they are read, where both journals can do that; nil, and nothing is done, where they cannot. What was
    /// asked for by name may not be there: that is seen when all rows are.
    private func streamed(_ selection: JournalSelection) async throws -> WriteReceipt? {
        guard case .journal(let journal) = target, selection.symbols == nil, selection.strategy == nil,
            selection.parametersID == nil, selection.mode == nil
        else { return nil }
        return try await journal.takeOver?(selection, source.reader)
    }

    private func put(_ records: [JournalRecord], isDryRun: Bool) async throws -> WriteReceipt {
        switch target {
        case .journal(let journal):
            let writer = journal.makeWriter()
            try await writer.write(records)
            return try await isDryRun ? writer.preview() : writer.finalize()
        case .file(let file):
            // A file of no rows would take the place of one with some.
            guard !records.isEmpty else {
                throw PlaybookError(
                    .badData, "\(source.place.location): no rows to copy; \(file.place.location) is left as it is",
                    nextStep: source.sampleHint.map { Remedy($0) } ?? "Check the place, and what was asked for.")
            }
            if !isDryRun { try file.write(records) }
            return WriteReceipt(file.place, added: records.count)
        }
    }

    /// What was copied.
    public struct Result: Sendable {
        package let source: JournalPlace
        package let rows: Int
        package let isDryRun: Bool
        package let receipt: WriteReceipt

        init(source: JournalPlace, rows: Int, isDryRun: Bool, receipt: WriteReceipt) {
            self.source = source
            self.rows = rows
            self.isDryRun = isDryRun
            self.receipt = receipt
        }
    }
}

extension [JournalRecord] {
    /// Checks that no row is there twice; rows are sorted.
    package func requireEachOnce(in place: JournalPlace) throws {
        for (record, next) in zip(self, dropFirst()) where record.key == next.key {
            throw PlaybookError(
                .badData, "\(place.location): the row of \(record.key) is there twice",
                nextStep: "Remove one of the two; \(.run(.verifyJournal)) lists all such rows.")
        }
    }
}

extension WriteReceipt {
    /// `5 added, 0 replaced, 3 unchanged`, and how many were removed if any were.
    package var counts: String {
        "\(added) added, \(replaced) replaced, \(unchanged) unchanged" + (removed > 0 ? ", \(removed) removed" : "")
    }
}

public import PlaybookCore
import PlaybookParquet
import PlaybookWriters

/// Copies rows from one journal to another, session by session: safe to repeat. Or to a Parquet file, for other tools.
public struct JournalCopy: Sendable {
    private let source: Journal
    private let target: Target

    private enum Target {
        case journal(Journal)
        /// A Parquet file, which is written anew.
        case file(String)
    }

    /// A copy from one journal to another, each a kind of writer, whose settings count, or a place; `target` may be a file
    /// whose name ends with `.parquet`.
    public init(from source: String, to target: String, settings: Settings) throws {
        self.source = try settings.journal(source, flag: "--from")
        if target.lowercased().hasSuffix(".parquet"), !target.contains("://") {
            self.target = .file(target)
            return
        }
        let journal = try settings.journal(target, flag: "--to")
        guard self.source.place != journal.place else {
            throw PlaybookError(
                .usage, "--from and --to name the same journal, \(self.source.place.location)",
                nextStep: "Name another one with --to, csv, gcs, mongodb, postgres or a place.")
        }
        self.target = .journal(journal)
    }

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
        try await source.reader.requireAll(of: selection, found: records)
        try records.requireEachOnce(in: source.place)
        return Result(
            source: source.place, rows: records.count, isDryRun: isDryRun,
            receipt: try await put(records, isDryRun: isDryRun))
    }

    /// Copies rows as they are read, where both journals can do that; nil, and nothing is done, where they cannot. What was
    /// asked for by name may not be there: that is seen when all rows are.
    private func streamed(_ selection: JournalSelection) async throws -> WriteReceipt? {
        guard case .journal(let journal) = target, let reader = source.reader as? any LocalJournalReader,
            let writer = journal.makeWriter() as? any StreamingTradeWriter, selection.symbols == nil,
            selection.strategy == nil, selection.parametersID == nil, selection.mode == nil
        else { return nil }
        return try await writer.takeOver(selection, of: reader)
    }

    private func put(_ records: [JournalRecord], isDryRun: Bool) async throws -> WriteReceipt {
        switch target {
        case .journal(let journal):
            let writer = journal.makeWriter()
            try await writer.write(records)
            return try await isDryRun ? writer.preview() : writer.finalize()
        case .file(let path):
            // A file of no rows would take the place of one with some.
            guard !records.isEmpty else {
                throw PlaybookError(
                    .badData, "\(source.place.location): no rows to copy; \(path) is left as it is",
                    nextStep: source.place.sampleHint ?? "Check the place, and what was asked for.")
            }
            if !isDryRun {
                try DataExport.write(
                    JournalFile.encode(records, writer: ParquetWriter(version: programVersion)), to: path)
            }
            return WriteReceipt(JournalPlace(writer: "parquet", location: path), added: records.count)
        }
    }

    /// What was copied.
    public struct Result: Sendable {
        private let source: JournalPlace
        private let rows: Int
        private let isDryRun: Bool
        private let receipt: WriteReceipt

        init(source: JournalPlace, rows: Int, isDryRun: Bool, receipt: WriteReceipt) {
            self.source = source
            self.rows = rows
            self.isDryRun = isDryRun
            self.receipt = receipt
        }

        /// What was copied, in `format`.
        public func text(_ format: ReportFormat) throws -> String {
            switch format {
            case .table:
                "\(counted(rows, "row")) from \(source.location) to \(receipt.place.location): "
                    + (isDryRun ? "nothing written; would be " : "") + receipt.counts
            case .json:
                try jsonText(
                    Document(
                        source: source.location, target: receipt.place.location, dryRun: isDryRun, rows: rows,
                        added: receipt.added, replaced: receipt.replaced, unchanged: receipt.unchanged,
                        removed: receipt.removed))
            }
        }

        private struct Document: Encodable {
            let schema = "trading-playbook/journal-copy/1"
            let source: String
            let target: String
            let dryRun: Bool
            let rows: Int
            let added: Int
            let replaced: Int
            let unchanged: Int
            let removed: Int
        }
    }
}

extension [JournalRecord] {
    /// Checks that no row is there twice; rows are sorted.
    func requireEachOnce(in place: JournalPlace) throws {
        for (record, next) in zip(self, dropFirst()) where record.key == next.key {
            throw PlaybookError(
                .badData, "\(place.location): the row of \(record.key) is there twice",
                nextStep: "Remove one of the two; 'trading-playbook journal verify' lists all such rows.")
        }
    }
}

extension WriteReceipt {
    /// `5 added, 0 replaced, 3 unchanged`, and how many were removed if any were.
    var counts: String {
        "\(added) added, \(replaced) replaced, \(unchanged) unchanged" + (removed > 0 ? ", \(removed) removed" : "")
    }
}

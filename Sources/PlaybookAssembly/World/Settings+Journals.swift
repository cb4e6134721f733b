import PlaybookCore
import PlaybookFileSystem
import PlaybookGoogle
import PlaybookMarketData
import PlaybookPostgres
package import PlaybookSettings
package import PlaybookUseCases
import PlaybookWriters

extension Settings: JournalProvider {
    /// The journals to write, in the order they are named.
    package func journals() throws -> [Journal] { try journalChoices().map { try journal($0) } }

    /// Checks that what is written stays: the files of a Cloud Run instance go when it goes.
    package func requireLastingJournal() throws {
        guard isOnCloudRun, let journal = try journals().first(where: { $0.file != nil }) else { return }
        throw PlaybookError(
            .configuration,
            "WRITER_TYPE: on Cloud Run the \(journal.place.writer) journal \(journal.place.location) would be lost",
            nextStep: "Set WRITER_TYPE to gcs, mongodb or postgres.")
    }

    /// The journal to look at: of several, one must be chosen.
    package func journal() throws -> Journal {
        let journals = try journals()
        guard let journal = journals.first, journals.count == 1 else {
            throw PlaybookError(
                .usage, "\(.named(.journals)) names several journals",
                nextStep: "Choose one of \(WriterKind.list("and")) with \(.set(.journals)).")
        }
        return journal
    }

    /// The journal that `text` names: a kind of writer, whose settings count, or a place.
    ///
    /// - Parameter flag: where `text` was given.
    package func journal(_ text: String, flag: String) throws -> Journal {
        try journal(journalChoice(text, flag: flag))
    }

    private func journal(_ choice: JournalChoice) throws -> Journal {
        var journal = try made(choice)
        let makeWriter = journal.makeWriter
        journal.takeOver = { selection, reader in
            guard let reader = reader as? any LocalJournalReader, let writer = makeWriter() as? any StreamingTradeWriter
            else { return nil }
            return try await writer.takeOver(selection, of: reader)
        }
        return journal
    }

    private func made(_ choice: JournalChoice) throws -> Journal {
        switch choice {
        case .file(let kind, let path):
            let store = LocalBlobStore(root: FileSystem.directory(of: path))
            let folder = ".\(FileSystem.name(of: path)).memory"
            let file = LocalJournal(kind, path: path)
            var journal = Journal(
                makeWriter: file.makeWriter, reader: file.reader, memory: BlobJournalMemory(store, folder: folder),
                playbooks: BlobJournalMemory(store, folder: "playbooks", ending: ".yaml"),
                history: BlobRunHistory(store, folder: folder))
            journal.file = file
            return journal
        case .gcs(let bucket, let prefix, let isCompressed):
            var attributes = CloudBlobStore.Attributes()
            attributes.contentType = "text/csv; charset=utf-8"
            attributes.cacheControl = "no-cache"
            attributes.isCompressed = isCompressed
            let store = try self.store(.bucket(bucket, prefix: prefix), attributes: attributes)
            return Journal(
                makeWriter: { BlobTradeWriter(store) }, reader: BlobJournalReader(store),
                memory: BlobJournalMemory(store, folder: "memory"),
                playbooks: BlobJournalMemory(store, folder: "playbooks", ending: ".yaml"),
                history: BlobRunHistory(store, folder: "memory"))
        case .mongodb(let uri, let database, let name):
            let collection = try MongoCollection(uri, database: database, collection: name)
            return Journal(
                makeWriter: { MongoTradeWriter(collection) }, reader: MongoJournalReader(collection),
                memory: MongoJournalMemory(collection), playbooks: MongoJournalMemory(collection, suffix: "playbooks"),
                history: MongoRunHistory(collection))
        case .postgres(let uri, let schema):
            let table = try PostgresTable(PostgresServer(uri), schema: schema)
            var journal = Journal(
                makeWriter: { PostgresTradeWriter(table) }, reader: PostgresJournalReader(table),
                memory: PostgresJournalMemory(table), playbooks: PostgresJournalMemory(table, suffix: "playbooks"),
                history: PostgresRunHistory(table))
            journal.connection = { try await table.connection() }
            return journal
        }
    }
}

extension Settings {
    /// What is said of the csv journals that are not there yet, each named from the root on.
    package func absentJournals() throws -> [String] {
        try journals()
            .filter { $0.file != nil && !FileSystem.exists($0.place.location) }
            .map { journal in
                "There is no journal \(FileSystem.absolute(journal.place.location)) yet: nothing was ever written there."
                    + (journal.sampleHint.map { " \($0)" } ?? "")
            }
    }
}

/// A journal that is a file.
private struct LocalJournal: FileJournal {
    let kind: JournalFileKind
    let path: String
    let makeWriter: @Sendable () -> any TradeWriter
    let reader: any JournalReader

    init(_ kind: JournalFileKind, path: String) {
        (self.kind, self.path) = (kind, path)
        switch kind {
        case .csv: (makeWriter, reader) = ({ CSVTradeWriter(path: path) }, CSVJournalReader(path: path))
        }
    }

    var size: Int? { FileSystem.size(of: path) }

    func isMergedAsRead() throws -> Bool { try (reader as? CSVJournalReader)?.isMergedAsRead() ?? false }

    var sampleHint: String? {
        let name = Settings.journalName(kind)
        guard FileSystem.name(of: path) == name, !FileSystem.exists(path) else { return nil }
        let sample = String(path.dropLast(name.count)) + Settings.journalName(kind, isSample: true)
        guard FileSystem.exists(sample) else { return nil }
        return "The sample's journal is \(sample): name it with --output, or set DATA_SOURCE=sample."
    }
}

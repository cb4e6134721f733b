import PlaybookCore
import PlaybookFileSystem
import PlaybookGoogle
import PlaybookMarketData
import PlaybookWriters

/// A journal that the settings choose: how it is written and read.
struct Journal: Sendable {
    /// Makes a writer for one run.
    let makeWriter: @Sendable () -> any TradeWriter
    /// Reads it back.
    let reader: any JournalReader
    /// What runs keep beside it.
    let memory: any JournalMemory
    /// The rules of the playbooks that have written to it.
    let playbooks: any JournalMemory
    /// What runs leave of themselves beside it; nil where they are not kept.
    var history: (any RunHistory)?
    /// Looks at the connection, where there is something to say of it.
    var connection: (@Sendable () async throws -> String)?

    /// The kind of journal and where it is.
    var place: JournalPlace { reader.place }
}

extension Settings {
    /// The journals to write, in the order they are named.
    func journals() throws -> [Journal] {
        let address = try address()
        let kinds = try kinds()
        if let address, let kinds, !kinds.contains(address.kind) {
            throw contradiction(
                .outputLocation, .writerType,
                "the first is a place of the writer \(address.kind), the second chooses "
                    + kinds.map(\.rawValue).joined(separator: ","))
        }
        return try (kinds ?? [address?.kind ?? .csv]).map { try journal($0, at: address) }
    }

    /// Checks that what is written stays: the files of a Cloud Run instance go when it goes.
    func requireLastingJournal() throws {
        guard isOnCloudRun, let journal = try journals().first(where: { $0.place.writer == WriterKind.csv.rawValue })
        else { return }
        throw PlaybookError(
            .configuration, "WRITER_TYPE: on Cloud Run the csv journal \(journal.place.location) would be lost",
            nextStep: "Set WRITER_TYPE to gcs, mongodb or postgres.")
    }

    /// What the csv journal is called where no name is given, and that of the sample.
    static let journalName = "trades.csv"
    static let sampleJournalName = "sample-trades.csv"

    /// What is said of the csv journals that are not there yet, each named from the root on.
    public func absentJournals() throws -> [String] {
        try journals().map(\.place)
            .filter { $0.writer == WriterKind.csv.rawValue && !FileSystem.exists($0.location) }
            .map { place in
                "There is no journal \(FileSystem.absolute(place.location)) yet: nothing was ever written there."
                    + (place.sampleHint.map { " \($0)" } ?? "")
            }
    }

    /// The journal to look at: of several, one must be chosen.
    func journal() throws -> Journal {
        let journals = try journals()
        guard let journal = journals.first, journals.count == 1 else {
            throw PlaybookError(
                .usage, "WRITER_TYPE names several journals",
                nextStep: "Choose one with --writer csv, gcs, mongodb or postgres.")
        }
        return journal
    }

    /// The journal that `text` names: a kind of writer, whose settings count, or a place.
    ///
    /// - Parameter flag: where `text` was given.
    func journal(_ text: String, flag: String) throws -> Journal {
        if let kind = WriterKind(rawValue: text) { return try journal(kind, at: address()) }
        guard let address = JournalAddress(text) else { throw Self.noPlace(text, flag) }
        try Self.requireNoPassword(text, flag: flag)
        try Self.requireCSV(address, flag: flag)
        return try journal(address.kind, at: address, isWhole: true)
    }

    /// - Parameter isWhole: whether `address` stands for itself, whatever other settings name.
    private func journal(_ kind: WriterKind, at address: JournalAddress?, isWhole: Bool = false) throws -> Journal {
        switch kind {
        case .csv:
            let path =
                if case .file(let file)? = address { file } else {
                    "\(try folder(.outputDirectory) ?? ".")/\(isSampleChosen ? Self.sampleJournalName : Self.journalName)"
                }
            return Journal(
                makeWriter: { CSVTradeWriter(path: path) }, reader: CSVJournalReader(path: path),
                memory: BlobJournalMemory(
                    LocalBlobStore(root: FileSystem.directory(of: path)), folder: ".\(FileSystem.name(of: path)).memory"
                ),
                playbooks: BlobJournalMemory(
                    LocalBlobStore(root: FileSystem.directory(of: path)), folder: "playbooks", ending: ".yaml"),
                history: BlobRunHistory(
                    LocalBlobStore(root: FileSystem.directory(of: path)), folder: ".\(FileSystem.name(of: path)).memory"
                ))
        case .gcs:
            let store = try journalStore(address, isWhole: isWhole)
            return Journal(
                makeWriter: { BlobTradeWriter(store) }, reader: BlobJournalReader(store),
                memory: BlobJournalMemory(store, folder: "memory"),
                playbooks: BlobJournalMemory(store, folder: "playbooks", ending: ".yaml"),
                history: BlobRunHistory(store, folder: "memory"))
        case .mongodb:
            let collection = try mongoCollection(address, isWhole: isWhole)
            return Journal(
                makeWriter: { MongoTradeWriter(collection) }, reader: MongoJournalReader(collection),
                memory: MongoJournalMemory(collection), playbooks: MongoJournalMemory(collection, suffix: "playbooks"),
                history: MongoRunHistory(collection))
        case .postgres:
            let table = try postgresTable(address, isWhole: isWhole)
            return Journal(
                makeWriter: { PostgresTradeWriter(table) }, reader: PostgresJournalReader(table),
                memory: PostgresJournalMemory(table), playbooks: PostgresJournalMemory(table, suffix: "playbooks"),
                history: PostgresRunHistory(table), connection: { try await table.connection() })
        }
    }

    private func address() throws -> JournalAddress? {
        guard let text = self[.outputLocation] else { return nil }
        if isFlag(.outputLocation) { try Self.requireNoPassword(text, flag: "--output") }
        guard let address = JournalAddress(text) else {
            throw Self.noPlace(text, isFlag(.outputLocation) ? "--output" : "OUTPUT_LOCATION")
        }
        try Self.requireCSV(address, flag: isFlag(.outputLocation) ? "--output" : "OUTPUT_LOCATION")
        return address
    }

    private static func requireCSV(_ address: JournalAddress, flag: String) throws {
        guard case .file(let file) = address, let advice = JournalAddress.adviceAgainst(file) else { return }
        throw PlaybookError(
            flag.hasPrefix("-") ? .usage : .configuration, "\(flag): a journal cannot be a file such as '\(file)'",
            nextStep: advice)
    }

    private static func noPlace(_ text: String, _ name: String) -> PlaybookError {
        PlaybookError(
            name.hasPrefix("-") ? .usage : .configuration, "\(name): a journal cannot be there",
            nextStep: text.hasPrefix("gs://")
                ? "A bucket's name has 3 to 222 lower-case letters, digits, '-', '_' and '.'; a prefix has no empty part."
                : "Name a file, gs://BUCKET/PREFIX, mongodb://HOST/DATABASE, mongodb+srv://HOST/DATABASE or "
                    + "postgresql://HOST/DATABASE.")
    }

    /// Everybody on the machine can read the command line of a process.
    private static func requireNoPassword(_ text: String, flag: String) throws {
        guard JournalAddress.hasPassword(text) else { return }
        throw PlaybookError(
            .usage, "\(flag): a password on the command line can be read by everybody on this machine",
            nextStep: text.hasPrefix("postgres")
                ? "Set POSTGRES_CONNECTION or POSTGRES_CONNECTION_FILE instead, and use --writer postgres."
                : "Set MONGODB_CONNECTION or MONGODB_CONNECTION_FILE instead, and use --writer mongodb.")
    }

    private func kinds() throws -> [WriterKind]? {
        guard let text = chosen(.writerType) else { return nil }
        var kinds: [WriterKind] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let name = part.filter { $0 != " " }
            guard let kind = WriterKind(rawValue: name) else {
                throw wrong(.writerType, "no writer '\(name.prefix(40))': there are csv, gcs, mongodb and postgres")
            }
            guard !kinds.contains(kind) else { throw wrong(.writerType, "\(kind) is named twice") }
            kinds.append(kind)
        }
        return kinds
    }
}

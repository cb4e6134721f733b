import PlaybookCore

/// Where a journal is, with all that it takes to reach it.
package enum JournalChoice: Sendable, Hashable {
    /// A file of one of the kinds that are.
    case file(JournalFileKind, path: String)
    /// Objects whose names start with a prefix.
    case gcs(bucket: String, prefix: String, isCompressed: Bool)
    case mongodb(uri: String, database: String, collection: String)
    case postgres(uri: String, schema: String)
}

extension Settings {
    /// The journals to write, in the order they are named.
    package func journalChoices() throws -> [JournalChoice] {
        let address = try address()
        let kinds = try kinds()
        if let address, let kinds, !kinds.contains(address.kind) {
            throw contradiction(
                .outputLocation, .writerType,
                "the first is a place of the writer \(address.kind), the second chooses "
                    + kinds.map(\.description).joined(separator: ","))
        }
        return try (kinds ?? [address?.kind ?? .file(.csv)]).map { try choice($0, at: address, isWhole: false) }
    }

    /// What the journal is called that is a file, where no name is given.
    package static func journalName(_ kind: JournalFileKind, isSample: Bool = false) -> String {
        "\(isSample ? "sample-" : "")trades.\(kind)"
    }

    /// The journal that `text` names: a kind of writer, whose settings count, or a place.
    ///
    /// - Parameter flag: where `text` was given.
    package func journalChoice(_ text: String, flag: String) throws -> JournalChoice {
        if let kind = WriterKind(text) { return try choice(kind, at: address(), isWhole: false) }
        guard let address = JournalAddress(text) else { throw Self.noPlace(text, flag) }
        try Self.requireNoPassword(text, flag: flag)
        try Self.requireCSV(address, flag: flag)
        return try choice(address.kind, at: address, isWhole: true)
    }

    /// - Parameter isWhole: whether `address` stands for itself, whatever other settings name.
    private func choice(_ kind: WriterKind, at address: JournalAddress?, isWhole: Bool) throws -> JournalChoice {
        switch kind {
        case .file(let kind):
            if case .file(let file)? = address, JournalFileKind(ofFile: file) == kind {
                return .file(kind, path: file)
            }
            let name = Self.journalName(kind, isSample: isSampleChosen)
            return .file(kind, path: "\(try folder(.outputDirectory) ?? ".")/\(name)")
        case .gcs: return try bucketJournal(address, isWhole: isWhole)
        case .mongodb: return try mongoJournal(address, isWhole: isWhole)
        case .postgres:
            let (uri, schema) = try postgresTable(address, isWhole: isWhole)
            return .postgres(uri: uri, schema: schema)
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
            nextStep: Remedy(advice))
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
            guard let kind = WriterKind(name) else {
                throw wrong(.writerType, "no writer '\(name.prefix(40))': there are \(WriterKind.list("and"))")
            }
            guard !kinds.contains(kind) else { throw wrong(.writerType, "\(kind) is named twice") }
            kinds.append(kind)
        }
        return kinds
    }
}

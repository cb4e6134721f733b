/// Reads a journal back, whatever wrote it.
public protocol JournalReader: Sendable {
    /// Which journal.
    var place: JournalPlace { get }

    /// The rows that `selection` asks for, sorted by key. A row that is there twice comes twice.
    ///
    /// - Throws: a `PlaybookError`; of code `badData` when what is there is not a journal.
    func records(_ selection: JournalSelection) async throws -> [JournalRecord]
}

/// Which rows of a journal.
public struct JournalSelection: Sendable, Hashable {
    /// Only these symbols; nil for all.
    public var symbols: Set<String>?
    /// No earlier sessions.
    public var first: CivilDate?
    /// No later sessions.
    public var last: CivilDate?

    /// All rows, or those of some symbols and dates.
    public init(symbols: Set<String>? = nil, first: CivilDate? = nil, last: CivilDate? = nil) {
        self.symbols = symbols
        self.first = first
        self.last = last
    }

    /// Whether it asks for the row of `key`.
    public func contains(_ key: JournalKey) -> Bool {
        if let symbols, !symbols.contains(key.symbol) { return false }
        if let first, key.tradeDate < first { return false }
        if let last, key.tradeDate > last { return false }
        return true
    }
}

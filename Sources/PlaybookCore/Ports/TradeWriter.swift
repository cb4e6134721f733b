/// Where journal rows go. One writer serves one run: rows are handed over with `write`, in any number of calls and any
/// order, and are in the journal once `finalize` has returned.
///
/// Every writer merges by key: a row that is there already is replaced, or left alone when it is the same but for the
/// run that wrote it. A row is there whole or not at all. A run that dies at any instant leaves the journal as it was,
/// with all the rows, or, where a journal is in several pieces, with those of each symbol up to some date; running it
/// again completes it. Rows of other runs, symbols and dates stay.
public protocol TradeWriter: Sendable {
    /// The writer as users choose it (`csv`, `gcs`, `mongodb`) and the file, address or collection it writes to.
    var place: JournalPlace { get }

    /// Takes rows over.
    ///
    /// - Throws: a `PlaybookError` after `finalize`.
    func write(_ records: [JournalRecord]) async throws

    /// What `finalize` would do. Checks that the place can be reached and may be written to, and writes nothing.
    ///
    /// - Throws: a `PlaybookError` when `finalize` would fail.
    func preview() async throws -> WriteReceipt

    /// Makes everything written so far durable. A second call does nothing and returns the same receipt.
    ///
    /// - Throws: a `PlaybookError`; what was there before still is, and the call may be repeated.
    func finalize() async throws -> WriteReceipt
}

extension TradeWriter {
    /// Takes rows over.
    ///
    /// - Throws: a `PlaybookError` after `finalize`.
    public func write(_ rows: [JournalRow]) async throws { try await write(rows.map(JournalRecord.init)) }
}

/// A journal's kind and where it is.
public struct JournalPlace: Sendable, Hashable {
    /// `csv`, `gcs` or `mongodb`.
    public let writer: String
    /// The file, address or collection. Never holds a password.
    public let location: String

    /// The journal of `writer` at `location`.
    public init(writer: String, location: String) {
        self.writer = writer
        self.location = location
    }
}

/// What a writer did.
public struct WriteReceipt: Sendable, Hashable {
    /// Where it wrote.
    public var place: JournalPlace
    /// Rows that were not there before.
    public var added: Int
    /// Rows that were there with other content.
    public var replaced: Int
    /// Rows that were there already just so.
    public var unchanged: Int

    /// A receipt.
    public init(_ place: JournalPlace, added: Int = 0, replaced: Int = 0, unchanged: Int = 0) {
        self.place = place
        self.added = added
        self.replaced = replaced
        self.unchanged = unchanged
    }

    /// Counts what a merge came to.
    public mutating func count(_ merge: JournalMerge) {
        added += merge.added
        replaced += merge.replaced
        unchanged += merge.unchanged
    }
}

/// Where journal rows go. One writer serves one run: rows are handed over with `write`, in any number of calls and any
/// order, and are in the journal once `finalize` has returned.
///
/// Every writer merges by key: a row that is there already is replaced, or left alone when it is the same but for the
/// run that wrote it. A run that dies at any instant leaves the journal as it was or with all the rows; running it again
/// completes it. Rows of other runs, symbols and dates stay.
public protocol TradeWriter: Sendable {
    /// Takes rows over.
    ///
    /// - Throws: a `PlaybookError` after `finalize`.
    func write(_ rows: [JournalRow]) async throws

    /// Makes everything written so far durable. A second call does nothing and returns the same receipt.
    ///
    /// - Throws: a `PlaybookError`; the journal is then as it was before, and the call may be repeated.
    func finalize() async throws -> WriteReceipt
}

/// What a writer did.
public struct WriteReceipt: Sendable, Hashable {
    /// The writer: `csv`, …
    public var writer: String
    /// The file, address or collection written to.
    public var location: String
    /// Rows that were not there before.
    public var added: Int
    /// Rows that were there with other content.
    public var replaced: Int
    /// Rows that were there already just so.
    public var unchanged: Int

    /// A receipt.
    public init(writer: String, location: String, added: Int = 0, replaced: Int = 0, unchanged: Int = 0) {
        self.writer = writer
        self.location = location
        self.added = added
        self.replaced = replaced
        self.unchanged = unchanged
    }
}

/// Where journal rows go. One writer serves one run: rows are handed over with `write`, in any number of calls and any
/// order, and are in the journal once `finalize` has returned.
///
/// Every writer replaces a session of a series (symbol, strategy, parameters, mode) as a whole: its rows take the place of
/// those that are there, rows of trades that it no longer has go, and rows that are the same but for the run that wrote
/// them are left alone. What people have added stays: columns and fields of any name, a chart's link set by hand. A run
/// that dies at any instant leaves the journal as it was, with all the rows, or, where a journal is in several pieces,
/// with those of each symbol up to some date; running it again completes it. Rows of other runs, symbols and dates stay.
public protocol TradeWriter: Sendable {
    /// The writer as users choose it (`csv`, `gcs`, `mongodb`, `postgres`) and the file, address, collection or table it writes to.
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

    /// Brings all rows of the place to the present schema; those that are there already stay as they are.
    ///
    /// - Parameter isDryRun: whether to write nothing and say what would be done.
    /// - Throws: a `PlaybookError`; what was there before still is, and the call may be repeated.
    func upgrade(isDryRun: Bool) async throws -> JournalUpgrade
}

extension TradeWriter {
    /// Takes rows over.
    ///
    /// - Throws: a `PlaybookError` after `finalize`.
    public func write(_ rows: [JournalRow]) async throws { try await write(rows.map(JournalRecord.init)) }
}

/// A journal's kind and where it is.
public struct JournalPlace: Sendable, Hashable {
    /// `csv`, `gcs`, `mongodb` or `postgres`.
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
    /// Rows that were there with the same content.
    public var unchanged: Int
    /// Rows that had to go, since their session has fewer trades than before.
    public var removed: Int

    /// A receipt.
    public init(_ place: JournalPlace, added: Int = 0, replaced: Int = 0, unchanged: Int = 0, removed: Int = 0) {
        self.place = place
        self.added = added
        self.replaced = replaced
        self.unchanged = unchanged
        self.removed = removed
    }

    /// Counts what a merge came to.
    public mutating func count(_ outcomes: [JournalKey: JournalMerge.Outcome], removed: Int) {
        for outcome in outcomes.values {
            switch outcome {
            case .added: added += 1
            case .replaced: replaced += 1
            case .unchanged: unchanged += 1
            }
        }
        self.removed += removed
    }

    /// Counts what a merge came to.
    public mutating func count(_ merge: JournalMerge) { count(merge.outcomes, removed: merge.vanished.count) }

    /// Counts what another receipt of the same place says.
    public mutating func count(_ other: WriteReceipt) {
        added += other.added
        replaced += other.replaced
        unchanged += other.unchanged
        removed += other.removed
    }
}

/// What an upgrade did.
public struct JournalUpgrade: Sendable, Hashable {
    /// How many rows there are.
    public var rows = 0
    /// How many of them were not of the present schema.
    public var upgraded = 0

    /// Nothing yet.
    public init() {}

    /// Counts what was done of one piece of a journal.
    public mutating func count(rows: Int, upgraded: Int) {
        self.rows += rows
        self.upgraded += upgraded
    }
}

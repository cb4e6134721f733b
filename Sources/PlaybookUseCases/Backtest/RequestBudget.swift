public import PlaybookCore

/// What a request to `serve` may cost.
public struct RequestBudget: Sendable, Hashable {
    /// Sessions, those of all symbols together.
    public let sessions: Int
    /// Memory in MB.
    public let megabytes: Int
    /// Parameter sets that a day may begin.
    public let newParameterSets: Int
    /// The symbols that requests may name; nil for any.
    public let symbols: [Symbol]?

    package init(sessions: Int, megabytes: Int, newParameterSets: Int, symbols: [Symbol]?) {
        (self.sessions, self.megabytes) = (sessions, megabytes)
        (self.newParameterSets, self.symbols) = (newParameterSets, symbols)
    }

    /// Why a run costs too much; nil when it does not.
    ///
    /// - Parameters:
    ///   - sessions: how many the run comes to, those of all symbols together.
    ///   - longest: how many of one symbol at most.
    ///   - journalBytes: the size of journals' files that are merged in memory: those that somebody has sorted in
    ///     another way, or saved with a spreadsheet. Others are merged as they are read.
    public func excess(sessions: Int, longest: Int, journalBytes: Int = 0) -> String? {
        guard sessions <= self.sessions else {
            return
                "these are \(sessions) sessions, those of all symbols together: at most \(self.sessions) a request "
                + "(SERVE_MAX_SESSIONS)"
        }
        let megabytes = Self.megabytes(sessions: sessions, longest: longest, journalBytes: journalBytes)
        guard megabytes <= self.megabytes else {
            return "this would need some \(megabytes) MB of memory: at most \(self.megabytes) MB a request "
                + "(SERVE_MAX_MEMORY_MB)"
        }
        return nil
    }

    /// The memory that a run needs, in MB, as measured.
    private static func megabytes(sessions: Int, longest: Int, journalBytes: Int) -> Int {
        (sessions * rowBytes + 2 * longest * sessionBytes + journalBytes * journalFactor) / 1_000_000
    }

    /// Of a row, from the run until it is written, in bytes.
    private static let rowBytes = 3_400
    /// Of a session's bars, in bytes; those of two symbols are there at a time.
    private static let sessionBytes = 6_800
    /// How much larger a journal is in memory than in its file, where it must be there as a whole.
    private static let journalFactor = 8
}

package import PlaybookCore
package import PlaybookResearch

/// How the trades of a run's units are stored.
package protocol TradePartFormat: Sendable {
    /// The file of a part.
    ///
    /// - Parameter digest: that of the run's manifest.
    func encode(_ part: TradePart, digest: String) -> [UInt8]
    /// The digest of the manifest that a part belongs to; nil when the bytes are not a part.
    func digest(of bytes: [UInt8]) -> String?
    /// A part that is stored.
    ///
    /// - Throws: a `PlaybookError` of code `badData` that names `place`.
    func open(_ bytes: [UInt8], at place: String) throws -> any StoredTradePart
}

/// A part as it is stored: the trades of some units are read without those of the others.
package protocol StoredTradePart: Sendable {
    /// The units, symbol by symbol, then set by set.
    var units: Range<Int> { get }
    /// The trades of some of its units, nil for one that is refused.
    ///
    /// - Throws: a `PlaybookError` of code `badData` that names the place.
    func trades(of wanted: Range<Int>) throws -> [[TradeOutcome]?]
}

/// What people and other programs read of a finished run, kept beside it.
package protocol ResearchDocuments: Sendable {
    /// The whole results of a sweep: a row for each unit, and for each set over all symbols; comma-separated and as Parquet.
    func sweep(_ tables: SweepTables) -> (csv: [UInt8], parquet: [UInt8])
    /// A walk-forward for people and for programs.
    func walkForward(
        _ walk: WalkForward, _ run: ResearchRun, warnings: [NeutralText]
    ) throws -> (table: [UInt8], json: [UInt8])
}

/// Makes the places of research.
package protocol ResearchProvider: Sendable {
    /// Where research keeps its runs.
    func researchStore() throws -> ResearchStore
    /// The store that a manifest lies in, and its name there.
    func manifestPlace(_ place: String) throws -> (ResearchStore, String)
    /// The task that the platform says this is.
    func researchTask() throws -> TaskShare
}

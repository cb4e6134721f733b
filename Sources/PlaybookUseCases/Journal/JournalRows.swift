package import PlaybookCore

/// Rows of a journal as they stand there, for `journal show` and `journal stats`.
public struct JournalRows: Sendable {
    package let place: JournalPlace
    package let records: [JournalRecord]
    /// Where the sample's journal is, when there is none here but one of the sample beside it.
    package let sampleHint: String?

    /// Reads the rows that `selection` asks for from a journal.
    ///
    /// - Throws: a `PlaybookError`; also when the journal has nothing of a symbol, strategy, parameter set or mode asked for.
    package init(_ journal: Journal, selection: JournalSelection) async throws {
        place = journal.place
        records = try await journal.reader.records(selection)
        try await journal.requireAll(of: selection, found: records)
        sampleHint = journal.sampleHint
    }

    /// What makes statistics of the rows doubtful: sessions that a run which died has left half written, a symbol in two
    /// markets.
    public var warnings: [String] {
        JournalCheck(JournalSessions(records)).series.flatMap { series in
            let name = "\(series.symbol) \(series.strategy ?? "") \(series.parametersID ?? "")"
            let partial = series.partial.prefix(3).map { "\(name) \($0.date): \($0.problem)" }
            let more = series.partial.count - partial.count
            return partial + (more > 0 ? ["\(name): \(more) more sessions whose rows do not add up"] : [])
                + series.wrong.prefix(1).map { "\(name): \($0.problem)" }
        }
    }
}

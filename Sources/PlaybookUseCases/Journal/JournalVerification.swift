public import PlaybookCore

/// What `journal verify` found: every journal that the settings choose, against the calendar.
public struct JournalVerification: Sendable {
    package let journals: [Entry]

    /// What was found of one journal.
    package struct Entry: Sendable {
        package let place: JournalPlace
        package let check: JournalCheck
        /// Where the sample's journal is, when there is none here but one of the sample beside it.
        package let sampleHint: String?
    }

    /// Checks journals. Sessions that are not over yet need no row.
    ///
    /// - Parameters:
    ///   - certain: symbols whose markets are certain: rows of another one are refused.
    ///   - minimumCompleteness: the share of bars that a session needs, 0 to 1.
    package init(
        _ journals: [Journal], selection: JournalSelection, markets: SymbolMarkets, certain: [Symbol],
        minimumCompleteness: Double, now: Instant
    ) async throws {
        var selection = selection
        selection.includesProblems = true
        var entries: [Entry] = []
        for journal in journals {
            let sessions = try await journal.reader.collect(
                selection, into: JournalSessions(recentStart: RepairWindow.start(now, in: markets.markets)))
            try sessions.requireMarkets(of: certain, in: journal.place)
            func check(_ dataEnds: [String: CivilDate]) -> JournalCheck {
                JournalCheck(
                    sessions, symbols: selection.symbols ?? [], first: selection.first, last: selection.last,
                    minimumCompleteness: minimumCompleteness, dataEnds: dataEnds, markets: markets, now: now)
            }
            var found = check([:])
            let ends = await EndedData([journal], now: now)
                .settled(found.series, ends: sessions.ends)
            if !ends.isEmpty { found = check(ends) }
            entries.append(Entry(place: journal.place, check: found, sampleHint: journal.sampleHint))
        }
        self.journals = entries
    }

    /// Whether nothing is wrong. A journal without a row is: it may be the wrong place.
    public var isClean: Bool { journals.allSatisfy { Self.isClean($0.check) } }

    package static func isClean(_ check: JournalCheck) -> Bool { check.isClean && !check.series.isEmpty }
}

extension JournalCheck.ShortSession: CustomStringConvertible {
    public var description: String {
        completeness == 0 ? "\(date) has none" : "\(date) has \(fixed(completeness * 100, 1))%"
    }
}

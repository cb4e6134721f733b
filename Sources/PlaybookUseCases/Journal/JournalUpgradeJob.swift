package import PlaybookCore

/// Brings whole journals to the present schema: what a run does with the parts that it writes.
public struct JournalUpgradeJob: Sendable {
    private let journals: [Journal]

    /// An upgrade of journals.
    package init(_ journals: [Journal]) { self.journals = journals }

    /// Upgrades the journals, one after the other.
    ///
    /// - Parameter isDryRun: looks at what would be done and writes nothing.
    /// - Throws: a `PlaybookError`; what was there before still is, and the call may be repeated.
    public func run(isDryRun: Bool) async throws -> Result {
        var places: [(place: JournalPlace, upgrade: JournalUpgrade)] = []
        for journal in journals {
            places.append((journal.place, try await journal.makeWriter().upgrade(isDryRun: isDryRun)))
        }
        return Result(places: places, isDryRun: isDryRun)
    }

    /// What was done.
    public struct Result: Sendable {
        package let places: [(place: JournalPlace, upgrade: JournalUpgrade)]
        package let isDryRun: Bool
    }
}

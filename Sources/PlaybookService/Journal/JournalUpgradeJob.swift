import PlaybookCore

/// Brings whole journals to the present schema: what a run does with the parts that it writes.
public struct JournalUpgradeJob: Sendable {
    private let journals: [Journal]

    /// An upgrade of the journals that `settings` choose.
    public init(settings: Settings) throws { journals = try settings.journals() }

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
        fileprivate let places: [(place: JournalPlace, upgrade: JournalUpgrade)]
        fileprivate let isDryRun: Bool

        /// What was done, in `format`.
        public func text(_ format: ReportFormat) throws -> String {
            switch format {
            case .table:
                places.map { place, upgrade in
                    let done =
                        upgrade.rows == 0
                        ? "nothing to do"
                        : upgrade.upgraded == 0
                            ? "all of schema 2"
                            : "\(upgrade.upgraded) \(isDryRun ? "to be brought" : "brought") to schema 2"
                    return "\(place.location): \(counted(upgrade.rows, "row")), \(done)"
                }.joined(separator: "\n")
            case .json:
                try jsonText(
                    Document(
                        dryRun: isDryRun,
                        journals: places.map { place, upgrade in
                            Document.Entry(
                                writer: place.writer, location: place.location, rows: upgrade.rows,
                                upgraded: upgrade.upgraded)
                        }))
            }
        }

        private struct Document: Encodable {
            let schema = "trading-playbook/journal-upgrade/1"
            let dryRun: Bool
            let journals: [Entry]

            struct Entry: Encodable {
                let writer: String
                let location: String
                let rows: Int
                let upgraded: Int
            }
        }
    }
}

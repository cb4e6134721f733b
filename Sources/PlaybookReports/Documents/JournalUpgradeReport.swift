import PlaybookCore
public import PlaybookUseCases

extension JournalUpgradeJob.Result {
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

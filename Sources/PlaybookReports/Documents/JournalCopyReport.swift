import PlaybookCore
public import PlaybookUseCases

extension JournalCopy.Result {
    /// What was copied, in `format`.
    public func text(_ format: ReportFormat) throws -> String {
        switch format {
        case .table:
            "\(counted(rows, "row")) from \(source.location) to \(receipt.place.location): "
                + (isDryRun ? "nothing written; would be " : "") + receipt.counts
        case .json:
            try jsonText(
                Document(
                    source: source.location, target: receipt.place.location, dryRun: isDryRun, rows: rows,
                    added: receipt.added, replaced: receipt.replaced, unchanged: receipt.unchanged,
                    removed: receipt.removed))
        }
    }

    private struct Document: Encodable {
        let schema = "trading-playbook/journal-copy/1"
        let source: String
        let target: String
        let dryRun: Bool
        let rows: Int
        let added: Int
        let replaced: Int
        let unchanged: Int
        let removed: Int
    }
}

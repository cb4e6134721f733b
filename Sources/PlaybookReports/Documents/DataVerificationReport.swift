import PlaybookCore
public import PlaybookUseCases

extension DataVerification.Result {
    /// The findings in `format`.
    public func text(_ format: ReportFormat) throws -> String {
        switch format {
        case .table:
            findings.isEmpty
                ? "\(location) holds no bars of this source"
                : findings.flatMap { symbol, found in
                    ["\(symbol): \(counted(found.files, "published file")), \(found.changes.count) changed"]
                        + found.changes.map { "  \($0)" }
                }.joined(separator: "\n")
        case .json:
            try jsonText(
                Document(
                    symbols: findings.map {
                        .init(symbol: $0.name, files: $1.files, changes: $1.changes)
                    }))
        }
    }

    private struct Document: Encodable {
        struct Finding: Encodable {
            let symbol: String
            let files: Int
            let changes: [String]
        }

        let schema = "trading-playbook/data-verify/1"
        let symbols: [Finding]
    }
}

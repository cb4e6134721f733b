import PlaybookCore
package import PlaybookUseCases

/// The runs that are kept in RESEARCH_DIR, for `research list`.
package struct ResearchList: Sendable {
    private let runs: [ResearchArchive.Entry]
    private let location: String

    /// A list of `runs`.
    package init(_ runs: [ResearchArchive.Entry], at location: String) { (self.runs, self.location) = (runs, location) }

    /// The runs in `format`.
    package func text(_ format: ReportFormat) throws -> String {
        let entries = runs.map { kept in
            let manifest = kept.manifest
            return ListDocument.Entry(
                run: kept.run, command: manifest.command, strategy: manifest.playbook.name, symbols: manifest.symbols,
                start: manifest.start, end: manifest.last,
                grid: manifest.grid.map { "\($0.name)=\($0.values.joined(separator: ","))" },
                finished: kept.isFinished)
        }
        switch format {
        case .json: return try jsonText(ListDocument(location: location, runs: entries))
        case .table:
            guard !entries.isEmpty else {
                return "\(location): no run yet. 'trading-playbook sweep' makes one."
            }
            var table = TextTable(["run", "symbols", "from", "through", "state"])
            for entry in entries {
                table.add(
                    entry.run, entry.symbols.joined(separator: ","), entry.start, entry.end,
                    entry.finished ? "finished" : "unfinished")
            }
            return "\(location): \(counted(entries.count, "run"))\n\n"
                + table.lines(leftAligned: [0, 1, 2, 3, 4]).joined(separator: "\n")
        }
    }

    private struct ListDocument: Encodable {
        let schema = "trading-playbook/research/1"
        let location: String
        let runs: [Entry]

        struct Entry: Encodable {
            let run, command, strategy: String
            let symbols: [String]
            let start, end: String
            let grid: [String]
            let finished: Bool
        }
    }
}

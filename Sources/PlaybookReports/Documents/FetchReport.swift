public import PlaybookCore
public import PlaybookUseCases

extension FetchResult {
    /// The result in `format`, in the words of an edge.
    public func text(_ format: ReportFormat, words: some Vocabulary) throws -> String {
        switch format {
        case .table: table()
        case .json: try jsonText(Document(self, words))
        }
    }

    private func table() -> String {
        var table = TextTable(["symbol", "bars", "from", "sessions", "there before", "fetched", "not there"])
        for (symbol, timeframe, outcome) in outcomes {
            guard outcome.error == nil else {
                table.add(symbol.name, timeframe.description, "failed")
                continue
            }
            table.add(
                symbol.name, timeframe.description, outcome.first?.description ?? "-",
                "\(outcome.present + outcome.fetched)", "\(outcome.present)", "\(outcome.fetched)",
                "\(max(0, outcome.pending))")
        }
        return
            (table.lines(indent: 0, leftAligned: [0, 1, 2])
            + ["", "Through \(through), \(traffic.line ?? "nothing to do"), \(fixed(elapsed, 2)) s"])
            .joined(separator: "\n")
    }

    private struct Document: Encodable {
        let schema = "trading-playbook/fetch/1"
        let through: String
        let symbols: [Entry]
        let traffic: DataTraffic
        let warnings: [String]
        let elapsedSeconds: Double

        struct Entry: Encodable {
            let symbol: String
            let timeframe: String
            let first: String?
            let sessionsBefore: Int
            let sessionsFetched: Int
            let sessionsNotThere: Int
            let error: String?
        }

        init(_ result: FetchResult, _ words: some Vocabulary) {
            through = result.through.description
            symbols = result.outcomes.map { symbol, timeframe, outcome in
                Entry(
                    symbol: symbol.name, timeframe: timeframe.description, first: outcome.first?.description,
                    sessionsBefore: outcome.present, sessionsFetched: outcome.fetched,
                    sessionsNotThere: max(0, outcome.pending), error: outcome.error?.facts.words(words))
            }
            traffic = result.traffic
            warnings = result.warnings.map { $0.words(words) }
            elapsedSeconds = result.elapsed
        }
    }
}

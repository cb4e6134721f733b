public import PlaybookCore
public import PlaybookUseCases

/// The JSON document of a backtest: schema `trading-playbook/backtest/1`, described in docs/json.md.
package struct BacktestDocument: Encodable {
    package let schema = "trading-playbook/backtest/1"
    package let status: String
    package let reason: String?
    package let detail: String?
    package let runId: String
    package let strategy: String
    package let params: [String: String]
    package let paramsId: String
    package let symbols: [String]
    package let start: String?
    package let end: String?
    package let dataSource: String
    package let synthetic: Bool
    package let summary: PerformanceDocument?
    package let bySymbol: [String: PerformanceDocument]
    package let account: AccountReport.Document?
    package let dryRun: Bool
    package let receipts: [Receipt]
    package let warnings: [String]
    package let errors: [Failure]
    package let traffic: DataTraffic
    package let elapsedSeconds: Double

    package struct Failure: Encodable {
        package let symbol: String
        package let code: Int32
        package let message: String
    }

    package struct Receipt: Encodable {
        package let writer: String
        package let location: String
        package let added: Int?
        package let replaced: Int?
        package let unchanged: Int?
        package let removed: Int?
        package let error: Problem?

        package struct Problem: Encodable {
            package let code: Int32
            package let message: String
        }

        package init(_ outcome: WriteOutcome, _ words: some Vocabulary) {
            writer = outcome.place.writer
            location = outcome.place.location
            added = outcome.receipt?.added
            replaced = outcome.receipt?.replaced
            unchanged = outcome.receipt?.unchanged
            removed = outcome.receipt?.removed
            error = outcome.error.map { Problem(code: $0.code.exitCode, message: $0.facts.words(words)) }
        }
    }

    package init(_ result: BacktestResult, _ words: some Vocabulary) {
        switch result.status {
        case .completed:
            status = result.exitCode == 0 ? "completed" : "partial"
            reason = nil
            detail = nil
        case .skipped(let why):
            status = "skipped"
            reason = why.name
            detail = why.detail
        }
        runId = result.runID
        strategy = result.strategy
        params = Dictionary(uniqueKeysWithValues: result.parameters.map { ($0.name, $0.value) })
        paramsId = result.parametersID
        symbols = result.symbols.map(\.name)
        start = result.sessions?.lowerBound.description
        end = result.sessions?.upperBound.description
        dataSource = result.dataSource
        synthetic = result.isSynthetic
        let all = result.rows.isEmpty ? nil : PerformanceDocument(result.performance ?? Performance(result.rows))
        summary = all
        if result.symbols.count == 1, let all, let symbol = result.symbols.first {
            bySymbol = [symbol.name: all]
        } else {
            bySymbol = Dictionary(grouping: result.rows) { $0.symbol.name }.mapValues {
                PerformanceDocument(Performance($0))
            }
        }
        account = result.account?.report.document
        dryRun = result.isDryRun
        receipts = result.outcomes.map { Receipt($0, words) }
        warnings = result.warnings.map { $0.words(words) }
        errors = result.failures.map {
            Failure(symbol: $0.symbol.name, code: $0.error.code.exitCode, message: $0.error.facts.words(words))
        }
        traffic = result.traffic
        elapsedSeconds = result.elapsed
    }
}

extension BacktestResult {
    /// The result as a JSON document, in the words of an edge.
    public func json(_ words: some Vocabulary) throws -> String { try jsonText(BacktestDocument(self, words)) }
}

import PlaybookCore
import PlaybookWriters

/// The JSON document of a backtest: schema `trading-playbook/backtest/1`, described in docs/json.md.
struct BacktestDocument: Encodable {
    let schema = "trading-playbook/backtest/1"
    let status: String
    let reason: String?
    let detail: String?
    let runId: String
    let strategy: String
    let params: [String: String]
    let paramsId: String
    let symbols: [String]
    let start: String?
    let end: String?
    let dataSource: String
    let synthetic: Bool
    let summary: PerformanceDocument?
    let bySymbol: [String: PerformanceDocument]
    let account: AccountReport.Document?
    let dryRun: Bool
    let receipts: [Receipt]
    let warnings: [String]
    let errors: [Failure]
    let traffic: DataTraffic
    let elapsedSeconds: Double

    struct Failure: Encodable {
        let symbol: String
        let code: Int32
        let message: String
    }

    struct Receipt: Encodable {
        let writer: String
        let location: String
        let added: Int?
        let replaced: Int?
        let unchanged: Int?
        let removed: Int?
        let error: Problem?

        struct Problem: Encodable {
            let code: Int32
            let message: String
        }

        init(_ outcome: WriteOutcome) {
            writer = outcome.place.writer
            location = outcome.place.location
            added = outcome.receipt?.added
            replaced = outcome.receipt?.replaced
            unchanged = outcome.receipt?.unchanged
            removed = outcome.receipt?.removed
            error = outcome.error.map { Problem(code: $0.code.rawValue, message: $0.message) }
        }
    }

    init(_ result: BacktestResult) {
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
        receipts = result.outcomes.map(Receipt.init)
        warnings = result.warnings
        errors = result.failures.map {
            Failure(symbol: $0.symbol.name, code: $0.error.code.rawValue, message: $0.error.message)
        }
        traffic = result.traffic
        elapsedSeconds = result.elapsed
    }
}

extension BacktestResult {
    /// Whether the bars were made up.
    public var isSynthetic: Bool { dataSource == JournalMerge.syntheticSource }

    /// The result as a JSON document.
    public func json() throws -> String { try jsonText(BacktestDocument(self)) }
}

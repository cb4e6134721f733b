import PlaybookCore

/// The JSON document of a backtest: schema `trading-playbook/backtest/1`, described in docs/json.md.
struct BacktestDocument: Encodable {
    let schema = "trading-playbook/backtest/1"
    let status: String
    let reason: String?
    let runId: String
    let strategy: String
    let params: [String: String]
    let paramsId: String
    let symbols: [String]
    let start: String?
    let end: String?
    let dataSource: String
    let synthetic: Bool
    let summary: Summary?
    let bySymbol: [String: Summary]
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
        let added: Int
        let replaced: Int
        let unchanged: Int
    }

    struct Group: Encodable {
        let group: String
        let trades: Int
        let winRate: Double?
        let expectancyR: Double?
        let netUsd: Double

        init(_ breakdown: Breakdown) {
            group = breakdown.group
            trades = breakdown.trades
            winRate = breakdown.winRate
            expectancyR = breakdown.expectancy
            netUsd = breakdown.net
        }
    }

    struct Summary: Encodable {
        let sessions: Int
        let incompleteSessions: Int
        let trades: Int
        let winRate: Double?
        let expectancyR: Double?
        let expectancyR95: [Double]?
        let profitFactor: Double?
        let netUsd: Double
        let costsUsd: Double
        let maxDrawdownUsd: Double
        let meanMae: Double?
        let meanMfe: Double?
        let meanMaeR: Double?
        let meanMfeR: Double?
        let exits: [String: Int]
        let byEntryBucket: [Group]
        let byAtrTercile: [Group]

        init(_ performance: Performance) {
            sessions = performance.sessions
            incompleteSessions = performance.incomplete
            trades = performance.trades
            winRate = performance.winRate
            expectancyR = performance.expectancy
            expectancyR95 = performance.expectancyInterval.map { [$0.lowerBound, $0.upperBound] }
            profitFactor = performance.profitFactor
            netUsd = performance.net
            costsUsd = performance.costs
            maxDrawdownUsd = performance.maximumDrawdown
            meanMae = performance.excursions?.mae
            meanMfe = performance.excursions?.mfe
            meanMaeR = performance.excursions?.maeInR
            meanMfeR = performance.excursions?.mfeInR
            exits = Dictionary(uniqueKeysWithValues: performance.exits.map { ($0.reason.rawValue, $0.count) })
            byEntryBucket = performance.byEntryBucket.map(Group.init)
            byAtrTercile = performance.byTrueRangeTercile.map(Group.init)
        }
    }

    init(_ result: BacktestResult) {
        switch result.status {
        case .completed:
            status = result.failures.isEmpty ? "completed" : "partial"
            reason = nil
        case .skipped(let why):
            status = "skipped"
            reason = why
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
        summary = result.rows.isEmpty ? nil : Summary(Performance(result.rows))
        bySymbol = Dictionary(grouping: result.rows) { $0.symbol.name }.mapValues { Summary(Performance($0)) }
        receipts = result.receipts.map {
            Receipt(
                writer: $0.writer, location: $0.location, added: $0.added, replaced: $0.replaced,
                unchanged: $0.unchanged)
        }
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

import PlaybookCore
import PlaybookMarketData
import PlaybookReports

/// Draws sessions of journal rows, with bars and the rules that made the rows.
struct SessionDrawing {
    let history: BarHistory
    let playbook: Playbook
    let minimumCompleteness: Double

    /// The charts of sessions of `history`, by date: of those that `rows` are of.
    func charts(of rows: [JournalRow]) -> [CivilDate: SessionChart] {
        let byDate = Dictionary(grouping: rows, by: \.tradeDate)
        let wanted = history.requested.filter { slice in
            !history.slices[slice].bars.isEmpty && byDate[history.slices[slice].session.date] != nil
        }
        guard !wanted.isEmpty else { return [:] }
        let traces = Backtest(history: history).traces(
            playbook, of: Set(wanted), minimumCompleteness: minimumCompleteness)
        var charts: [CivilDate: SessionChart] = [:]
        for trace in traces {
            let date = history.slices[trace.slice].session.date
            charts[date] = SessionChart(
                trace, rows: (byDate[date] ?? []).sorted { $0.tradeNumber < $1.tradeNumber }, history: history,
                playbook: playbook)
        }
        return charts
    }
}

/// Charts for a report on a journal's rows: bars come from the configured source, rules from what rows tell.
struct ReportCharts {
    let settings: Settings

    /// A chart of each session in which `rows` have a trade, or why there is none.
    func charts(of rows: [JournalRow]) async -> [JournalSession: Report.Chart] {
        var drawn: [JournalSession: Report.Chart] = [:]
        let traded = Dictionary(grouping: rows.filter { $0.trade != nil }, by: \.symbol)
        for (symbol, rows) in traded.sorted(by: { $0.key < $1.key }) {
            let found: [CivilDate: Report.Chart]
            do {
                found = try await charts(of: symbol, rows)
            } catch let error as PlaybookError {
                found = Dictionary(rows.map { ($0.tradeDate, .none(error.message)) }) { first, _ in first }
            } catch {
                found = Dictionary(rows.map { ($0.tradeDate, .none("\(error)")) }) { first, _ in first }
            }
            for row in rows { drawn[row.key.session] = found[row.tradeDate] }
        }
        return drawn
    }

    private func charts(of symbol: Symbol, _ rows: [JournalRow]) async throws -> [CivilDate: Report.Chart] {
        guard let first = rows.map(\.tradeDate).min(), let last = rows.map(\.tradeDate).max() else { return [:] }
        let playbook = try playbook(of: rows[0])
        let request = HistoryRequest(symbol: symbol, sessions: first...last, playbooks: [playbook])
        // Rows of the sample are made of the sample, whatever is configured.
        let isSample = rows.allSatisfy { $0.dataSource == JournalMerge.syntheticSource }
        let market = isSample ? MarketData(source: SampleSource()) : try settings.marketData()
        let (history, _, _) = try await market.settled {
            try await HistoryLoader(source: $0.source).load(request)
        }
        let drawing = SessionDrawing(
            history: history, playbook: playbook, minimumCompleteness: try settings.minimumCompleteness())
        let drawn = drawing.charts(of: rows)
        let ids = Dictionary(
            zip(history.slices[history.requested].map(\.session.date), history.dataIDs(of: playbook))
        ) { first, _ in first }
        var charts: [CivilDate: Report.Chart] = [:]
        for row in rows {
            guard let chart = drawn[row.tradeDate] else {
                charts[row.tradeDate] = .none("The source has no bars of this session.")
                continue
            }
            let id = ids[row.tradeDate] ?? ""
            charts[row.tradeDate] =
                Self.isSame(id, row.dataID)
                ? .drawn(chart)
                : .none(
                    "The bars at hand are not those that made the row: \(id) here, \(row.dataID) there. Run its session "
                        + "again to bring both together.")
        }
        return charts
    }

    /// Whether two digests are the same; one of the first schema has no letter before its digits.
    private static func isSame(_ digest: String, _ other: String) -> Bool {
        digest == other || digest.dropFirst() == other[...]
    }

    /// The playbook that made a row.
    ///
    /// - Throws: a `PlaybookError` where its rules are not known.
    private func playbook(of row: JournalRow) throws -> Playbook {
        guard !row.parameters.isEmpty else {
            throw PlaybookError(
                .badData, "The row does not tell its parameters: it is of an earlier version. Run its session again.")
        }
        var overrides: [String: String] = [:]
        for part in row.parameters.split(separator: " ") where row.parameters != "defaults" {
            let words = part.split(separator: "=", maxSplits: 1)
            if words.count == 2 { overrides[String(words[0])] = String(words[1]) }
        }
        let playbook = try settings.strategy(row.strategy, overrides: overrides, market: row.symbol.market)
        guard Self.isSame(playbook.parametersID, row.parametersID) else {
            throw PlaybookError(
                .badData,
                "The rules at hand are not those that made the row: \(playbook.parametersID) here, \(row.parametersID) there."
            )
        }
        return playbook
    }
}

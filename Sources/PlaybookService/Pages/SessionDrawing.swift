import PlaybookCore
import PlaybookMarketData
import PlaybookReports
import PlaybookScript

/// Draws sessions of journal rows, with bars and the rules that made the rows.
struct SessionDrawing {
    let history: BarHistory
    let playbook: Playbook
    /// What the playbook is made of.
    let script: Script
    /// The parameters that differ from its defaults.
    let parameters: [String: String]
    let minimumCompleteness: Double

    /// The charts of sessions of `history`, by date: of those that `rows` are of.
    func charts(of rows: [JournalRow]) -> [CivilDate: SessionChart] {
        let byDate = Dictionary(grouping: rows, by: \.tradeDate)
        let wanted = history.requested.filter { slice in
            !history.slices[slice].bars.isEmpty && byDate[history.slices[slice].session.date] != nil
        }
        guard !wanted.isEmpty else { return [:] }
        let tracks = Backtest(history: history).tracks(
            playbook, of: Set(wanted), minimumCompleteness: minimumCompleteness)
        let words = filterWords(of: Set(byDate.keys))
        var charts: [CivilDate: SessionChart] = [:]
        for track in tracks {
            let date = history.slices[track.slice].session.date
            charts[date] = SessionChart(
                track, filters: words[date] ?? [],
                rows: (byDate[date] ?? []).sorted { $0.tradeNumber < $1.tradeNumber }, history: history,
                playbook: playbook)
        }
        return charts
    }
}

extension BarHistory {
    /// What buying at the first open of the requested sessions and holding came to at each close, as a multiple of the
    /// start; splits applied, without dividends.
    func holding() -> [CivilDate: Double] {
        var held: [CivilDate: Double] = [:]
        var factor = 1.0
        var before: Double?
        for slice in slices[requested] {
            before = before.map { $0 / slice.splitRatio }
            guard !slice.bars.isEmpty else { continue }
            let close = bars.close[slice.bars.upperBound - 1]
            factor *= close / (before ?? bars.open[slice.bars.lowerBound])
            before = close
            held[slice.session.date] = factor
        }
        return held
    }
}

/// Several symbols bought in equal parts at the start: the mean at each date that all of them have.
func heldTogether(_ symbols: [[CivilDate: Double]]) -> [CivilDate: Double] {
    guard let first = symbols.first else { return [:] }
    return first.filter { date in symbols.allSatisfy { $0[date.key] != nil } }.reduce(into: [:]) { held, date in
        held[date.key] = symbols.reduce(0) { $0 + ($1[date.key] ?? 0) } / Double(symbols.count)
    }
}

extension SessionDrawing {
    /// What each session's filters said, in words.
    private func filterWords(of dates: Set<CivilDate>) -> [CivilDate: [String]] {
        guard !playbook.plan.filters.isEmpty,
            let explainer = try? Explainer(script, parameters: parameters, history: history)
        else { return [:] }
        return explainer.filters(of: dates, minimumCompleteness: minimumCompleteness).mapValues { filters in
            filters.map { filter in
                let numbers = filter.numbers.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
                let holds = filter.holds.map { $0 ? "yes" : "no" } ?? "unknown"
                return "\(filter.name): \(filter.rule)? \(holds)" + (numbers.isEmpty ? "" : " (\(numbers))")
            }
        }
    }
}

/// Charts for a report on a journal's rows: bars come from the configured source, rules from what rows tell.
struct ReportCharts {
    let settings: Settings
    /// Where the rows are from: it may know their rules.
    let journal: Journal

    /// A chart of each session in which `rows` have a trade, or why there is none.
    ///
    /// - Parameter all: whether to draw sessions without a trade too.
    /// - Returns: the charts, and what buying and holding each symbol came to: nothing where that is not known of all.
    func charts(of rows: [JournalRow], all: Bool = false) async -> (
        charts: [JournalSession: Report.Chart], holdings: [[CivilDate: Double]]
    ) {
        var drawn: [JournalSession: Report.Chart] = [:]
        var holdings: [[CivilDate: Double]] = []
        let whole = Dictionary(grouping: rows, by: \.symbol)
        let traded = Dictionary(grouping: rows.filter { all || $0.trade != nil }, by: \.symbol)
        for (symbol, rows) in traded.sorted(by: { $0.key < $1.key }) {
            let found: [CivilDate: Report.Chart]
            do {
                let all = whole[symbol] ?? rows
                let holding: [CivilDate: Double]
                (found, holding) = try await charts(of: symbol, rows, within: all)
                holdings.append(holding)
            } catch let error as PlaybookError {
                found = Dictionary(rows.map { ($0.tradeDate, .none(error.message)) }) { first, _ in first }
            } catch {
                found = Dictionary(rows.map { ($0.tradeDate, .none("\(error)")) }) { first, _ in first }
            }
            for row in rows { drawn[row.key.session] = found[row.tradeDate] }
        }
        return (drawn, holdings.count == whole.count ? holdings : [])
    }

    private func charts(
        of symbol: Symbol, _ rows: [JournalRow], within all: [JournalRow]
    ) async throws -> (charts: [CivilDate: Report.Chart], holding: [CivilDate: Double]) {
        guard let first = all.map(\.tradeDate).min(), let last = all.map(\.tradeDate).max() else { return ([:], [:]) }
        let (playbook, script, parameters) = try await rules(of: rows[0])
        let request = HistoryRequest(symbol: symbol, sessions: first...last, playbooks: [playbook])
        // Rows of the sample are made of the sample, whatever is configured.
        let isSample = rows.allSatisfy { $0.dataSource == JournalMerge.syntheticSource }
        let market = isSample ? MarketData(source: SampleSource()) : try settings.marketData()
        let (history, _, _) = try await market.settled {
            try await HistoryLoader(source: $0.source).load(request)
        }
        let drawing = SessionDrawing(
            history: history, playbook: playbook, script: script, parameters: parameters,
            minimumCompleteness: try settings.minimumCompleteness())
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
        return (charts, history.holding())
    }

    /// Whether two digests are the same; one of the first schema has no letter before its digits.
    private static func isSame(_ digest: String, _ other: String) -> Bool {
        digest == other || digest.dropFirst() == other[...]
    }

    /// The playbook that made a row: its rules as the journal's writer kept them, else those at hand.
    ///
    /// - Throws: a `PlaybookError` where they are not known.
    func rules(of row: JournalRow) async throws -> (Playbook, Script, [String: String]) {
        guard !row.parameters.isEmpty else {
            throw PlaybookError(
                .badData, "The row does not tell its parameters: it is of an earlier version. Run its session again.")
        }
        var overrides: [String: String] = [:]
        for part in row.parameters.split(separator: " ") where row.parameters != "defaults" {
            let words = part.split(separator: "=", maxSplits: 1)
            if words.count == 2 { overrides[String(words[0])] = String(words[1]) }
        }
        let script: Script
        if let text = try await journal.playbooks.text("\(row.strategy)-\(row.parametersID)") {
            script = try Script(Array(text.utf8))
        } else {
            script = try settings.script(row.strategy).script
        }
        let playbook = try Settings.made(script, overrides, row.symbol.market)
        guard Self.isSame(playbook.parametersID, row.parametersID) else {
            throw PlaybookError(
                .badData,
                "The rules at hand are not those that made the row: \(playbook.parametersID) here, "
                    + "\(row.parametersID) there.")
        }
        return (playbook, script, overrides)
    }
}

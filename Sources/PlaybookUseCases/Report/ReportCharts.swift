package import PlaybookCore
package import PlaybookScript

/// Charts for a report on a journal's rows: bars come from the configured source, rules from what rows tell.
package struct ReportCharts: Sendable {
    package let shelf: any PlaybookShelf
    package let bars: any BarProvider
    /// The built-in source, of whose bars rows may be made.
    package let sample: MarketData
    /// Where the rows are from: it may know their rules.
    package let journal: Journal
    /// The share of the bars due that an order needs, 0 to 1; nil where it is not known.
    package let minimumCompleteness: @Sendable () throws -> Double
    package let drawing: any SessionDrawing

    package init(
        shelf: any PlaybookShelf, bars: any BarProvider, sample: MarketData, journal: Journal,
        minimumCompleteness: @escaping @Sendable () throws -> Double, drawing: any SessionDrawing
    ) {
        (self.shelf, self.bars, self.sample, self.journal) = (shelf, bars, sample, journal)
        (self.minimumCompleteness, self.drawing) = (minimumCompleteness, drawing)
    }

    /// A session's chart.
    package enum Chart: Sendable {
        case drawn(any SessionPicture)
        /// Why there is none, in words.
        case none(NeutralText)
    }

    /// A chart of each session in which `rows` have a trade, or why there is none.
    ///
    /// - Parameter all: whether to draw sessions without a trade too.
    /// - Returns: the charts, and what buying and holding each symbol came to: nothing where that is not known of all.
    package func charts(of rows: [JournalRow], all: Bool = false) async -> (
        charts: [JournalSession: Chart], holdings: [[CivilDate: Double]]
    ) {
        var drawn: [JournalSession: Chart] = [:]
        var holdings: [[CivilDate: Double]] = []
        let spans = Self.spans(of: rows)
        let traded = Dictionary(grouping: rows.filter { all || $0.trade != nil }, by: \.symbol)
        for (symbol, rows) in traded.sorted(by: { $0.key < $1.key }) {
            let found: [CivilDate: Chart]
            do {
                let holding: [CivilDate: Double]
                (found, holding) = try await charts(of: symbol, rows, within: spans[symbol])
                holdings.append(holding)
            } catch let error as PlaybookError {
                found = Dictionary(rows.map { ($0.tradeDate, .none(error.facts)) }) { first, _ in first }
            } catch {
                found = Dictionary(rows.map { ($0.tradeDate, .none("\(error)")) }) { first, _ in first }
            }
            for row in rows { drawn[row.key.session] = found[row.tradeDate] }
        }
        return (drawn, holdings.count == spans.count ? holdings : [])
    }

    /// The first and the last date of each symbol's rows, which are large: they are looked at where they are.
    private static func spans(of rows: [JournalRow]) -> [Symbol: ClosedRange<CivilDate>] {
        var spans: [Symbol: ClosedRange<CivilDate>] = [:]
        for place in rows.indices {
            let date = rows[place].tradeDate
            let span = spans[rows[place].symbol] ?? date...date
            spans[rows[place].symbol] = min(span.lowerBound, date)...max(span.upperBound, date)
        }
        return spans
    }

    private func charts(
        of symbol: Symbol, _ rows: [JournalRow], within span: ClosedRange<CivilDate>?
    ) async throws -> (charts: [CivilDate: Chart], holding: [CivilDate: Double]) {
        guard let span else { return ([:], [:]) }
        let (playbook, script, parameters) = try await rules(of: rows[0])
        let request = HistoryRequest(symbol: symbol, sessions: span, playbooks: [playbook])
        // Rows of the sample are made of the sample, whatever is configured.
        let isSample = rows.allSatisfy { $0.dataSource == JournalMerge.syntheticSource }
        let market = isSample ? sample : try bars.marketData()
        let (history, _, _) = try await market.settled {
            try await HistoryLoader(source: $0.source).load(request)
        }
        let sessions = DrawnSessions(
            history: history, playbook: playbook, script: script, parameters: parameters,
            minimumCompleteness: try minimumCompleteness(), drawing: drawing)
        async let pictures = sessions.charts(of: rows)
        let holding = history.holding()
        let ids = Dictionary(
            zip(history.slices[history.requested].map(\.session.date), history.dataIDs(of: playbook))
        ) { first, _ in first }
        let drawn = await pictures
        var charts: [CivilDate: Chart] = [:]
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
                    """
                    The bars at hand are not those that made the row: \(id) here, \(row.dataID) there. Run its session \
                    again to bring both together.
                    """)
        }
        return (charts, holding)
    }

    /// Whether two digests are the same; one of the first schema has no letter before its digits.
    private static func isSame(_ digest: String, _ other: String) -> Bool {
        digest == other || digest.dropFirst() == other[...]
    }

    /// The playbook that made a row: its rules as the journal's writer kept them, else those at hand.
    ///
    /// - Throws: a `PlaybookError` where they are not known.
    package func rules(of row: JournalRow) async throws -> (Playbook, Script, [String: String]) {
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
            script = try shelf.script(row.strategy).script
        }
        let playbook = try script.made(overrides, row.symbol.market)
        guard Self.isSame(playbook.parametersID, row.parametersID) else {
            throw PlaybookError(
                .badData,
                "The rules at hand are not those that made the row: \(playbook.parametersID) here, "
                    + "\(row.parametersID) there.")
        }
        return (playbook, script, overrides)
    }
}

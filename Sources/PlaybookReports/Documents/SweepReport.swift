public import PlaybookCore
package import PlaybookResearch
public import PlaybookUseCases

extension SweepResult {
    /// How many of the best are shown.
    private static let shown = 10

    /// The result in `format`, in the words of an edge.
    public func text(_ format: ReportFormat, color: Bool, words: some Vocabulary) throws -> String {
        switch format {
        case .table: lines(Paint(isOn: color)).joined(separator: "\n")
        case .json: try jsonText(SweepDocument(self, words))
        }
    }

    private func lines(_ paint: Paint) -> [String] {
        let run = tables.run
        let manifest = run.manifest
        var lines = [
            paint.bold(
                "Sweep of \(manifest.playbook.name) on \(run.symbols.map(\.name).joined(separator: ", ")), "
                    + "\(manifest.start) through \(manifest.last)")
        ]
        if manifest.source == JournalMerge.syntheticSource {
            lines.append(paint.yellow("SYNTHETIC DATA: built-in sample bars, not the market"))
        }
        if isRepeated { lines.append("This sweep is finished: nothing was run.") }
        let table = tables.judged
        var counts =
            "\(counted(run.sets.grid.count, "set")), \(counted(manifest.sessions, "session")), "
            + counted(tables.trades, "trade")
        if run.sets.grid.leftOut > 0 { counts += "; \(run.sets.grid.leftOut) combinations left out by --where" }
        if tables.refused > 0 { counts += "; \(tables.refused) refused by the playbook" }
        if table.thin > 0 { counts += "; \(table.thin) with fewer than \(table.minimumTrades) trades" }
        lines += wrapped(counts, indent: 2, hanging: 2)
        lines += [
            "",
            paint.bold(
                "The best by \(table.metric.rawValue)" + (tables.together == nil ? "" : ", all symbols together")),
        ]
        lines += best(table)
        if run.sets.grid.axes.contains(where: { $0.values.count > 1 }) {
            lines += ["", paint.bold("What each value comes to (\(table.metric.rawValue))")] + effects(table)
        }
        if let judgement { lines += ["", paint.bold("Verdict")] + judgement.lines }
        lines += ["", "Run \(run.id)"]
        lines.append("Results: \(run.store.location)/\(run.id)/results.csv and .parquet")
        if judgement == nil {
            lines.append("Is it luck? trading-playbook research report \(run.id)")
        }
        return lines
    }

    private func best(_ table: SweepTable) -> [String] {
        let ranked = table.ranked
        guard !ranked.isEmpty else {
            return ["  no set has \(table.minimumTrades) trades and a \(table.metric.rawValue)"]
        }
        let grid = table.grid
        var text = TextTable(
            grid.axes.map(\.name) + ["trades", "net USD", "expect.", "Sharpe", "max DD", "plateau", "worst", ""])
        for row in ranked.prefix(Self.shown) {
            func number(_ name: FigureName, _ decimals: Int) -> String {
                row.figures.value(name).map { fixed($0, decimals) } ?? "-"
            }
            let plateau = row.plateau
            text.add(
                grid.values(of: row.set) + [
                    "\(row.trades)", number(.net, 2), number(.expectancy, 3), number(.sharpe, 2),
                    number(.maxDrawdownUSD, 0), plateau?.mean.map { fixed($0, 2) } ?? "-",
                    plateau?.worst.map { fixed($0, 2) } ?? "-", plateau?.note ?? "",
                ])
        }
        return text.lines(leftAligned: [grid.axes.count + 7])
    }

    private func effects(_ table: SweepTable) -> [String] {
        var text = TextTable(["", "", "sets", "25%", "median", "75%"])
        for effect in table.effects
        where table.grid.axes.contains(where: { $0.name == effect.parameter && $0.values.count > 1 }) {
            let quartiles = effect.quartiles?.map { fixed($0, 2) } ?? ["-", "-", "-"]
            text.add([effect.parameter, effect.value, "\(effect.sets)"] + quartiles)
        }
        return text.lines(leftAligned: [0])
    }
}

/// The JSON document of `sweep` and `research`: schema `trading-playbook/sweep/1`.
package struct SweepDocument: Encodable {
    package let schema = "trading-playbook/sweep/1"
    package let run: String
    package let repeated: Bool
    package let strategy: String
    package let symbols: [String]
    package let start, end: String
    package let dataSource: String
    package let synthetic: Bool
    package let sessions, sets, leftOut, refused, thin, trades: Int
    package let metric: String
    package let minTrades: Int
    package let capitalUsd: Double
    package let best: [Row]
    package let effects: [Effect]
    package let hold: [String: FigureDocument]
    package let missingSessions: [String: [String]]
    package let results: [String]
    package let judgement: Judgement.Document?
    package let warnings: [String]

    package struct Row: Encodable {
        package let set: Int
        package let params: [String: String]
        package let paramsId: String
        package let trades: Int
        package let figures: [String: Double]
        package let absent: [String: String]
        package let doubledCostExpectancy: Double?
        package let plateauMean, plateauWorst: Double?
        package let plateauSets: Int
        package let plateauNote: String

        package init(_ row: SweepRow, _ sets: ResearchSets) {
            set = row.set
            params = Dictionary(
                uniqueKeysWithValues: zip(sets.grid.axes.map(\.name), sets.grid.values(of: row.set)))
            paramsId = sets.playbook(row.set)?.parametersID ?? ""
            trades = row.trades
            let document = FigureDocument(row.figures)
            (figures, absent) = (document.figures, document.absent)
            doubledCostExpectancy = row.doubledExpectancy.value
            (plateauMean, plateauWorst) = (row.plateau?.mean, row.plateau?.worst)
            plateauSets = row.plateau?.neighbours ?? 0
            plateauNote = row.plateau?.note ?? ""
        }
    }

    package struct Effect: Encodable {
        package let parameter, value: String
        package let sets: Int
        package let quartiles: [Double]?
    }

    /// How many of the best are in the document; the files have all.
    private static let most = 100

    package init(_ result: SweepResult, _ words: some Vocabulary) {
        let tables = result.tables
        let (run, table) = (tables.run, tables.judged)
        let manifest = run.manifest
        self.run = run.id
        repeated = result.isRepeated
        (strategy, symbols) = (manifest.playbook.name, run.symbols.map(\.name))
        (start, end, dataSource) = (manifest.start, manifest.last, manifest.source)
        synthetic = manifest.source == JournalMerge.syntheticSource
        (sessions, sets, leftOut) = (manifest.sessions, run.sets.grid.count, run.sets.grid.leftOut)
        (refused, thin, trades) = (tables.refused, table.thin, tables.trades)
        (metric, minTrades, capitalUsd) = (manifest.metric, manifest.minTrades, manifest.capital)
        best = table.ranked.prefix(Self.most).map { Row($0, run.sets) }
        effects = table.effects.map {
            Effect(parameter: $0.parameter, value: $0.value, sets: $0.sets, quartiles: $0.quartiles)
        }
        hold = manifest.hold
        missingSessions = manifest.data.mapValues(\.missing).filter { !$0.value.isEmpty }
        results = ["csv", "parquet"].map { "\(run.store.location)/\(run.id)/results.\($0)" }
        judgement = result.judgement?.document
        warnings = result.warnings.map { $0.words(words) }
    }
}

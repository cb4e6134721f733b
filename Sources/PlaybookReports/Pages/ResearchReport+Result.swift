import FoundationEssentials
import PlaybookCore
package import PlaybookResearch
package import PlaybookUseCases

extension ResearchReport {
    /// The page of what a run gave.
    ///
    /// - Throws: a `PlaybookError` where the document of its walk-forward is not right.
    package init(_ found: ResearchPageJob.Result) throws {
        let (run, tables, judgement, row) = (found.run, found.tables, found.judgement, found.row)
        let manifest = run.manifest
        let verdict = judgement.reported(over: run)
        let draws: Outcome<Draws> =
            found.draws.map { .found(Draws(fan: $0.fan, result: $0.result, seed: $0.seed)) }
            ?? .none(Report.Missing("The set judged has no trade, so there is nothing to redraw."))
        self.init(
            run: run.id, strategy: manifest.playbook.name, symbols: run.symbols.map(\.name), sessions: found.sessions,
            sessionCount: run.calendar.count, isSynthetic: manifest.source == JournalMerge.syntheticSource,
            table: tables.judged, set: judgement.document.set, refused: tables.refused, trades: tables.trades,
            verdict: verdict, headline: Self.headline(row, judgement, found.draws),
            walk: try Self.walk(found, verdict), draws: draws, luck: Self.luck(judgement),
            facts: Self.facts(run, tables), command: run.command("sweep"), playbookText: manifest.playbook.text,
            version: programVersion)
        let held = manifest.hold[run.symbols.count > 1 ? "all" : run.symbols[0].name]
        comparison = Report.Comparison(
            name: "Set judged",
            heading: "On a capital of \(Report.Comparison.grouped(manifest.capital)) USD; holding "
                + (run.symbols.count > 1 ? "all symbols in equal parts" : run.symbols[0].name)
                + ", splits applied, without dividends.",
            lines: Report.Comparison.lines(row.figures, held: held?.figures, judgement.evidence.intervals),
            missing: held == nil ? Report.Missing("The run does not tell what holding brought.") : nil)
    }

    private static func headline(
        _ row: SweepRow, _ judgement: Judgement, _ draws: ResearchPageJob.Draws?
    ) -> [ResearchReport.Headline] {
        let (evidence, document) = (judgement.evidence, judgement.document)
        func note(_ figure: Figure?, _ words: String) -> String { figure?.absence?.words ?? words }
        let drawdown = draws.map { $0.result.drawdown[0]...$0.result.drawdown[4] }
        let unit = evidence.results.isInR ? "net R" : "USD"
        return [
            .init("Net P&L, USD", row.figures.value(.net), isSigned: true, note: counted(row.trades, "trade")),
            .init(
                "Expectancy, \(unit)", row.figures.value(.expectancy), decimals: 3, isSigned: true,
                interval: evidence.intervals.expectancy,
                note: evidence.intervals.expectancy == nil ? evidence.intervals.absence?.words ?? "no interval" : "95%"),
            .init(
                "Sharpe ratio, annual", row.figures.value(.sharpe), isSigned: true, interval: evidence.intervals.sharpe,
                note: note(row.figures[.sharpe], "95%")),
            .init(
                "Maximum drawdown, USD", row.figures.value(.maxDrawdownUSD), interval: drawdown,
                note: drawdown == nil ? "not redrawn" : "90% of redrawn"),
            .init(
                "Deflated Sharpe ratio", document.deflatedSharpe, decimals: 3,
                note: note(evidence.deflated.probability, "of \(counted(evidence.trials, "trial")); 0.95 counts")),
            .init(
                "Overfitting, %", document.overfittingProbability.map { $0 * 100 }, decimals: 1,
                note: note(evidence.overfitting, "50 means no skill in choosing")),
        ]
    }

    private static func luck(_ judgement: Judgement) -> ResearchReport.Outcome<ResearchReport.Luck> {
        guard let ranks = judgement.ranks, let probability = judgement.document.overfittingProbability else {
            let why = judgement.evidence.overfitting.absence?.words ?? "it cannot be told"
            return .none(
                Report.Missing(
                    "No probability of overfitting: \(why). It takes \(OverfittingProbability.fewestSets) sets and "
                        + "\(OverfittingProbability.fewestSessions) sessions; give the grid more values, or the sweep more "
                        + "sessions."))
        }
        return .found(ResearchReport.Luck(ranks: ranks, probability: probability))
    }

    private static func walk(_ found: ResearchPageJob.Result, _ verdict: Report.Verdict) throws -> Outcome<Walk> {
        guard let (bytes, place) = found.walk else {
            return .none(verdict.missing.first ?? Report.Missing("The windows of the walk-forward are not there."))
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard let document = try? decoder.decode(WalkForwardReport.Document.self, from: Data(bytes)) else {
            throw PlaybookError(
                .badData, "\(place) is not the result of a walk-forward",
                nextStep: "Remove the folder and run the walk-forward again.")
        }
        return .found(try document.reported(over: found.run.calendar, at: place))
    }

    private static func facts(_ run: ResearchRun, _ tables: SweepTables) -> [Report.Fact] {
        let manifest = run.manifest
        let missing = manifest.data.values.reduce(0) { $0 + $1.missing.count }
        let fixedParameters = manifest.fixed.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return [
            Report.Fact("Run", run.id), Report.Fact("Playbook", manifest.playbook.name),
            Report.Fact("Digest of its rules", manifest.playbook.digest),
            Report.Fact("The same for all sets", fixedParameters.joined(separator: " ")),
            Report.Fact("Symbols", run.symbols.map(\.name).joined(separator: ", ")),
            Report.Fact("Sessions", "\(manifest.start) through \(manifest.last)"),
            Report.Fact(
                "Sets",
                [
                    counted(run.sets.grid.count, "set"),
                    run.sets.grid.leftOut > 0 ? "\(run.sets.grid.leftOut) combinations left out by --where" : "",
                    tables.refused > 0 ? "\(tables.refused) refused by the playbook" : "",
                ].filter { !$0.isEmpty }.joined(separator: ", ")),
            Report.Fact("Bars from", manifest.source),
            Report.Fact(
                "Digest of the bars",
                manifest.data.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.digest)" }.joined(separator: ", ")),
            Report.Fact("Sessions without a bar", missing > 0 ? "\(missing), which count as 0" : "0"),
            Report.Fact("Seed", "\(manifest.seed)"),
            Report.Fact("All sets", "\(run.store.location)/\(run.id)/results.csv and .parquet"),
        ]
    }
}

extension WalkForwardReport.Document {
    /// The windows as a page shows them.
    ///
    /// - Throws: a `PlaybookError` that names `place` where dates are wrong.
    package func reported(over calendar: SessionCalendar, at place: String) throws -> ResearchReport.Walk {
        func range(_ first: String, _ last: String) throws -> ClosedRange<CivilDate> {
            guard let first = CivilDate(first), let last = CivilDate(last), first <= last else {
                throw PlaybookError(
                    .badData, "\(place): the dates of a window are wrong", nextStep: "Run the walk-forward again.")
            }
            return first...last
        }
        func count(_ dates: ClosedRange<CivilDate>) -> Int { calendar.dates.count(where: dates.contains) }
        return ResearchReport.Walk(
            run: run, train: train, test: test,
            windows: try windows.map { window in
                let train = try range(window.trainStart, window.trainEnd)
                let test = try range(window.testStart, window.testEnd)
                return ResearchReport.Walk.Window(
                    symbols: window.symbols, train: train, test: test, trainSessions: count(train),
                    testSessions: count(test),
                    set: window.params.map { params in
                        params.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
                    }, trainNet: window.train.figures["net"], testNet: window.test.figures["net"],
                    testTrades: window.testTrades, testSharpe: window.test.figures["sharpe"],
                    efficiency: window.efficiency)
            }, trades: joined.trades, net: joined.figures.figures["net"], sharpe: joined.figures.figures["sharpe"],
            sharpeError: joined.figures.figures["sharpe_error"], efficiency: efficiency,
            choices: choices.map { ($0.parameter, $0.value, $0.windows) })
    }
}

import FoundationEssentials
import PlaybookCore
import PlaybookReports
import PlaybookResearch

/// Judges a journal's rows for their report: by the sweep that tried their parameters, where RESEARCH_DIR has one, else by
/// their trades alone.
struct ReportVerdict: Sendable {
    private let settings: Settings
    private let rows: [JournalRow]

    /// The judge of rows of one mode, strategy and parameter set.
    init(_ rows: [JournalRow], _ settings: Settings) { (self.rows, self.settings) = (rows, settings) }

    /// The verdict; nil where there is no trade, or sessions of several markets.
    func verdict() async -> Report.Verdict? {
        guard let first = rows.first, let source = try? JournalTrades(rows), !source.trades.isEmpty else { return nil }
        var notes: [Report.Fact] = []
        do {
            if let (tables, set) = try await sweep(of: first) {
                let judgement = try await Judgement(tables, "\(set)", settings)
                return judgement.reported(over: tables.run, isOfRows: true)
            }
        } catch {
            notes.append(Report.Fact("Research", "what RESEARCH_DIR has could not be read: \(error)"))
        }
        var verdict = await alone(source, first)
        verdict.facts += notes
        return verdict
    }

    /// The finished sweep over the same symbols and kind of bars that tried the rows' parameters, and the set: over the
    /// same sessions rather than others, of more sets rather than fewer.
    private func sweep(of first: JournalRow) async throws -> (SweepTables, Int)? {
        let store = try settings.researchStore()
        let symbols = Set(rows.map(\.symbol.qualifiedName))
        let isSynthetic = first.dataSource == JournalMerge.syntheticSource
        let dates = rows.map(\.tradeDate)
        var found: [(run: ResearchRun, set: Int, isSame: Bool)] = []
        for id in try await store.runs() where id.hasPrefix("sweep-\(first.strategy)-") {
            guard let bytes = try await store.read("\(id)/manifest.json"),
                try await store.read("\(id)/results.json") != nil
            else { continue }
            let manifest = try ResearchManifest(bytes, at: "\(store.location)/\(id)/manifest.json")
            guard Set(manifest.symbols) == symbols,
                (manifest.source == JournalMerge.syntheticSource) == isSynthetic,
                // Of a playbook that has changed since nothing can be told.
                let run = try? ResearchRun(manifest, settings, store),
                let set = (0..<run.sets.grid.count).first(where: {
                    run.sets.playbook($0)?.parametersID == first.parametersID
                })
            else { continue }
            let ends = (run.calendar.dates.first, run.calendar.dates.last)
            found.append((run, set, ends == (dates.min(), dates.max())))
        }
        let best = found.max {
            ($0.isSame ? 1 : 0, $0.run.sets.grid.count, $1.run.id) < (
                $1.isSame ? 1 : 0, $1.run.sets.grid.count, $0.run.id
            )
        }
        guard let best else { return nil }
        return (try await SweepTables.of(best.run, best.run.completeTasks()), best.set)
    }

    /// What the trades alone allow to say: the tests of one set, without those that need others around it.
    private func alone(_ source: JournalTrades, _ first: JournalRow) async -> Report.Verdict {
        let symbols = Set(rows.map(\.symbol)).sorted()
        let outcomes = source.trades.map(\.outcome)
        let series = source.calendar.series(outcomes, capital: AccountRules().capital)
        var matrix = DailyMatrix(sessions: source.calendar.count)
        matrix.add(outcomes.daily(source.calendar.count))
        var trials = 1
        if let store = try? settings.researchStore() {
            trials = max(1, (try? await TrialLedger(store: store).count(first.strategy, symbols)) ?? 1)
        }
        let evidence = Evidence(
            sets: 1, symbols: symbols.count, sessions: source.calendar.count, trials: trials,
            allTrades: outcomes.count, set: first.parameters.isEmpty ? first.parametersID : first.parameters,
            trades: outcomes, series: series, intervals: NetIntervals(series, trades: outcomes),
            deflated: DeflatedSharpe(series, trials: trials, ratios: []),
            predictive: await PredictiveAbility(matrix, cores: ProcessInfo.processInfo.activeProcessorCount),
            overfitting: .absent(.fewSets), walk: nil, plateau: Plateau(),
            doubled: NetResults(outcomes.map(\.atDoubledCosts)).expectancy, minimumTrades: 30)
        let options =
            "--strategy \(first.strategy) --symbol \(symbols.map(\.name).joined(separator: ",")) "
            + "--start \(rows.map(\.tradeDate).min() ?? first.tradeDate) --end \(rows.map(\.tradeDate).max() ?? first.tradeDate)"
            + (first.dataSource == JournalMerge.syntheticSource ? " --source sample" : "")
            + " --grid name=first:last:step"
        return Report.Verdict(
            evidence,
            missing: [
                Report.Missing(
                    "No sweep in RESEARCH_DIR has these parameters, so nothing tells how the sets around them do. Run one:",
                    command: "trading-playbook sweep \(options)"),
                Report.Missing(
                    "No walk-forward, so nothing tells whether it holds on sessions that it was not chosen on. Run one over "
                        + "the same grid:", command: "trading-playbook walk-forward \(options) --train 12mo --test 6mo"),
            ])
    }
}

extension Judgement {
    /// The verdict as a page shows it.
    ///
    /// - Parameter isOfRows: whether the page is about a journal's rows, whose sessions may be others.
    func reported(over run: ResearchRun, isOfRows: Bool = false) -> Report.Verdict {
        var missing: [Report.Missing] = []
        if evidence.walk == nil {
            let isLong = run.calendar.count >= 504
            missing.append(
                Report.Missing(
                    "No walk-forward over these sets, so nothing tells whether the choice holds on sessions that it was not "
                        + "made on. Run one:",
                    command: run.command("walk-forward")
                        + (isLong ? " --train 12mo --test 6mo" : " --train 120 --test 40")))
        }
        var verdict = Report.Verdict(evidence, missing: missing)
        if isOfRows {
            verdict.facts.append(
                Report.Fact(
                    "By the sweep",
                    "\(run.id), \(run.manifest.start) through \(run.manifest.last); 'trading-playbook report --research "
                        + "\(run.id)' draws it"))
        }
        return verdict
    }
}

extension Report.Verdict {
    /// The verdict on a set, with what speaks for and against it.
    init(_ evidence: Evidence, missing: [Report.Missing]) {
        let verdict = Verdict(evidence)
        func text(_ figure: Figure) -> String {
            switch figure {
            case .value(let value): fixed(value, 3)
            case .absent(let why): "none: \(why.words)"
            }
        }
        var facts = verdict.lines.dropLast().map { line -> Report.Fact in
            let parts = line.split(separator: ":", maxSplits: 1)
            return Report.Fact(String(parts[0]), String(parts[1].drop { $0 == " " }))
        }
        facts += [
            Report.Fact(
                "Deflated Sharpe ratio",
                "\(text(evidence.deflated.probability)) of \(counted(evidence.trials, "trial")); 0.95 and more speaks against luck"
            ),
            Report.Fact(
                "Predictive ability, p", "\(text(evidence.predictive.p)); 0.05 and less speaks against luck"),
        ]
        let mark: Mark =
            switch verdict.grade {
            case .holds: .holds
            case .untested, .tooFew: .open
            case .noEdge, .likelyLuck, .doesNotHold, .fragile: .against
            }
        let reason = verdict.reasons.first.map { $0.prefix(1).uppercased() + $0.dropFirst() + ". " } ?? ""
        self.init(
            grade: verdict.grade.rawValue, sentence: verdict.grade.sentence,
            note: reason + Self.luck(evidence.deflated),
            facts: facts, missing: missing, mark: mark)
    }

    /// How often chance does as well: what a deflated ratio leaves.
    private static func luck(_ deflated: DeflatedSharpe) -> String {
        guard let probability = deflated.probability.value else { return "" }
        let share = (1 - probability) * 100
        let often = share < 0.1 ? "less than 0.1%" : "\(fixed(share, 1))%"
        return deflated.trials > 1
            ? "The best of \(deflated.trials) sets without any edge does as well in \(often) of cases."
            : "Chance alone, without any edge, does as well in \(often) of cases."
    }
}

extension ResearchRun {
    /// The command that runs the same sets over the same sessions.
    func command(_ name: String) -> String {
        var words = [
            "trading-playbook", name, "--strategy", manifest.playbook.name, "--symbol",
            manifest.symbols.joined(separator: ","), "--start", manifest.start, "--end", manifest.end, "--source",
            String(manifest.source.prefix { $0 != "/" }),
        ]
        for (parameter, value) in manifest.fixed.sorted(by: { $0.key < $1.key }) {
            words += ["--param", "\(parameter)=\(value)"]
        }
        for axis in manifest.grid { words += ["--grid", "\(axis.name)=\(axis.values.joined(separator: ","))"] }
        for condition in manifest.conditions { words += ["--where", condition] }
        if let sample = manifest.sample { words += ["--sample", "\(sample)"] }
        if manifest.seed != 1 { words += ["--seed", "\(manifest.seed)"] }
        if manifest.metric != Metric.sharpe.rawValue { words += ["--metric", manifest.metric] }
        words += ["--min-trades", "\(manifest.minTrades)"]
        if manifest.capital != AccountRules().capital { words += ["--capital", decimalText(manifest.capital)] }
        return shellCommand(words)
    }
}

import FoundationEssentials
import PlaybookCore
import PlaybookResearch

/// What luck makes of a sweep, and the verdict on one of its sets.
struct Judgement: Sendable {
    let verdict: Verdict
    let document: Document
    /// The five lines and the numbers behind them, for people.
    let lines: [String]
    /// The trades of the set that is judged.
    let trades: [TradeOutcome]
    /// Where the best sets of half the sessions rank in the other half; nil where that cannot be told.
    let ranks: OverfittingRanks?
    /// The evidence that the verdict is made of.
    let evidence: Evidence

    /// The JSON of a judgement.
    struct Document: Encodable, Sendable {
        let set: Int
        let params: [String: String]
        let paramsId: String
        let trials: Int
        let sharpeOfSession: Double?
        let figures: FigureDocument
        let expectancy95, meanNetUsd95, profitFactor95, sharpe95, winRate95: [Double]?
        let probabilisticSharpe, minimumTrackRecord: Double?
        let deflatedSharpe, deflatedThreshold, trialsVariance: Double?
        let overfittingProbability: Double?
        let predictiveAbilityP, predictiveAbilityStatistic: Double?
        let setsWithoutVariance: Int
        let absent: [String: String]
        let walkForward: String?
        let verdict: VerdictDocument
    }

    struct VerdictDocument: Encodable, Sendable {
        let grade: String
        let reasons, lines: [String]
    }

    /// Judges the set with the highest Sharpe ratio, or the one that is named.
    init(_ tables: SweepTables, _ name: String?, _ settings: Settings) async throws {
        let (run, table) = (tables.run, tables.judged)
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let set = try Self.set(name, tables)
        let (own, matrix) = try await Self.trades(of: set, run, withDaily: true)
        guard let row = table.row(of: set), let own else {
            throw PlaybookError(
                .usage, "the playbook refuses the set \(run.sets.words(set)): \(run.sets.refusal(set) ?? "")",
                nextStep: "Name another one.")
        }
        let series = run.calendar.series(own, capital: run.request.capital)
        let ledger = TrialLedger(store: run.store)
        let trials = try await ledger.count(run.manifest.playbook.name, run.symbols)
        let deflated = DeflatedSharpe(series, trials: max(1, trials), ratios: table.rows.compactMap(\.ratio))
        let predictive = await PredictiveAbility(matrix, seed: run.request.seed, cores: cores)
        let (overfitting, ranks) = await OverfittingProbability.ranks(of: matrix, cores: cores)
        (self.trades, self.ranks) = (own, ranks)
        let walk = try await WalkForwardRecord.weakest(for: run)
        let intervals = NetIntervals(series, trades: own, seed: run.request.seed)
        let evidence = Evidence(
            sets: run.sets.grid.count, symbols: run.symbols.count, sessions: run.calendar.count, trials: max(1, trials),
            allTrades: tables.trades, set: run.sets.words(set), trades: own, series: series, intervals: intervals,
            deflated: deflated, predictive: predictive, overfitting: overfitting, walk: walk?.outside,
            plateau: table.plateau(of: set, by: .expectancy), doubled: row.doubledExpectancy,
            minimumTrades: run.request.minimumTrades)
        self.evidence = evidence
        verdict = Verdict(evidence)
        var absent: [String: String] = [:]
        func known(_ name: String, _ figure: Figure) -> Double? {
            if let why = figure.absence { absent[name] = why.rawValue }
            return figure.value
        }
        func ends(_ range: ClosedRange<Double>?) -> [Double]? { range.map { [$0.lowerBound, $0.upperBound] } }
        if let why = intervals.absence { absent["intervals"] = why.rawValue }
        let probability = known("probabilistic_sharpe", series.probability())
        let record = known("minimum_track_record", series.minimumTrackRecord)
        let wins = own.count { $0.net > 0 }
        document = Document(
            set: set,
            params: Dictionary(
                uniqueKeysWithValues: zip(run.sets.grid.axes.map(\.name), run.sets.grid.values(of: set))),
            paramsId: run.sets.playbook(set)?.parametersID ?? "", trials: max(1, trials),
            sharpeOfSession: row.ratio, figures: FigureDocument(row.figures),
            expectancy95: ends(intervals.expectancy), meanNetUsd95: ends(intervals.meanNet),
            profitFactor95: ends(intervals.profitFactor), sharpe95: ends(intervals.sharpe),
            winRate95: ends(winRateInterval(wins: wins, of: own.count)),
            probabilisticSharpe: probability, minimumTrackRecord: record,
            deflatedSharpe: known("deflated_sharpe", deflated.probability), deflatedThreshold: deflated.threshold,
            trialsVariance: deflated.variance, overfittingProbability: known("overfitting_probability", overfitting),
            predictiveAbilityP: known("predictive_ability_p", predictive.p),
            predictiveAbilityStatistic: predictive.statistic, setsWithoutVariance: predictive.leftOut, absent: absent,
            walkForward: walk?.id,
            verdict: VerdictDocument(
                grade: verdict.grade.rawValue, reasons: verdict.reasons, lines: verdict.lines))
        func shown(_ figure: Figure, _ decimals: Int = 3) -> String {
            switch figure {
            case .value(let value): fixed(value, decimals)
            case .absent(let why): "- (\(why.words))"
            }
        }
        var text = TextTable()
        text.add("Deflated Sharpe ratio", shown(deflated.probability), "of \(counted(max(1, trials), "trial"))")
        text.add("Predictive ability, p", shown(predictive.p), "of \(counted(matrix.sets, "set"))")
        text.add("Probability of overfitting", shown(overfitting), "")
        lines =
            verdict.lines.flatMap { wrapped($0, indent: 2, hanging: 2) } + [""]
            + text.lines(leftAligned: [0, 1, 2])
    }

    /// The set that is named: its number, or values of the grid's parameters; without a name the one with the highest
    /// Sharpe ratio among those with enough trades.
    static func set(_ name: String?, _ tables: SweepTables) throws -> Int {
        let (table, grid) = (tables.judged, tables.run.sets.grid)
        guard let name else {
            guard let best = table.best(by: .sharpe) ?? table.rows.first else {
                throw PlaybookError(.usage, "the sweep has no set that ran")
            }
            return best.set
        }
        if let number = Int(name), (0..<grid.count).contains(number) { return number }
        let wanted = name.split(separator: " ").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        let found = (0..<grid.count).filter { set in
            let values = grid.overrides(of: set)
            return wanted.allSatisfy { pair in
                guard pair.count == 2 else { return false }
                return values[pair[0]] == pair[1]
            }
        }
        guard let only = found.first, found.count == 1 else {
            throw PlaybookError(
                .usage, "'\(name.prefix(80))' names \(found.count) of the \(grid.count) sets of \(tables.run.id)",
                nextStep: "Give the number in the column 'set' of results.csv, or all of the grid's parameters: "
                    + "'\(tables.run.sets.words(0))'.")
        }
        return only
    }

    /// A set's trades, of all symbols together, nil where it is refused; and, where they are asked for, the daily series of
    /// all sets that are not: the one thing that is kept of all of them.
    static func trades(
        of set: Int, _ run: ResearchRun, withDaily: Bool = false
    ) async throws -> (own: [TradeOutcome]?, matrix: DailyMatrix) {
        let (count, sessions) = (run.sets.grid.count, run.calendar.count)
        var reader = PartReader(run, try await run.completeTasks())
        var own: [TradeOutcome]?
        var matrix = DailyMatrix(sessions: sessions)
        for sets in withDaily ? reader.chunks : [set..<set + 1] {
            var daily = [[Double]?](repeating: nil, count: sets.count)
            try await reader.each(sets) { _, units, found in
                for (unit, trades) in zip(units, found) {
                    guard let trades else { continue }
                    if unit % count == set { own = (own ?? []) + trades }
                    guard withDaily else { continue }
                    trades.addDaily(to: &daily[unit % count - sets.lowerBound], sessions)
                }
            }
            for series in daily { if let series { matrix.add(series) } }
        }
        return (own, matrix)
    }
}

extension [TradeOutcome] {
    /// Adds the net P&L of each of `count` sessions to a series, which begins with 0.
    fileprivate func addDaily(to series: inout [Double]?, _ count: Int) {
        var sums = series ?? [Double](repeating: 0, count: count)
        series = nil
        for trade in self { sums[Int(trade.session)] += trade.net }
        series = sums
    }
}

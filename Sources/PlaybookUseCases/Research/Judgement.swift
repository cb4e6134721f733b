import FoundationEssentials
import PlaybookCore
package import PlaybookResearch

/// What luck makes of a sweep, and the verdict on one of its sets.
package struct Judgement: Sendable {
    package let verdict: Verdict
    package let document: Document
    /// How many sets the test of predictive ability looked at.
    package let testedSets: Int
    /// The trades of the set that is judged.
    package let trades: [TradeOutcome]
    /// Where the best sets of half the sessions rank in the other half; nil where that cannot be told.
    package let ranks: OverfittingRanks?
    /// The evidence that the verdict is made of.
    package let evidence: Evidence

    /// The JSON of a judgement.
    package struct Document: Encodable, Sendable {
        package let set: Int
        package let params: [String: String]
        package let paramsId: String
        package let trials: Int
        package let sharpeOfSession: Double?
        package let figures: FigureDocument
        package let expectancy95, meanNetUsd95, profitFactor95, sharpe95, winRate95: [Double]?
        package let probabilisticSharpe, minimumTrackRecord: Double?
        package let deflatedSharpe, deflatedThreshold, trialsVariance: Double?
        package let overfittingProbability: Double?
        package let predictiveAbilityP, predictiveAbilityStatistic: Double?
        package let setsWithoutVariance: Int
        package let absent: [String: String]
        package let walkForward: String?
        package let verdict: VerdictDocument
    }

    package struct VerdictDocument: Encodable, Sendable {
        package let grade: String
        package let reasons, lines: [String]
    }

    /// Judges the set with the highest Sharpe ratio, or the one that is named.
    package init(_ tables: SweepTables, _ name: String?) async throws {
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
        (self.trades, self.ranks, testedSets) = (own, ranks, matrix.sets)
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
    }

    /// The set that is named: its number, or values of the grid's parameters; without a name the one with the highest
    /// Sharpe ratio among those with enough trades.
    package static func set(_ name: String?, _ tables: SweepTables) throws -> Int {
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
    package static func trades(
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

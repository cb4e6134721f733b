import PlaybookCore
import PlaybookResearch

/// The rows of a sweep: of each symbol, and of all of them together where there are several.
struct SweepTables: Sendable {
    let run: ResearchRun
    /// One for each symbol.
    let symbols: [SweepTable]
    /// All symbols together; nil with one symbol.
    let together: SweepTable?
    /// How many sets the playbook refused.
    let refused: Int
    /// Trades of all units.
    let trades: Int

    /// The table that is judged.
    var judged: SweepTable { together ?? symbols[0] }

    /// The rows that the parts of a run come to.
    ///
    /// With one symbol the trades of a part are forgotten before the next is read.
    static func of(_ run: ResearchRun, _ tasks: [TaskShare]) async throws -> SweepTables {
        let (count, capital) = (run.sets.grid.count, run.request.capital)
        var rows = [[SweepRow]](repeating: [], count: run.symbols.count)
        var bySet: [[TradeOutcome]?] = run.symbols.count > 1 ? Array(repeating: nil, count: count) : []
        var trades = 0
        for task in tasks {
            guard let part = try await run.part(task) else {
                throw PlaybookError(
                    .tryAgain, "the part \(task.partName) of \(run.id) has gone", nextStep: "Run it again.")
            }
            let calendar = run.calendar
            let first = part.units.lowerBound
            let made = [SweepRow?](
                count: part.units.count,
                concurrently: {
                    { place in
                        part.trades[place].map {
                            SweepRow(set: (first + place) % count, $0, calendar, capital: capital)
                        }
                    }
                })
            for (unit, row) in zip(part.units, made) {
                guard let row else { continue }
                rows[unit / count].append(row)
                trades += row.trades
                if !bySet.isEmpty {
                    bySet[unit % count, default: []].append(contentsOf: part.trades[unit - first] ?? [])
                }
            }
        }
        let tables = rows.map {
            SweepTable(run.sets.grid, $0, metric: run.request.metric, minimumTrades: run.request.minimumTrades)
        }
        var together: SweepTable?
        if !bySet.isEmpty {
            let (calendar, all) = (run.calendar, bySet)
            let made = [SweepRow?](
                count: count,
                concurrently: {
                    { set in all[set].map { SweepRow(set: set, $0, calendar, capital: capital) } }
                })
            together = SweepTable(
                run.sets.grid, made.compactMap { $0 }, metric: run.request.metric,
                minimumTrades: run.request.minimumTrades)
        }
        return SweepTables(
            run: run, symbols: tables, together: together, refused: count - (tables.first?.rows.count ?? 0),
            trades: trades)
    }

    /// All tables with the names of what they are of.
    var named: [(symbol: String, table: SweepTable)] {
        zip(run.symbols, symbols).map { ($0.name, $1) } + (together.map { [("all", $0)] } ?? [])
    }
}

extension [[TradeOutcome]?] {
    /// What is at a place, set to `start` first where nothing is.
    subscript(place: Int, default start: [TradeOutcome]) -> [TradeOutcome] {
        get { self[place] ?? start }
        set { self[place] = newValue }
    }
}

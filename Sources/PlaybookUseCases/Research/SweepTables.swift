import PlaybookCore
package import PlaybookResearch

/// The rows of a sweep: of each symbol, and of all of them together where there are several.
package struct SweepTables: Sendable {
    package let run: ResearchRun
    /// One for each symbol.
    package let symbols: [SweepTable]
    /// All symbols together; nil with one symbol.
    package let together: SweepTable?
    /// How many sets the playbook refused.
    package let refused: Int
    /// Trades of all units.
    package let trades: Int

    /// The table that is judged.
    package var judged: SweepTable { together ?? symbols[0] }

    /// The rows that the parts of a run come to.
    ///
    /// The trades of some sets are read at a time, and forgotten before those of the next ones: what is in memory does not
    /// grow with the number of sets.
    ///
    /// - Parameter made: parts that were just made and need not be read.
    package static func of(
        _ run: ResearchRun, _ tasks: [TaskShare], made: [TaskShare: TradePart] = [:]
    ) async throws -> SweepTables {
        let (calendar, capital, count) = (run.calendar, run.request.capital, run.sets.grid.count)
        var rows = [[SweepRow]](repeating: [], count: run.symbols.count)
        var all: [SweepRow] = []
        var trades = 0
        var reader = PartReader(run, tasks, made: made)
        for sets in reader.chunks {
            var bySet = [[TradeOutcome]?](repeating: nil, count: run.symbols.count > 1 ? sets.count : 0)
            try await reader.each(sets) { symbol, units, found in
                let made = [SweepRow?](
                    count: units.count,
                    concurrently: {
                        { place in
                            found[place].map {
                                SweepRow(
                                    set: (units.lowerBound + place) % count, $0, calendar, capital: capital)
                            }
                        }
                    }
                ).compactMap { $0 }
                rows[symbol] += made
                trades += made.reduce(0) { $0 + $1.trades }
                guard !bySet.isEmpty else { return }
                for (unit, trades) in zip(units, found) {
                    if let trades { bySet[unit % count - sets.lowerBound, default: []] += trades }
                }
            }
            let together = bySet
            all += [SweepRow?](
                count: together.count,
                concurrently: {
                    { place in
                        together[place].map {
                            SweepRow(set: sets.lowerBound + place, $0, calendar, capital: capital)
                        }
                    }
                }
            ).compactMap { $0 }
        }
        func table(_ rows: [SweepRow]) -> SweepTable {
            SweepTable(run.sets.grid, rows, metric: run.request.metric, minimumTrades: run.request.minimumTrades)
        }
        return SweepTables(
            run: run, symbols: rows.map(table), together: run.symbols.count > 1 ? table(all) : nil,
            refused: count - (rows.first?.count ?? 0), trades: trades)
    }

    /// All tables with the names of what they are of.
    package var named: [(symbol: String, table: SweepTable)] {
        zip(run.symbols, symbols).map { ($0.name, $1) } + (together.map { [("all", $0)] } ?? [])
    }
}

extension [[TradeOutcome]?] {
    /// What is at a place, set to `start` first where nothing is.
    package subscript(place: Int, default start: [TradeOutcome]) -> [TradeOutcome] {
        get { self[place] ?? start }
        set { self[place] = newValue }
    }
}

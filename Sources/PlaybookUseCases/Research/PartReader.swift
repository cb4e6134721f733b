import PlaybookCore
package import PlaybookResearch

/// Reads the trades of a run, so many sets at a time that what is in memory does not grow with their number.
struct PartReader {
    private let run: ResearchRun
    private let tasks: [TaskShare]
    private let made: [TaskShare: TradePart]
    /// The part that was read last: often the next sets are in it as well.
    private var last: (task: TaskShare, part: any StoredTradePart)?

    /// A reader of the parts of `tasks`, all of which are there.
    ///
    /// - Parameter made: parts that need not be read.
    init(_ run: ResearchRun, _ tasks: [TaskShare], made: [TaskShare: TradePart] = [:]) {
        (self.run, self.tasks, self.made) = (run, tasks, made)
    }

    /// Sets that are read together, in their order.
    var chunks: [Range<Int>] {
        let count = run.sets.grid.count
        let size = max(1, ResearchRun.unitsAtOnce / run.symbols.count)
        return stride(from: 0, to: count, by: size).map { $0..<min(count, $0 + size) }
    }

    /// Calls `body` with each symbol's units of some sets, in their order, and their trades, nil for a set that is refused.
    mutating func each(
        _ sets: Range<Int>, _ body: (_ symbol: Int, _ units: Range<Int>, _ trades: [[TradeOutcome]?]) -> Void
    ) async throws {
        let count = run.sets.grid.count
        for task in tasks {
            let own = task.units(of: run.units)
            for symbol in run.symbols.indices {
                let units = (symbol * count + sets.lowerBound..<symbol * count + sets.upperBound).clamped(to: own)
                if !units.isEmpty { body(symbol, units, try await trades(of: units, task)) }
            }
        }
    }

    private mutating func trades(of units: Range<Int>, _ task: TaskShare) async throws -> [[TradeOutcome]?] {
        if let part = made[task] { return Array(part.trades(of: units)) }
        if let last, last.task == task { return try last.part.trades(of: units) }
        // Forgotten before the next one is read.
        last = nil
        guard let part = try await run.part(task) else {
            throw PlaybookError(
                .tryAgain, "the part \(task.partName) of \(run.id) has gone", nextStep: "Run it again.")
        }
        last = (task, part)
        return try part.trades(of: units)
    }
}

/// The trades of some of a run's units.
package struct TradePart: Sendable {
    /// The units, symbol by symbol, then set by set.
    package let units: Range<Int>
    /// For each unit its trades; nil where the set is refused.
    package let trades: [[TradeOutcome]?]

    package init(units: Range<Int>, trades: [[TradeOutcome]?]) { (self.units, self.trades) = (units, trades) }

    /// The trades of some of its units.
    package func trades(of units: Range<Int>) -> ArraySlice<[TradeOutcome]?> {
        trades[units.lowerBound - self.units.lowerBound..<units.upperBound - self.units.lowerBound]
    }
}

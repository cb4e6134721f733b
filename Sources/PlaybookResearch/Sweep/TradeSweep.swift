public import PlaybookCore

/// The trades of many parameter sets over one symbol's bars, by all cores.
public struct TradeSweep: Sendable {
    private let history: BarHistory
    private let minimumCompleteness: Double
    private let cores: Int
    /// For each of the history's slices its place in the calendar and its open; nil where it is not asked for.
    private let sessions: [(place: Int32, open: Int64)?]

    /// A sweep over `history`.
    ///
    /// - Parameters:
    ///   - minimumCompleteness: as in `Backtest.run`.
    ///   - cores: how many threads work.
    public init(_ history: BarHistory, _ calendar: SessionCalendar, minimumCompleteness: Double, cores: Int) {
        self.history = history
        self.minimumCompleteness = minimumCompleteness
        self.cores = max(1, cores)
        sessions = history.slices.map { slice in
            calendar.place(of: slice.session.date).map { (Int32($0), slice.session.open.secondsSinceEpoch) }
        }
    }

    /// Sets that are walked together: enough to share what they have in common, few enough that what is kept of them,
    /// and of the columns that they read, does not grow with the number of sets.
    static let mostTogether = 256

    /// What `body` makes of the trades of each playbook, in their order.
    ///
    /// - Parameters:
    ///   - body: called for each playbook with its place and its trades, ascending by session and entry, from several threads.
    ///   - progress: told how many playbooks are done, from any thread.
    /// - Throws: `CancellationError` when the task is cancelled.
    public func run<Result: Sendable>(
        _ playbooks: [Playbook], progress: @escaping @Sendable (Int) -> Void = { _ in },
        _ body: @escaping @Sendable (Int, [TradeOutcome]) -> Result
    ) async throws -> [Result] {
        let pieces = Self.pieces(playbooks.count, cores)
        return try await withThrowingTaskGroup(of: (Int, [Result]).self) { group in
            var waiting = pieces.makeIterator()
            var (found, done) = ([Int: [Result]](), 0)
            func start() {
                guard let piece = waiting.next() else { return }
                group.addTask {
                    (
                        piece.lowerBound,
                        trades(of: Array(playbooks[piece])).enumerated().map {
                            body(piece.lowerBound + $0, $1)
                        }
                    )
                }
            }
            for _ in 0..<cores { start() }
            while let (first, results) = try await group.next() {
                try Task.checkCancellation()
                found[first] = results
                done += results.count
                progress(done)
                start()
            }
            return pieces.flatMap { found[$0.lowerBound] ?? [] }
        }
    }

    /// The trades of each of some playbooks.
    private func trades(of playbooks: [Playbook]) -> [[TradeOutcome]] {
        var trades = [[TradeOutcome]](repeating: [], count: playbooks.count)
        Backtest(history: history).sweep(playbooks, minimumCompleteness: minimumCompleteness) { set, slice, trade in
            guard let session = sessions[slice] else { return }
            trades[set].append(TradeOutcome(trade, session: session.place, open: session.open))
        }
        return trades
    }

    /// Ranges of sets that are walked together, as even as possible.
    static func pieces(_ count: Int, _ cores: Int) -> [Range<Int>] {
        guard count > 0 else { return [] }
        let rounds = (count + mostTogether * cores - 1) / (mostTogether * cores)
        let pieces = min(count, rounds * cores)
        return (0..<pieces).map { count * $0 / pieces..<count * ($0 + 1) / pieces }
    }
}

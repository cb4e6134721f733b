import PlaybookCore

/// How far redrawn runs spread as they go on, for a picture of them.
public struct MonteCarloFan: Sendable, Hashable {
    /// After how many sessions each part of `spread` is, ascending; the last is all of them.
    public let sessions: [Int]
    /// Percentiles of the P&L after so many sessions, in USD, by `MonteCarlo.percentiles`.
    public let spread: [[Double]]
    /// The run as it was, after so many sessions, in USD.
    public let actual: [Double]
    /// The deepest drawdown of each run in USD, ascending.
    public let drawdowns: [Double]
    /// That of the run as it was, in USD.
    public let actualDrawdown: Double
}

extension MonteCarlo {
    /// The spread of runs redrawn by the stationary bootstrap: those that `run` draws for the same count and seed.
    ///
    /// - Parameter points: at how many sessions to look, at the most.
    /// - Returns: nil without a session.
    public func fan(runs: Int, seed: UInt64, points: Int = 80, cores: Int) async -> MonteCarloFan? {
        let count = sessions.count
        guard count > 0, runs > 0, points > 0 else { return nil }
        let tallies = sessions.map(Tally.init)
        let block = Double(count).squareRoot()
        let parts = min(points, count)
        let marks = (1...parts).map { count * $0 / parts }
        let drawn = await concurrently(runs, pieces: cores * 4) { range in
            range.map { run -> (equity: [Double], fall: Double) in
                var random = SplitMix64(seed: seed, unit: run)
                return walk(marks) { take in
                    StationaryBootstrap.each(count, mean: block, &random) { start, length in
                        for place in start..<start + length { take(tallies[place < count ? place : place - count]) }
                    }
                }
            }
        }.flatMap { $0 }
        let spread = marks.indices.map { mark in
            let sorted = drawn.map { $0.equity[mark] }.sorted()
            return Self.percentiles.map { BootstrapIntervals.quantile(sorted, $0 / 100) }
        }
        let actual = walk(marks) { take in for tally in tallies { take(tally) } }
        return MonteCarloFan(
            sessions: marks, spread: spread, actual: actual.equity, drawdowns: drawn.map(\.fall).sorted(),
            actualDrawdown: actual.fall)
    }

    /// One run: its P&L after so many sessions each, and its deepest drawdown.
    private func walk(
        _ marks: [Int], _ sessions: ((Tally) -> Void) -> Void
    ) -> (equity: [Double], fall: Double) {
        var path = Path(capital)
        var equity: [Double] = []
        equity.reserveCapacity(marks.count)
        var taken = 0
        sessions { tally in
            path.take(tally.result, isCompounded)
            taken += 1
            if taken == marks[equity.count] { equity.append(path.equity - capital) }
        }
        return (equity, path.fall)
    }
}

import PlaybookCore

extension MonteCarlo {
    /// Percentiles of the deepest drawdown in USD, by `percentiles`, of runs redrawn by the stationary bootstrap: those that
    /// `run` finds for the same count and seed, in a fraction of its time, for nothing else is looked at.
    public func drawdowns(runs: Int, seed: UInt64, cores: Int) async -> [Double] {
        let results = sessions.map { Tally($0).result }
        // Most sessions bring nothing, and change nothing: those that do, and how many of them lie before each session.
        let kept = results.filter { $0 != 0 }
        var before = [0]
        for result in results { before.append(before[before.count - 1] + (result != 0 ? 1 : 0)) }
        let places = before
        let falls = await concurrently(runs, pieces: cores * 4) { range in
            range.map { run -> Double in
                var random = SplitMix64(seed: seed, unit: run)
                return isCompounded
                    ? fall(kept, places, &random) { $0 + $0 * $1 } : fall(kept, places, &random) { $0 + $1 }
            }
        }
        let sorted = falls.flatMap { $0 }.sorted()
        return sorted.isEmpty ? [] : Self.percentiles.map { BootstrapIntervals.quantile(sorted, $0 / 100) }
    }

    /// The deepest fall of one run, each of whose results `add` adds to the equity.
    ///
    /// - Parameters:
    ///   - results: those of the sessions that brought something.
    ///   - before: how many of them lie before each session, and at last before the end.
    @inline(__always)
    private func fall(
        _ results: [Double], _ before: [Int], _ random: inout SplitMix64, _ add: (Double, Double) -> Double
    ) -> Double {
        var (equity, peak, fall) = (capital, capital, 0.0)
        func take(_ results: ArraySlice<Double>) {
            for result in results {
                equity = add(equity, result)
                // Without branches, for whether a session is at a peak cannot be foretold.
                peak = equity > peak ? equity : peak
                let depth = peak - equity
                fall = depth > fall ? depth : fall
            }
        }
        let count = before.count - 1
        StationaryBootstrap.each(count, mean: Double(count).squareRoot(), &random) { start, length in
            let end = start + length
            take(results[before[start]..<before[min(end, count)]])
            // The series goes on at its start.
            if end > count { take(results[..<before[end - count]]) }
        }
        return fall
    }
}

import PlaybookCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Two runs over the same sessions: the mean of the daily differences, first - second, with its interval.
public struct SeriesComparison: Sendable, Hashable {
    /// Sessions that both have.
    public let sessions: Int
    /// Mean difference of a session, in USD.
    public let mean: Double
    /// 95% percentile interval of the mean, by the stationary bootstrap with blocks of T^(1/3) sessions on average; nil
    /// with fewer than 30 sessions.
    public let interval: ClosedRange<Double>?

    /// Compares the net P&L of sessions.
    public init(_ first: [Double], _ second: [Double], draws: Int = 4_000, seed: UInt64 = 1) {
        let differences = zip(first, second).map { $0 - $1 }
        let sessions = differences.count
        self.sessions = sessions
        let count = Double(max(1, differences.count))
        mean = differences.reduce(0, +) / count
        guard sessions >= ReturnSeries.fewestSessions else {
            interval = nil
            return
        }
        var sums = [0.0]
        for value in differences { sums.append(sums[sums.count - 1] + value) }
        var random = SplitMix64(seed: seed)
        let means = (0..<draws).map { _ -> Double in
            var sum = 0.0
            StationaryBootstrap.each(sessions, mean: cbrt(count), &random) { start, length in
                let end = start + length
                sum +=
                    end <= sessions
                    ? sums[end] - sums[start] : sums[sessions] - sums[start] + sums[end - sessions]
            }
            return sum / count
        }.sorted()
        interval = BootstrapIntervals.quantile(means, 0.025)...BootstrapIntervals.quantile(means, 0.975)
    }
}

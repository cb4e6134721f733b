import PlaybookCore

/// What might have been: a run's sessions redrawn many times.
public struct MonteCarlo: Sendable {
    /// How a run is drawn.
    public enum Kind: Sendable, Hashable {
        /// Sessions by the stationary bootstrap; the mean length of a block, nil for sqrt(T).
        case bootstrap(block: Double?)
        /// The sessions in another order: drawdown and streaks alone differ.
        case shuffle
        /// Each trade left out with this probability.
        case skip(share: Double)
        /// Each fill worse by |N(0, s)|, s in basis points of its value.
        case slippage(bps: Double)

        /// Its name.
        public var name: String {
            switch self {
            case .bootstrap: "bootstrap"
            case .shuffle: "shuffle"
            case .skip: "skip"
            case .slippage: "slippage"
            }
        }
    }

    /// A trade of a session.
    public struct Trade: Sendable, Hashable {
        /// What it brings: USD, or a share of the equity before its session where the run is compounded.
        public var result: Double
        /// The values of its fills, in the unit of the result.
        public var fills: [Double]

        /// A trade.
        public init(result: Double, fills: [Double]) { (self.result, self.fills) = (result, fills) }
    }

    /// A fall of the equity that must not be.
    public enum Ruin: Sendable, Hashable {
        /// In % of the peak.
        case percent(Double)
        case usd(Double)
    }

    /// What the draws gave.
    public struct Result: Sendable, Hashable {
        /// How many runs were drawn.
        public let runs: Int
        /// Percentiles of the final P&L in USD, by `percentiles`.
        public let final: [Double]
        /// Of the deepest drawdown in USD and in % of its peak.
        public let drawdown, drawdownPercent: [Double]
        /// Of the longest streak of losing trades.
        public let streak: [Double]
        /// The share of runs whose drawdown is above the one asked for; nil where none is.
        public let ruin: Double?
        /// The mean block length; nil where sessions are not drawn in blocks.
        public let block: Double?
    }

    /// Which percentiles are told.
    public static let percentiles: [Double] = [5, 25, 50, 75, 95]

    /// The sessions of the run with their trades, in the order of the entries.
    let sessions: [[Trade]]
    let capital: Double
    let isCompounded: Bool

    /// A run to draw from.
    ///
    /// - Parameters:
    ///   - sessions: the trades of every session of the range, none where there was none.
    ///   - isCompounded: whether results are shares of the equity.
    public init(sessions: [[Trade]], capital: Double, isCompounded: Bool = false) {
        self.sessions = sessions
        self.capital = capital
        self.isCompounded = isCompounded
    }

    /// Draws `runs` runs. The same seed gives the same, on any number of threads.
    public func run(_ kind: Kind, runs: Int, seed: UInt64, ruin: Ruin? = nil, cores: Int) async -> Result {
        let tallies = sessions.map(Tally.init)
        let block: Double? =
            if case .bootstrap(let block) = kind { block ?? Double(sessions.count).squareRoot() } else { nil }
        let pieces = await concurrently(runs, pieces: cores * 4) { range in
            var order = Array(tallies.indices)
            return range.map { run -> Path in
                var random = SplitMix64(seed: seed, unit: run)
                return path(kind, block, tallies, &order, &random)
            }
        }
        let paths = pieces.flatMap { $0 }
        func quantiles(_ value: (Path) -> Double) -> [Double] {
            let sorted = paths.map(value).sorted()
            return sorted.isEmpty
                ? [] : Self.percentiles.map { BootstrapIntervals.quantile(sorted, $0 / 100) }
        }
        let ruined = ruin.map { ruin in
            Double(
                paths.count { path in
                    switch ruin {
                    case .percent(let limit): path.percent > limit
                    case .usd(let limit): path.fall > limit
                    }
                }) / Double(max(1, runs))
        }
        return Result(
            runs: runs, final: quantiles { $0.equity - capital }, drawdown: quantiles(\.fall),
            drawdownPercent: quantiles(\.percent), streak: quantiles { Double($0.streak) }, ruin: ruined, block: block)
    }

    /// One run as it goes by.
    struct Path: Sendable {
        var equity, peak: Double
        var (fall, percent) = (0.0, 0.0)
        var (streak, current) = (0, 0)

        init(_ capital: Double) { (equity, peak) = (capital, capital) }

        @inline(__always)
        mutating func take(_ result: Double, _ isCompounded: Bool) {
            equity += isCompounded ? equity * result : result
            if equity >= peak {
                peak = equity
            } else {
                fall = max(fall, peak - equity)
                if peak > 0 { percent = max(percent, (peak - equity) / peak * 100) }
            }
        }

        @inline(__always)
        mutating func count(_ tally: Tally) {
            guard tally.trades > 0 else { return }
            streak = max(streak, current + Int(tally.leading), Int(tally.longest))
            current = tally.leading == tally.trades ? current + Int(tally.trades) : Int(tally.trailing)
        }
    }

    /// A session's sum and its losing streaks: at its start, at its end, and the longest.
    struct Tally: Sendable {
        var result = 0.0
        var (trades, leading, trailing, longest): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)

        init(_ trades: [Trade]) { for trade in trades { add(trade.result) } }

        init() {}

        mutating func add(_ value: Double) {
            result += value
            if value < 0 {
                if leading == trades { leading += 1 }
                trailing += 1
                longest = max(longest, trailing)
            } else {
                trailing = 0
            }
            trades += 1
        }
    }

    private func path(
        _ kind: Kind, _ block: Double?, _ tallies: [Tally], _ order: inout [Int], _ random: inout SplitMix64
    ) -> Path {
        var path = Path(capital)
        func take(_ tally: Tally) {
            path.count(tally)
            path.take(tally.result, isCompounded)
        }
        switch kind {
        case .bootstrap:
            tallies.withUnsafeBufferPointer { tallies in
                StationaryBootstrap.each(tallies.count, mean: block ?? 1, &random) { start, length in
                    var place = start
                    for _ in 0..<length {
                        take(tallies[place])
                        place += 1
                        if place == tallies.count { place = 0 }
                    }
                }
            }
        case .shuffle:
            for place in order.indices { order[place] = place }
            for place in order.indices.dropLast() {
                order.swapAt(place, place + random.index(below: order.count - place))
            }
            for place in order { take(tallies[place]) }
        case .skip(let share):
            for session in sessions {
                var tally = Tally()
                for trade in session where random.unitValue() > share { tally.add(trade.result) }
                take(tally)
            }
        case .slippage(let bps):
            for session in sessions {
                var tally = Tally()
                for trade in session {
                    tally.add(
                        trade.fills.reduce(trade.result) { $0 - abs(random.normal()) * bps / 10_000 * $1 })
                }
                take(tally)
            }
        }
        return path
    }
}

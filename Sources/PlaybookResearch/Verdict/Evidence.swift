import PlaybookCore

/// What a verdict is made of.
public struct Evidence: Sendable {
    /// A walk-forward over the same sessions and sets.
    public struct Outside: Sendable, Hashable {
        /// Trades of the test windows.
        public var trades: Int
        /// Windows, and those for which no set could be chosen.
        public var windows, skipped: Int
        /// P&L of each window with a chosen set.
        public var results: [Double]
        /// The joined series' annual Sharpe ratio and its standard error.
        public var sharpe, error: Figure
        /// The train window's length in sessions, and the most trades that a set has there on average of all sets' best.
        public var trainSessions: Int

        /// What a walk-forward found.
        public init(_ walk: WalkForward) {
            trades = walk.trades.count
            (windows, skipped, results) = (walk.windowCount, walk.skipped, walk.results)
            sharpe = walk.figures[.sharpe] ?? .absent(.noTrades)
            error = walk.figures[.sharpeError] ?? .absent(.noTrades)
            trainSessions = walk.windows.map(\.window.train.count).max() ?? 0
        }

        /// The same from its parts.
        public init(
            trades: Int, windows: Int, skipped: Int, results: [Double], sharpe: Figure, error: Figure,
            trainSessions: Int
        ) {
            self.trades = trades
            (self.windows, self.skipped, self.results) = (windows, skipped, results)
            (self.sharpe, self.error, self.trainSessions) = (sharpe, error, trainSessions)
        }
    }

    /// How many sets the sweep has, of how many symbols, over how many sessions; N of all trials.
    public var sets, symbols, sessions, trials: Int
    /// Trades of all sets.
    public var allTrades: Int
    /// The set judged, in words: its parameters.
    public var set: String
    /// Its trades.
    public var trades: Int
    /// Their results.
    public var results: NetResults
    /// Its Sharpe ratio.
    public var sharpe: Figure
    /// Its intervals.
    public var intervals: NetIntervals
    /// What luck makes of it.
    public var deflated: DeflatedSharpe
    public var predictive: PredictiveAbility
    public var overfitting: Figure
    /// The walk-forward; nil where there is none.
    public var walk: Outside?
    /// The expectancy of the sets around it, and its own at doubled costs.
    public var plateau: Plateau
    public var doubled: Figure
    /// Trades that a set has to have.
    public var minimumTrades: Int

    /// What is known of a set.
    public init(
        sets: Int, symbols: Int, sessions: Int, trials: Int, allTrades: Int, set: String, trades: [TradeOutcome],
        series: ReturnSeries, intervals: NetIntervals, deflated: DeflatedSharpe, predictive: PredictiveAbility,
        overfitting: Figure, walk: Outside?, plateau: Plateau, doubled: Figure, minimumTrades: Int
    ) {
        (self.sets, self.symbols, self.sessions, self.trials) = (sets, symbols, sessions, trials)
        (self.allTrades, self.set, self.trades) = (allTrades, set, trades.count)
        results = NetResults(trades)
        sharpe = series.sharpe
        (self.intervals, self.deflated, self.predictive) = (intervals, deflated, predictive)
        (self.overfitting, self.walk, self.plateau) = (overfitting, walk, plateau)
        (self.doubled, self.minimumTrades) = (doubled, minimumTrades)
    }

    private var unit: String { results.isInR ? "R" : "USD" }

    /// About how many trades would be enough: (2.8 stdev R / mean R)^2.
    var enough: String {
        guard let ratio = Moments(results.values).ratio, ratio != 0 else { return "" }
        let count = (2.8 / ratio) * (2.8 / ratio)
        return count < 1e9 ? "; about \(Int(count.rounded(.up))) would be enough" : ""
    }

    /// Whether the interval of the expectancy after costs lies above 0.
    var hasEdge: Bool {
        guard let interval = intervals.expectancy else { return intervals.absence == .fewLosers }
        return interval.lowerBound > 0
    }

    var edgeReason: String {
        if let interval = intervals.expectancy {
            return "the interval of the expectancy, \(shortText(interval.lowerBound)) to "
                + "\(shortText(interval.upperBound)) \(unit), reaches 0"
        }
        return "no interval of the expectancy: \(intervals.absence?.words ?? "it cannot be drawn")"
    }

    var luck: [String] {
        var reasons: [String] = []
        if case .value(let probability) = deflated.probability, probability < 0.95 {
            reasons.append(
                "deflated Sharpe ratio \(shortText(probability, 3)), below 0.95, of \(counted(trials, "trial"))")
        }
        if case .value(let p) = predictive.p, p > 0.05 {
            reasons.append("predictive ability: p \(shortText(p, 3)), above 0.05")
        }
        return reasons
    }

    /// What is missing for a test.
    var missing: [String] {
        var reasons: [String] = []
        if case .absent(let why) = deflated.probability { reasons.append("no deflated Sharpe ratio: \(why.words)") }
        if case .absent(let why) = predictive.p { reasons.append("no test of predictive ability: \(why.words)") }
        guard let walk else { return reasons + ["no walk-forward"] }
        if walk.trades < Verdict.fewestTradesOutside {
            reasons.append("the walk-forward has \(counted(walk.trades, "trade")) outside, fewer than 30")
        }
        if 2 * walk.skipped > walk.windows {
            reasons.append(
                "\(walk.skipped) of \(walk.windows) windows were skipped: training must be about "
                    + "\(neededTrain(walk)) sessions long")
        }
        if walk.sharpe.value == nil || walk.error.value == nil {
            reasons.append("the walk-forward has no Sharpe ratio: \(walk.sharpe.absence?.words ?? "")")
        }
        return reasons
    }

    /// Sessions in which the set judged makes the trades that are asked for.
    private func neededTrain(_ walk: Outside) -> Int {
        guard trades > 0 else { return walk.trainSessions }
        let needed = (minimumTrades * sessions + trades - 1) / trades
        return max(needed, walk.trainSessions + 1)
    }

    /// Whether a walk-forward says something.
    var isOutsideTested: Bool { walk?.sharpe.value != nil && walk?.error.value != nil }

    /// What a walk-forward says against it.
    var outsideFailures: [String] {
        guard let walk, let sharpe = walk.sharpe.value, let error = walk.error.value else { return [] }
        var reasons: [String] = []
        let ratio = error > 0 ? sharpe / error : sharpe > 0 ? .infinity : 0
        if ratio < Verdict.limit {
            reasons.append(
                "outside, the Sharpe ratio \(shortText(sharpe)) is \(shortText(ratio)) standard errors, fewer than 1.645"
            )
        }
        if walk.results.count >= Verdict.fewestWindows {
            let winners = walk.results.count { $0 > 0 }
            if 2 * winners < walk.results.count {
                reasons.append("\(winners) of \(walk.results.count) windows made money")
            }
            let profit = walk.results.reduce(0, +)
            if let most = walk.results.max(), profit > 0, most > profit / 2 {
                reasons.append("one window made \(Int((most / profit * 100).rounded()))% of the profit")
            }
        }
        return reasons
    }

    /// How it depends on a narrow spot.
    var fragility: [String] {
        var reasons: [String] = []
        if let worst = plateau.worst, worst <= 0 {
            reasons.append("the worst neighbour has an expectancy of \(shortText(worst)) \(unit)")
        }
        if case .value(let value) = doubled, value <= 0 {
            reasons.append("at doubled costs (2 bps at least) the expectancy is \(shortText(value)) \(unit)")
        }
        return reasons
    }
}

// MARK: - Lines

extension Evidence {
    var tried: String {
        "\(counted(sets, "set")) on \(counted(symbols, "symbol")), \(counted(sessions, "session")), "
            + "\(counted(allTrades, "trade")); \(counted(trials, "trial")) in all"
    }

    var found: String {
        let expectancy = results.expectancy.value.map { "expectancy \(shortText($0)) \(unit)" } ?? "no trade"
        let ratio = sharpe.value.map { ", Sharpe \(shortText($0))" } ?? ", no Sharpe ratio"
        return "\(set): \(counted(trades, "trade")), \(expectancy)\(text(intervals.expectancy))\(ratio)"
            + text(intervals.sharpe)
    }

    var outside: String {
        guard let walk else { return "no walk-forward" }
        let head =
            "\(counted(walk.windows, "window"))"
            + (walk.skipped > 0 ? ", \(walk.skipped) skipped" : "") + ", \(counted(walk.trades, "trade"))"
        guard let sharpe = walk.sharpe.value, let error = walk.error.value else { return "\(head), no Sharpe ratio" }
        let winners = walk.results.count { $0 > 0 }
        return "\(head), Sharpe \(shortText(sharpe)) +- \(shortText(error)), \(winners) made money"
    }

    /// Each failed or missing test, the probability of overfitting, and what the plateau says.
    func against(_ reasons: [String]) -> String {
        var parts = reasons
        switch overfitting {
        case .value(let value): parts.append("probability of overfitting \(shortText(value))")
        case .absent(let why): parts.append("probability of overfitting not computed: \(why.words)")
        }
        if let worst = plateau.worst, let mean = plateau.mean {
            let note = plateau.note.isEmpty ? "" : " (\(plateau.note))"
            parts.append(
                "neighbours' expectancy \(shortText(mean)) on average, \(shortText(worst)) at worst\(note)")
        } else {
            parts.append("no neighbour to compare with")
        }
        return parts.joined(separator: "; ")
    }

    private func text(_ interval: ClosedRange<Double>?) -> String {
        interval.map { " (\(shortText($0.lowerBound)) to \(shortText($0.upperBound)))" } ?? ""
    }
}

/// A number with a fixed count of decimals, for people.
func shortText(_ number: Double, _ decimals: Int = 2) -> String {
    guard number.isFinite else { return String(number) }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let units = (abs(number) * scale).rounded()
    guard units < 1e15 else { return String(number) }
    let digits = String(Int64(units))
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let sign = number < 0 && units != 0 ? "-" : ""
    return decimals == 0 ? sign + padded : sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
}

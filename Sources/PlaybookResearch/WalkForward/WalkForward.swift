import PlaybookCore

/// Chooses the best set on each train window and judges it on the test window that follows.
///
/// A trade of a session depends on no later session and on no range, so the trades of each set are made once and cut.
/// Source: R. Pardo, "The Evaluation and Optimization of Trading Strategies" (2008).
public struct WalkForward: Sendable {
    /// What a window came to.
    public struct Window: Sendable, Hashable {
        /// Its sessions.
        public let window: WalkForwardWindow
        /// The symbols that a set was chosen for, by their places; all of them unless each has its own.
        public let symbols: [Int]
        /// The set chosen; nil where none had enough trades and the metric: the window is skipped.
        public let set: Int?
        /// The metric of the chosen set on the train window.
        public let metric: Double?
        /// Trades and figures on the train and on the test window; empty where it is skipped.
        public let trainTrades, testTrades: Int
        public let train, test: FigureSet
        /// Annualised P&L of the test window / that of the train window; absent where the latter is not positive.
        public let efficiency: Figure
    }

    /// How often a value was chosen.
    public struct Choice: Sendable, Hashable {
        public let parameter, value: String
        public let windows: Int
    }

    /// The windows in their order, with each symbol's where each has its own set.
    public let windows: [Window]
    /// All test windows as one series, skipped ones as sessions without a trade.
    public let joined: ReturnSeries
    /// The trades of the test windows; sessions are counted from the first test window's start.
    public let trades: [TradeOutcome]
    /// The sessions of the test windows, as places in the calendar.
    public let sessions: Range<Int>
    /// The figures of the joined series.
    public let figures: FigureSet
    /// Annualised P&L of the test windows / that of the train windows, from sums; absent where the latter is not positive.
    public let efficiency: Figure
    /// P&L of each test window for which some set was chosen, of all symbols together.
    public let results: [Double]
    /// How many windows there are, and how many of them are skipped for all symbols.
    public let windowCount, skipped: Int
    /// How often each value was chosen.
    public let choices: [Choice]

    /// Walks forward.
    ///
    /// - Parameters:
    ///   - trades: for each symbol and set its trades, ascending by session; nil where the set was refused.
    ///   - isPerSymbol: whether each symbol has its own set.
    public init(
        _ trades: [[[TradeOutcome]?]], _ windows: [WalkForwardWindow], _ grid: Grid, _ calendar: SessionCalendar,
        metric: Metric, minimumTrades: Int, capital: Double, isPerSymbol: Bool
    ) {
        let groups = isPerSymbol ? trades.indices.map { [$0] } : [Array(trades.indices)]
        let sets = groups.map { group in
            grid.combinations.indices.map { set in
                SetHistory(group.map { trades[$0][set] }, sessions: calendar.count)
            }
        }
        var found: [Window] = []
        var (joined, results): ([TradeOutcome], [Double]) = ([], [])
        let first = windows.first?.test.lowerBound ?? 0
        sessions = first..<(windows.last?.test.upperBound ?? first)
        var (inSample, outOfSample) = ((net: 0.0, sessions: 0), (net: 0.0, sessions: 0))
        for window in windows {
            var (sum, isChosen) = (0.0, false)
            for (group, symbols) in groups.enumerated() {
                let best = Self.best(
                    sets[group], window.train, calendar, metric: metric, minimumTrades: minimumTrades,
                    capital: capital)
                guard let best else {
                    found.append(
                        Window(
                            window: window, symbols: symbols, set: nil, metric: nil, trainTrades: 0, testTrades: 0,
                            train: FigureSet(), test: FigureSet(), efficiency: .absent(.noTrades)))
                    continue
                }
                let history = sets[group][best.set]
                let train = history.cut(window.train)
                let test = history.cut(window.test)
                let nets = (train.reduce(0) { $0 + $1.net }, test.reduce(0) { $0 + $1.net })
                found.append(
                    Window(
                        window: window, symbols: symbols, set: best.set, metric: best.value,
                        trainTrades: train.count, testTrades: test.count,
                        train: calendar.figures(train, window.train, capital),
                        test: calendar.figures(test, window.test, capital),
                        efficiency: Self.efficiency(
                            (nets.0, window.train.count), (nets.1, window.test.count))))
                inSample = (inSample.net + nets.0, inSample.sessions + window.train.count)
                outOfSample = (outOfSample.net + nets.1, outOfSample.sessions + window.test.count)
                joined += test.map { $0.moved(by: window.test.lowerBound - first) }
                (sum, isChosen) = (sum + nets.1, true)
            }
            if isChosen { results.append(sum) }
        }
        self.windows = found
        self.trades = joined
        self.results = results
        windowCount = windows.count
        skipped = windows.count - results.count
        self.joined = ReturnSeries(
            net: joined.daily(sessions.count), capital: capital, sessionsPerYear: calendar.sessionsPerYear)
        figures = FigureSet(
            self.joined, trades: joined, minutes: calendar.minutes(sessions))
        efficiency = Self.efficiency(inSample, outOfSample)
        choices = Self.choices(found, grid)
    }

    private static func efficiency(
        _ inSample: (net: Double, sessions: Int), _ outOfSample: (net: Double, sessions: Int)
    ) -> Figure {
        guard inSample.net > 0, outOfSample.sessions > 0 else { return .absent(.notPositive) }
        return .value(
            outOfSample.net / Double(outOfSample.sessions) / (inSample.net / Double(inSample.sessions)))
    }

    /// The set with the best metric on a train window, the first among equals.
    private static func best(
        _ sets: [SetHistory], _ train: Range<Int>, _ calendar: SessionCalendar, metric: Metric, minimumTrades: Int,
        capital: Double
    ) -> (set: Int, value: Double)? {
        var best: (set: Int, value: Double)?
        for (set, history) in sets.enumerated() {
            let trades = history.within(train)
            guard !history.isRefused, trades.count >= minimumTrades else { continue }
            let value = metric.value(
                trades,
                ReturnSeries(
                    net: Array(history.daily[train]), capital: capital, sessionsPerYear: calendar.sessionsPerYear))
            guard let value, value > best?.value ?? -.infinity else { continue }
            best = (set, value)
        }
        return best
    }

    private static func choices(_ windows: [Window], _ grid: Grid) -> [Choice] {
        grid.axes.indices.flatMap { axis in
            grid.axes[axis].values.indices.map { value in
                let count = windows.count { $0.set.map { grid.places(of: $0)[axis] == value } ?? false }
                return Choice(
                    parameter: grid.axes[axis].name, value: grid.axes[axis].values[value], windows: count)
            }
        }
    }
}

/// The trades of one set, of the symbols that it is chosen for.
private struct SetHistory {
    let isRefused: Bool
    let trades: [TradeOutcome]
    let daily: [Double]

    init(_ parts: [[TradeOutcome]?], sessions: Int) {
        let known = parts.compactMap { $0 }
        isRefused = known.isEmpty
        trades = known.count == 1 ? known[0] : known.joined().sorted { ($0.session, $0.entry) < ($1.session, $1.entry) }
        daily = isRefused ? [] : trades.daily(sessions)
    }

    /// The trades of some sessions.
    func within(_ sessions: Range<Int>) -> ArraySlice<TradeOutcome> {
        func place(_ session: Int) -> Int {
            var (low, high) = (0, trades.count)
            while low < high {
                let middle = (low + high) / 2
                if Int(trades[middle].session) < session { low = middle + 1 } else { high = middle }
            }
            return low
        }
        return trades[place(sessions.lowerBound)..<place(sessions.upperBound)]
    }

    /// The same, with sessions counted from the first of them.
    func cut(_ sessions: Range<Int>) -> [TradeOutcome] {
        within(sessions).map { $0.moved(by: -sessions.lowerBound) }
    }
}

extension TradeOutcome {
    /// The same trade, so many sessions later.
    func moved(by sessions: Int) -> TradeOutcome {
        var moved = self
        moved.session += Int32(sessions)
        return moved
    }
}

extension SessionCalendar {
    /// How many minutes some of the sessions have.
    func minutes(_ range: Range<Int>) -> Int { sessions[range].reduce(0) { $0 + $1.tradingMinutes } }

    /// The figures of trades of some of the sessions, counted from the first of these.
    func figures(_ trades: [TradeOutcome], _ range: Range<Int>, _ capital: Double) -> FigureSet {
        FigureSet(
            ReturnSeries(net: trades.daily(range.count), capital: capital, sessionsPerYear: sessionsPerYear),
            trades: trades, minutes: minutes(range))
    }
}

@testable import PlaybookCore

/// Numbers and conditions as tables: entry 0 is the last bar of the session before, entry n + 1 the session's bar n.
struct TableValues: PlanValues {
    var numbers: [[Double]] = []
    var truths: [[Bool?]] = []
    var sessionNumbers: [Double] = []
    var sessionTruths: [Bool?] = []
    /// Notes whether a bar was asked for that had not closed.
    var watch = Watch()

    final class Watch {
        var closed = Int.max
        var hasSeenTheFuture = false
    }

    private func checked(_ bar: Int) -> Int {
        if bar >= watch.closed { watch.hasSeenTheFuture = true }
        return bar + 1
    }

    func number(_ ref: NumberRef, _ bar: Int) -> Double { numbers[ref.index][checked(bar)] }

    func truth(_ ref: TruthRef, _ bar: Int) -> Bool? { truths[ref.index][checked(bar)] }

    func firstTrue(_ ref: TruthRef, in bars: Range<Int>) -> Int? {
        if bars.upperBound > watch.closed { watch.hasSeenTheFuture = true }
        return bars.first { truths[ref.index][$0 + 1] == true }
    }

    func sessionNumber(_ ref: NumberRef) -> Double { sessionNumbers[ref.index] }

    func sessionTruth(_ ref: TruthRef) -> Bool? { sessionTruths[ref.index] }

    /// A condition that is true at some bars.
    mutating func holds(at bars: Int..., count: Int = 400) -> TradeCondition {
        truths.append((-1..<count).map { bars.contains($0) })
        return .truth(TruthRef(truths.count - 1))
    }

    /// A number with one value a bar, from bar -1 on; unknown after the last one.
    mutating func number(_ table: [Double]) -> Formula {
        numbers.append(table + Array(repeating: .nan, count: 400))
        return .number(NumberRef(numbers.count - 1))
    }

    /// A number known before the first bar closes.
    mutating func session(_ value: Double) -> Formula {
        sessionNumbers.append(value)
        return .session(NumberRef(sessionNumbers.count - 1))
    }
}

/// What a session gave.
struct PlayedSession: Equatable {
    var trades: [SessionTrade] = []
    var exits: [ExitPart] = []
    var steps: [[Int]] = []
    var quality: [[Bool?]] = []
    var noTrade: [NoTrade?] = []
    var described = 0
    var stepBars: [Int] = []

    /// A trade's exits.
    func parts(_ trade: Int) -> [ExitPart] { Array(exits[trades[trade].exits]) }
}

/// A session made by hand: 2-minute bars from 09:30 to 16:00, open, high, low and close each; nil is a missing one.
struct SessionSheet {
    typealias Prices = (Double, Double, Double, Double)
    var prices: [Prices?]
    var minutes = 2
    /// How many of `prices` make a bar.
    var finer = 1
    var hours = SessionHours(open: 0, start: 570, end: 960, isEarlyClose: false, equality: Equality(price: 100))

    init(_ prices: [Prices?]) { self.prices = prices }

    /// The bars, and the finer ones where there are some.
    var columns: (bars: BarColumns, finer: BarColumns?) {
        let length = Int64(minutes * 60 / finer)
        var fine = BarColumns()
        for (number, price) in prices.enumerated() {
            guard let price else { continue }
            fine.append(
                Bar(
                    time: hours.open + Int64(number) * length, open: price.0, high: price.1, low: price.2,
                    close: price.3, volume: 1))
        }
        guard finer > 1 else { return (fine, nil) }
        var bars = BarColumns()
        var place = 0
        while place < fine.count {
            let bucket = (fine.times[place] - hours.open) / Int64(minutes * 60)
            var bar = fine[place]
            bar.time = hours.open + bucket * Int64(minutes * 60)
            place += 1
            while place < fine.count, (fine.times[place] - hours.open) / Int64(minutes * 60) == bucket {
                bar.high = max(bar.high, fine.high[place])
                bar.low = min(bar.low, fine.low[place])
                bar.close = fine.close[place]
                place += 1
            }
            bars.append(bar)
        }
        return (bars, fine)
    }

    /// Walks the session.
    ///
    /// - Parameter pieces: how many bars have closed at each call; nil for all at once.
    func play(_ plan: Plan, _ values: TableValues = TableValues(), pieces: [Int]? = nil) -> PlayedSession {
        run(plan, values, SimulatedFills(), NoObserver(), pieces: pieces) { $0.outcome }
    }

    /// Walks the session, and calls `body` with what then is.
    func run<Fills: Execution, Events: RunObserver, Result>(
        _ plan: Plan, _ values: TableValues, _ fills: Fills, _ events: Events, pieces: [Int]? = nil,
        isOver: Bool = true, _ body: (inout SessionRun<TableValues, Fills, Events>) -> Result
    ) -> Result {
        let (bars, fine) = columns
        var run = SessionRun(plan, values: values, fills: fills, events: events)
        run.begin(hours)
        for (place, count) in (pieces ?? [bars.count]).enumerated() {
            let isLast = isOver && place + 1 == (pieces ?? [0]).count
            values.watch.closed = count
            advance(&run, bars, fine, count, isOver: isLast)
        }
        return body(&run)
    }

    /// Tells a run that `count` bars have closed.
    func advance<Fills: Execution, Events: RunObserver>(
        _ run: inout SessionRun<TableValues, Fills, Events>, _ bars: BarColumns, _ fine: BarColumns?, _ count: Int,
        isOver: Bool
    ) {
        guard bars.count > 0 else { return run.advance(nil, isOver: isOver) }
        bars.withPointers { pointers in
            let closed = ClosedBars(
                pointers, first: 0, count: count, hours: hours, secondsPerBar: Int64(minutes * 60))
            guard let fine else { return run.advance(closed, isOver: isOver) }
            let end = count == 0 ? 0 : bars.times[count - 1] + Int64(minutes * 60)
            fine.withPointers { pointers in
                let finer = ClosedBars(
                    pointers, first: 0, count: fine.firstIndex(at: end), hours: hours,
                    secondsPerBar: Int64(minutes * 60 / self.finer))
                run.advance(closed, finer: finer, isOver: isOver)
            }
        }
    }
}

extension SessionRun {
    /// What it gave.
    var outcome: PlayedSession {
        var result = PlayedSession(
            trades: Array(trades), exits: Array(exits), described: described, stepBars: Array(stepBars))
        for setup in 0..<plan.setupCount {
            result.steps.append(steps(of: setup))
            result.quality.append((0..<plan.setups[setup].stepCount).map { quality(of: $0, in: setup) })
            result.noTrade.append(noTrade(of: setup))
        }
        return result
    }
}

extension Plan {
    /// A plan of 2-minute bars, left at 15:55, of 20 shares.
    static func of(
        _ setups: Setup..., exit: Formula? = nil, size: Size = .shares(20), limits: Limits = Limits(),
        resolve: Timeframe? = nil, costs: Costs = Costs(), filters: [Filter] = []
    ) throws -> Plan {
        try Plan(
            timeframe: .minutes(2), filters: filters, setups: setups, exit: exit, size: size, limits: limits,
            resolve: resolve, costs: costs)
    }
}

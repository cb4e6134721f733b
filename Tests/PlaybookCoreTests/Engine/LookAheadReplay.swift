import Testing

@testable import PlaybookCore

/// Runs a playbook over every prefix of a session and compares what it did with what it does when all bars are there.
///
/// A prefix ends after any bar of a session, or with a bar that has just opened and of which nothing but the open is
/// known; the later bars of that session are gone, as are later sessions, their daily bars and their splits. In a prefix a
/// run must have done, and must have ordered, what the run that knows all bars had by then, and nothing else.
struct LookAheadReplay {
    /// What a prefix decided that the whole did not, or the other way round.
    struct Contradiction: CustomStringConvertible {
        let prefix: String
        /// What differs.
        let what: String

        var description: String { "\(prefix): \(what)" }
    }

    let market: MemoryMarket
    let playbook: Playbook
    /// The sessions that are run.
    let sessions: ClosedRange<CivilDate>
    /// A way in which values look into the future, to see it caught.
    var leak: PeekingValues.Leak?

    /// Cuts each of `dates` after each of its bars and after each of its opens, until there are `limit` contradictions.
    ///
    /// - Returns: the contradictions, how many prefixes were tried, and the trades of the whole sessions.
    func run(
        cutting dates: [CivilDate], limit: Int = 100
    ) async throws -> (contradictions: [Contradiction], prefixes: Int, trades: [SessionOutcome.Trade]) {
        var contradictions: [Contradiction] = []
        var prefixes = 0
        let whole = try await market.history(for: [playbook], on: sessions)
        let outcomes = Backtest(history: whole).outcomes(playbook)
        var trades: [SessionOutcome.Trade] = []
        for date in dates {
            let place = market.bars(on: date)
            let index = try #require(whole.slices.firstIndex { $0.session.date == date })
            let states = states(whole, index, closed: Array(0...place.count))
            if leak == nil {
                // When the session is over, the run that was told of its bars one by one has the backtest's trades.
                let outcome = try #require(outcomes.first { $0.slice == index })
                #expect(states[place.count + 1].trades == outcome.trades.map(\.fill))
                trades += outcome.trades
            }
            // What was known before the session; its bars come one by one.
            var known = market
            known.daily = market.daily?.changing { $0 < date ? $1 : nil }
            known.listedSplits = market.listedSplits.filter { $0.date <= date }
            for closed in 0...place.count {
                for hasOpenBar in [true, false] {
                    guard (1...place.count).contains(closed + (hasOpenBar ? 1 : 0)) else { continue }
                    known.bars = market.bars.slice(0..<(place.lowerBound + closed))
                    if hasOpenBar {
                        let bar = market.bars[place.lowerBound + closed]
                        known.bars.append(
                            Bar(
                                time: bar.time, open: bar.open, high: bar.open, low: bar.open, close: bar.open,
                                volume: 0))
                    }
                    let history = try await known.history(for: [playbook], on: sessions.lowerBound...date)
                    let part = self.states(history, history.slices.count - 1, closed: [closed])[0]
                    prefixes += 1
                    let prefix = "\(date) after \(closed) bars\(hasOpenBar ? " and an open" : "")"
                    contradictions += part.differences(from: states[closed])
                        .map { Contradiction(prefix: prefix, what: $0) }
                    if contradictions.count >= limit { return (contradictions, prefixes, trades) }
                }
            }
        }
        return (contradictions, prefixes, trades)
    }

    /// What a run has done after so many bars each time, and at last when the session is over.
    private func states(_ history: BarHistory, _ index: Int, closed counts: [Int]) -> [RunState] {
        var graph = SeriesGraph()
        let places = PlanPlaces(
            numbers: playbook.numbers.map { graph.number($0) },
            conditions: playbook.conditions.map { graph.truth($0) })
        return ColumnBank.with(graph, over: history) { bank in
            bank.open(index)
            let slice = history.slices[index]
            let hours = SessionHours(slice)
            var run = SessionRun(
                playbook.plan, values: PeekingValues(bank: bank, leak: leak), places: places, fills: SimulatedFills(),
                events: NoObserver())
            run.begin(hours)
            var states: [RunState] = []
            for (place, count) in (counts + [counts[counts.count - 1]]).enumerated() {
                let closed = ClosedBars(
                    bank.pointers, first: slice.bars.lowerBound, count: count, hours: hours,
                    secondsPerBar: history.timeframe.seconds)
                run.advance(closed, open: slice.firstOpen, isOver: place == counts.count)
                states.append(RunState(&run))
            }
            return states
        }
    }
}

/// What a run has done so far, and what it has ordered.
private struct RunState {
    let trades: [SessionTrade]
    let orders: [WorkingOrder]
    /// Entry and stop of the position, NaN where there is none.
    let position: [Double]
    let steps: [[Int]]
    let reasons: [NoTrade?]

    init(_ run: inout SessionRun<PeekingValues, SimulatedFills, NoObserver>) {
        trades = Array(run.trades)
        orders = run.workingOrders()
        position = run.position.isOpen ? [run.position.entryPrice, run.position.stopPrice ?? .nan] : []
        steps = (0..<run.plan.setupCount).map { run.steps(of: $0) }
        reasons = (0..<run.plan.setupCount).map { run.noTrade(of: $0) }
    }

    /// By what share prices may differ: values are summed in pieces, and how depends on how many bars there are. A
    /// millionth of a tick is not a look-ahead.
    private static func agree(_ one: Double, _ other: Double) -> Bool {
        if one.isNaN || other.isNaN { return one.isNaN && other.isNaN }
        return abs(one - other) <= 1e-12 * max(1, abs(other))
    }

    func differences(from other: RunState) -> [String] {
        var differences: [String] = []
        func expect(_ agrees: Bool, _ what: String) { if !agrees { differences.append(what) } }
        expect(trades.count == other.trades.count && zip(trades, other.trades).allSatisfy(Self.agree), "trades")
        expect(orders.count == other.orders.count && zip(orders, other.orders).allSatisfy(Self.agree), "orders")
        expect(
            position.count == other.position.count && zip(position, other.position).allSatisfy(Self.agree), "position")
        expect(steps == other.steps, "steps")
        expect(reasons == other.reasons, "reasons")
        return differences
    }

    private static func agree(_ one: SessionTrade, _ other: SessionTrade) -> Bool {
        one.setup == other.setup && one.entryBar == other.entryBar && one.exits == other.exits
            && one.steps == other.steps && one.shares == other.shares
            && agree(one.entry, other.entry) && agree(one.exit, other.exit)
            && agree(one.stop ?? .nan, other.stop ?? .nan) && agree(one.mae, other.mae) && agree(one.mfe, other.mfe)
    }

    private static func agree(_ one: WorkingOrder, _ other: WorkingOrder) -> Bool {
        guard one.id == other.id, one.isBuy == other.isBuy, one.shares == other.shares else { return false }
        switch (one.kind, other.kind) {
        case (.stop(let price, let until), .stop(let otherPrice, let otherUntil)),
            (.limit(let price, let until), .limit(let otherPrice, let otherUntil)):
            return agree(price, otherPrice) && until == otherUntil
        case (let kind, let otherKind): return kind == otherKind
        }
    }
}

/// Values that may look into the future, in one of several ways. They exist to be caught.
struct PeekingValues: PlanValues {
    enum Leak: CaseIterable {
        /// Numbers of a bar a little later.
        case laterNumber
        /// Numbers of the last bar there is.
        case lastNumber
        /// Conditions of the bar after.
        case nextTruth
        /// What should be known before the open depends on how many bars there are.
        case barCount
    }

    let bank: ColumnBank
    let leak: Leak?

    func number(_ ref: NumberRef, _ bar: Int) -> Double {
        switch leak {
        case .laterNumber: bank.number(ref, min(bank.count - 1, bar + 5))
        case .lastNumber: bank.number(ref, bank.count - 1)
        default: bank.number(ref, bar)
        }
    }

    func truth(_ ref: TruthRef, _ bar: Int) -> Bool? {
        bank.truth(ref, leak == .nextTruth ? min(bank.count - 1, bar + 1) : bar)
    }

    func firstTrue(_ ref: TruthRef, in bars: Range<Int>) -> Int? {
        leak == .nextTruth ? bars.first { truth(ref, $0) == true } : bank.firstTrue(ref, in: bars)
    }

    func sessionNumber(_ ref: NumberRef) -> Double { bank.sessionNumber(ref) }

    func sessionTruth(_ ref: TruthRef) -> Bool? {
        leak == .barCount ? bank.count > 50 : bank.sessionTruth(ref)
    }
}

import Foundation
import PlaybookTestSupport
import Testing

@testable import PlaybookCore

/// A walk over the bars that have closed so far: what it orders, and that it goes on as the walk over all of them.
@Suite("Prefixes and working orders")
struct WorkingOrderTests {
    typealias Rules = FillRuleTests

    @Test("orders stand with the same ids from bar to bar, time exits ahead of time")
    func orders() throws {
        var values = TableValues()
        var setup = Rules.setup(.long)
        setup.steps = [Setup.Step("a", when: values.holds(at: 1))]
        setup.exits = [Setup.Exit("old", .after(bars: 9))]
        let plan = try Plan.of(setup)
        let sheet = SessionSheet(Array(repeating: Rules.quiet, count: 14))
        func orders(_ count: Int) -> [WorkingOrder] {
            sheet.run(plan, values, SimulatedFills(), NoObserver(), pieces: [count], isOver: false) {
                $0.workingOrders()
            }
        }
        #expect(orders(1).isEmpty)
        func id(_ role: OrderID.Role) -> OrderID { OrderID(setup: 0, decided: 1, role: role) }
        #expect(orders(2) == [WorkingOrder(id: id(.entry), isBuy: true, kind: .market, shares: nil)])
        // 15:55 is 385 minutes after the open.
        for count in 3...5 {
            #expect(
                orders(count) == [
                    WorkingOrder(id: id(.stop), isBuy: false, kind: .stop(99), shares: 20),
                    WorkingOrder(id: id(.target(0)), isBuy: false, kind: .limit(102), shares: 20),
                    WorkingOrder(
                        id: id(.timeStop), isBuy: false, kind: .closeAfter(bars: 9 - (count - 2)), shares: 20),
                    WorkingOrder(id: id(.endOfDay), isBuy: false, kind: .closeAt(385 * 60), shares: 20),
                ])
        }
        #expect(orders(11).isEmpty)
    }

    @Test("orders without steps stand before the first bar where filters are known then")
    func beforeOpen() throws {
        var plan = try Plan.of(Setup(entry: .stop(price: 101, until: 600)))
        let sheet = SessionSheet([Rules.quiet])
        func orders() -> Int {
            sheet.run(plan, TableValues(), SimulatedFills(), NoObserver(), pieces: [0], isOver: false) {
                $0.workingOrders().count
            }
        }
        #expect(orders() == 0)
        plan.isKnownBeforeOpen = true
        #expect(orders() == 1)
    }

    /// The sessions of a seed of the reference's random ones.
    private static func cases(_ count: Int) throws -> [ReferenceCase] {
        try ReferenceSessions.lines(seed: 7, fills: count).map { try ReferenceCase(Nested($0.utf8)) }
    }

    @Test(
        "a prefix that goes on gives what the whole gives, bar by bar and in pieces",
        .enabled(if: ReferenceSessions.isAvailable, "needs .venv: run .ci/install test"))
    func prefixes() throws {
        var random = SeededGenerator(seed: 3)
        var open = 0
        for one in try Self.cases(600) {
            let count = one.sheet.columns.bars.count
            let whole = one.sheet.play(one.plan, one.values)
            #expect(one.sheet.play(one.plan, one.values, pieces: Array(0...count)) == whole)
            let cut = Int.random(in: 0...count, using: &random)
            #expect(one.sheet.play(one.plan, one.values, pieces: [cut, count]) == whole)
            // The end may come to be known later than the last bar.
            #expect(one.sheet.play(one.plan, one.values, pieces: [count, count]) == whole)
            #expect(!one.values.watch.hasSeenTheFuture)
            // A walk over the prefix alone stands where the one in pieces stands: its orders, position and trades.
            var atOnce: [WorkingOrder] = []
            var inPieces: [WorkingOrder] = []
            let trades = one.sheet.run(
                one.plan, one.values, SimulatedFills(), NoObserver(), pieces: [cut], isOver: false
            ) {
                atOnce = $0.workingOrders()
                if $0.position.isOpen { open += 1 }
                return Array($0.trades)
            }
            one.sheet.run(
                one.plan, one.values, SimulatedFills(), NoObserver(), pieces: Array(0...cut), isOver: false
            ) { inPieces = $0.workingOrders() }
            #expect(atOnce == inPieces)
            #expect(trades == Array(whole.trades.prefix(trades.count)))
            let next = cut < count ? one.sheet.columns.bars.times[cut] : .max
            for (number, trade) in whole.trades.enumerated() where number < trades.count {
                #expect(whole.exits[trade.exits.upperBound - 1].time < next)
            }
        }
        #expect(open > 20)
    }

    @Test(
        "a broker that fills as the simulation does gives its trades",
        .enabled(if: ReferenceSessions.isAvailable, "needs .venv: run .ci/install test"))
    func recorded() throws {
        var trades = 0
        for one in try Self.cases(600) {
            let whole = one.sheet.play(one.plan, one.values)
            let fills = Self.fills(of: whole, one)
            one.sheet.run(one.plan, one.values, RecordedFills(fills), NoObserver()) { run in
                #expect(run.trades.map(\.entry) == whole.trades.map(\.entry))
                #expect(run.trades.map(\.exit) == whole.trades.map(\.exit))
                #expect(run.trades.map(\.shares) == whole.trades.map(\.shares))
                #expect(run.trades.map(\.stop) == whole.trades.map(\.stop))
                #expect(run.exits.map(\.reason) == whole.exits.map(\.reason))
                #expect(run.fills.unmatched(before: .max).isEmpty)
                trades += run.trades.count
            }
        }
        #expect(trades > 100)
    }

    /// What a broker would have recorded of a session's trades: the orders are those that the walk had.
    private static func fills(of played: PlayedSession, _ one: ReferenceCase) -> [RecordedFill] {
        let events = one.sheet.run(one.plan, one.values, SimulatedFills(), RunEventList()) { $0.events.events }
        let bars = one.sheet.columns.bars
        let length = Int64(one.sheet.minutes * 60)
        var ordered: [Int: Int] = [:]
        var fills: [RecordedFill] = []
        var trade = 0
        for event in events {
            let now = trade < played.trades.count ? played.trades[trade] : nil
            switch event {
            case .ordered(let setup, let bar): ordered[setup] = bar < 0 ? -1 : Int(bars.times[bar] / length)
            case .entered(let setup, let price, _, _, _):
                let id = OrderID(setup: setup, decided: ordered[setup] ?? -1, role: .entry)
                fills.append(
                    RecordedFill(order: id, time: now?.entryTime ?? 0, price: price, shares: now?.shares ?? 0))
            case .exited(let part):
                let id = OrderID(setup: now?.setup ?? 0, decided: ordered[now?.setup ?? 0] ?? -1, role: .stop)
                let step = one.plan.size.step
                fills.append(
                    RecordedFill(
                        order: id, time: part.time, price: part.price, shares: part.lots * step, reason: part.reason))
            case .traded: trade += 1
            default: break
            }
        }
        return fills
    }
}

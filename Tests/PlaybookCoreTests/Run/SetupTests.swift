import Testing

@testable import PlaybookCore

/// Steps, orders and setups side by side, by hand.
@Suite("Setups")
struct SetupTests {
    typealias Rules = FillRuleTests
    static let flat = SessionSheet(Array(repeating: Rules.quiet, count: 14))

    @Test("one step a bar, and the order fills in the bar after the last")
    func steps() throws {
        var values = TableValues()
        let setup = Setup(steps: [
            Setup.Step("a", when: values.holds(at: 1, 2)), Setup.Step("b", when: values.holds(at: 1, 2, 5)),
            Setup.Step("c", when: .constant(true)),
        ])
        let played = Self.flat.play(try .of(setup), values)
        #expect(played.stepBars == [1, 2, 3])
        #expect(played.trades.map(\.entryBar) == [4])
    }

    @Test("a bar outside the window satisfies no step, both ends included")
    func window() throws {
        var values = TableValues()
        // 09:32 to 09:36 are the bars 1, 2 and 3.
        let window = Setup.Window(from: 572, to: 576)
        let steps = [
            Setup.Step("a", when: values.holds(at: 0, 2)), Setup.Step("b", when: values.holds(at: 4, 6)),
        ]
        let played = Self.flat.play(try .of(Setup(window: window, steps: steps)), values)
        #expect(played.steps == [[2]])
        #expect(played.noTrade == [.step(1)])
        let unknown = Setup.Window(from: 572, to: .constant(.nan))
        #expect(Self.flat.play(try .of(Setup(window: unknown, steps: steps)), values).steps == [[]])
    }

    @Test("a bar without the step's quality is passed over and noted")
    func quality() throws {
        var values = TableValues()
        let strong = Setup.Step("a", when: values.holds(at: 1, 3), quality: values.holds(at: 3))
        let strengths = Self.flat.play(try .of(Setup(steps: [strong])), values)
        #expect(strengths.trades.map(\.entryBar) == [4])
        #expect(strengths.quality == [[true]])
        let weak = Setup.Step("a", when: values.holds(at: 1, 3), quality: .constant(false))
        #expect(Self.flat.play(try .of(Setup(steps: [weak])), values).quality == [[false]])
        let never = Setup.Step("a", when: .constant(false), quality: .constant(true))
        #expect(Self.flat.play(try .of(Setup(steps: [never])), values).quality == [[nil]])
    }

    @Test("within counts bars; then the setup is over, or begins again with the next bar")
    func within() throws {
        var values = TableValues()
        let a = Setup.Step("a", when: values.holds(at: 1, 2, 4))
        let b = values.holds(at: 5)
        let stops = Self.flat.play(try .of(Setup(steps: [a, Setup.Step("b", when: b, within: 1)])), values)
        #expect(stops.steps == [[1]])
        #expect(stops.noTrade == [.step(1)])
        // Bar 2, at which b failed, is not tested as a.
        let restarts = Self.flat.play(
            try .of(Setup(steps: [a, Setup.Step("b", when: b, within: 1, restarts: true)])), values)
        #expect(restarts.stepBars == [4, 5])
        let later = Self.flat.play(try .of(Setup(steps: [a, Setup.Step("b", when: b, within: 4)])), values)
        #expect(later.stepBars == [1, 5])
    }

    @Test("cancel starts over from the next bar on, and takes back an open order")
    func cancel() throws {
        var values = TableValues()
        let a = Setup.Step("a", when: values.holds(at: 0, 1, 3))
        let b = Setup.Step("b", when: values.holds(at: 4))
        let setup = Setup(steps: [a, b], cancel: values.holds(at: 1))
        #expect(Self.flat.play(try .of(setup), values).stepBars == [3, 4])
        let order = Setup(
            steps: [Setup.Step("a", when: values.holds(at: 0))], cancel: values.holds(at: 2),
            entry: .stop(price: 100.5 + 0.25))
        var sheet = Self.flat
        sheet.prices[3] = (100, 101, 99.5, 100)
        let cancelled = sheet.play(try .of(order), values)
        #expect(cancelled.noTrade == [.cancelled])
    }

    @Test("an order is open for so many bars, and until a time")
    func lapse() throws {
        var values = TableValues()
        let now = [Setup.Step("a", when: values.holds(at: 0, 3))]
        var sheet = Self.flat
        // The price is touched at bar 3 for the first time.
        sheet.prices[3] = (100, 101, 99.5, 100)
        func entry(_ entry: Setup.Entry) throws -> (Int?, NoTrade?) {
            let played = sheet.play(try .of(Setup(steps: now, entry: entry)), values)
            return (played.trades.first?.entryBar, played.noTrade[0])
        }
        #expect(try entry(.stop(price: 101, bars: 3)).0 == 3)
        // After two bars it lapses; the step of bar 3 orders again, and nothing touches the price after it.
        #expect(try entry(.stop(price: 101, bars: 2)) == (nil, .expired))
        // Bar 3 opens at 09:36: not before 09:36 any more, but before 09:37.
        #expect(try entry(.stop(price: 101, until: 576)).0 == nil)
        #expect(try entry(.stop(price: 101, until: 577)).0 == 3)
    }

    @Test("a market order at or after the exit time is refused, a waiting one fills at its time")
    func atTime() throws {
        var values = TableValues()
        let now = [Setup.Step("a", when: values.holds(at: 2))]
        // Bar 3 opens at 09:36.
        let late = Self.flat.play(try .of(Setup(steps: now), exit: 576), values)
        #expect(late.noTrade == [.expired])
        #expect(Self.flat.play(try .of(Setup(steps: now), exit: 577), values).trades.count == 1)
        let waiting = Self.flat.play(try .of(Setup(entry: .at(time: 579)))).trades
        // The first bar that opens at 09:39 or later opens at 09:40.
        #expect(waiting.map(\.entryBar) == [5])
    }

    @Test("formulas read the bar of a step, and the prices since")
    func stepFields() throws {
        var values = TableValues()
        var sheet = Self.flat
        sheet.prices[1] = (100, 100.75, 99.25, 100)
        sheet.prices[2] = (100, 100.5, 98.75, 100)
        let setup = Setup(
            steps: [Setup.Step("a", when: values.holds(at: 1)), Setup.Step("b", when: values.holds(at: 3))],
            entry: .stop(price: .step(0, .high)), stop: .step(0, .lowSince))
        sheet.prices[5] = (100, 101, 99.5, 101)
        let trade = try #require(sheet.play(try .of(setup), values).trades.first)
        #expect(trade.entryBar == 5)
        #expect(trade.entry == 100.75)
        #expect(trade.stop == 98.75)
    }

    /// Orders above and below the market, without steps.
    static func bothWays(_ up: Double, _ down: Double) -> [Setup] {
        [
            Setup(name: "up", side: .long, entry: .stop(price: .constant(up)), stop: .constant(down)),
            Setup(name: "down", side: .short, entry: .stop(price: .constant(down)), stop: .constant(up)),
        ]
    }

    @Test("of two orders in one bar the one nearer the open fills, and it is ambiguous")
    func twoOrders() throws {
        func play(_ bar: SessionSheet.Prices, _ setups: [Setup]) throws -> PlayedSession {
            SessionSheet([bar, Rules.quiet]).play(try .of(setups[0], setups[1]))
        }
        let down = try play((100, 101, 99.25, 100), Self.bothWays(101, 99.25))
        #expect(down.trades.map(\.setup) == [1])
        #expect(down.trades[0].isAmbiguous)
        // Equally far: the first in the file, ambiguous, and the stop of it counts.
        let tie = try play((100, 101, 99, 100), Self.bothWays(101, 99))
        #expect(tie.trades.map(\.setup) == [0])
        #expect(tie.trades[0].isAmbiguous)
        #expect(tie.exits.map(\.reason) == [.stopLoss])
        // Only one is touched: the other one is withdrawn, and its setup is over.
        let one = try play((100, 101, 99.5, 100), Self.bothWays(101, 99))
        #expect(one.trades.map(\.setup) == [0])
        #expect(!one.trades[0].isAmbiguous)
        #expect(one.noTrade == [nil, nil])
        // A refused one leaves the bar to the other, ambiguous all the same: its stop lies above its entry.
        var setups = Self.bothWays(101, 99.25)
        setups[1].stop = .constant(99)
        let refused = try play((100, 101, 99.25, 100), setups)
        #expect(refused.trades.map(\.setup) == [0])
        #expect(refused.trades[0].isAmbiguous)
        #expect(refused.noTrade[1] == .refused(.stop))
    }

    @Test("finer bars decide what a bar leaves open")
    func resolve() throws {
        // Bars of two minutes from one-minute ones: in the second the stop comes first, then the target.
        var sheet = SessionSheet([
            (100, 100.5, 99.5, 100), (100, 100.5, 99.5, 100), (100, 102, 99.5, 101.5), (101.5, 101.5, 98, 99),
        ])
        let setup = Rules.setup(.long)
        let coarse = SessionSheet([(100, 100.5, 99.5, 100), (100, 102, 98, 99)]).play(try .of(setup))
        #expect(coarse.exits.map(\.reason) == [.stopLoss])
        #expect(coarse.trades[0].isAmbiguous)
        sheet.finer = 2
        let fine = sheet.play(try .of(setup, resolve: .minutes(1)))
        #expect(fine.exits.map(\.reason) == [.target])
        #expect(!fine.trades[0].isAmbiguous)
        #expect(fine.exits[0].bar == 1)
        #expect(fine.exits[0].time == 120)
        #expect(fine.trades[0].mae == -0.5)
    }
}

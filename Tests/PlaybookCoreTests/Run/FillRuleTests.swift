import Testing

@testable import PlaybookCore

/// Each line of "Fills" by hand. All setups order before the first bar and enter at its open, at 100; the stop is at 99,
/// the target at 102. A short is the mirror image around 100: its stop is at 101, its target at 98.
@Suite("Fill rules")
struct FillRuleTests {
    static let quiet: SessionSheet.Prices = (100, 100.5, 99.5, 100)

    /// Prices mirrored around 100, for a short.
    static func mirrored(_ side: Side, _ prices: [SessionSheet.Prices?]) -> [SessionSheet.Prices?] {
        side == .long
            ? prices : prices.map { $0.map { (200 - $0.0, 200 - $0.2, 200 - $0.1, 200 - $0.3) } }
    }

    static func price(_ side: Side, _ price: Double) -> Double { side == .long ? price : 200 - price }

    /// A setup with stop and target, mirrored for a short.
    static func setup(_ side: Side, stop: Double? = 99, target: Double? = 102) -> Setup {
        Setup(
            side: side, stop: stop.map { .constant(price(side, $0)) },
            targets: target.map { [Setup.Target(at: .constant(price(side, $0)))] } ?? [])
    }

    /// The one trade of a setup, and its exits.
    static func trade(
        _ setup: Setup, _ prices: [SessionSheet.Prices?], exit: Formula? = nil, size: Plan.Size = .shares(20),
        values: TableValues = TableValues(), sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> (SessionTrade, [ExitPart]) {
        let played = SessionSheet(mirrored(setup.side, prices)).play(
            try .of(setup, exit: exit, size: size), values)
        let trade = try #require(played.trades.first, sourceLocation: sourceLocation)
        return (trade, played.parts(0))
    }

    @Test("1: a later bar that opens at or below the stop fills at its open", arguments: Side.allCases)
    func stopGap(side: Side) throws {
        let (trade, exits) = try Self.trade(Self.setup(side), [Self.quiet, (98.5, 103, 98, 100)])
        #expect(exits.map(\.reason) == [.stopGap])
        #expect(trade.exit == Self.price(side, 98.5))
        // (98.5 - 100) x 20, and (98.5 - 100) / (100 - 99), on both sides.
        #expect(trade.gross == -30)
        #expect(trade.rMultiple == -1.5)
        // The entry bar's high 100.5 counts; of the last bar only its fill.
        #expect(trade.mfe == 0.5)
        #expect(trade.mae == -1.5)
        #expect(!trade.isAmbiguous)
        let (_, atStop) = try Self.trade(Self.setup(side), [Self.quiet, (99, 103, 98, 100)])
        #expect(atStop.map(\.reason) == [.stopGap])
    }

    @Test(
        "1: the entry bar's own open is the entry, so a low below the stop fills at the stop", arguments: Side.allCases)
    func stopInEntryBar(side: Side) throws {
        let (trade, exits) = try Self.trade(Self.setup(side), [(100, 101, 98, 100), Self.quiet])
        #expect(exits.map(\.reason) == [.stopLoss])
        #expect(trade.exit == Self.price(side, 99))
        #expect(exits[0].bar == 0)
        #expect(trade.mae == -1)
        #expect(trade.mfe == 0)
        #expect(!trade.isAmbiguous)
    }

    @Test("2: a condition at a close leaves at the next open", arguments: Side.allCases)
    func signal(side: Side) throws {
        var values = TableValues()
        var setup = Self.setup(side)
        setup.exits = [Setup.Exit("turn", .condition(values.holds(at: 1)))]
        let prices: [SessionSheet.Prices?] = [Self.quiet, Self.quiet, (100.75, 103, 98, 100)]
        let (trade, exits) = try Self.trade(setup, prices, values: values)
        #expect(exits.map(\.reason) == [.signal])
        #expect(exits[0].bar == 2)
        #expect(trade.exit == Self.price(side, 100.75))
        #expect(trade.gross == 15)
        // A stop gap comes first.
        let (_, gap) = try Self.trade(setup, [Self.quiet, Self.quiet, (98, 103, 98, 100)], values: values)
        #expect(gap.map(\.reason) == [.stopGap])
    }

    @Test("2: a condition at the last close changes nothing", arguments: Side.allCases)
    func lateSignal(side: Side) throws {
        var values = TableValues()
        var setup = Self.setup(side)
        setup.exits = [Setup.Exit("turn", .condition(values.holds(at: 1)))]
        let (trade, exits) = try Self.trade(setup, [Self.quiet, (100, 100.5, 99.5, 100.25)], values: values)
        #expect(exits.map(\.reason) == [.sessionEnd])
        #expect(trade.exit == Self.price(side, 100.25))
    }

    @Test("3: a later bar that opens beyond a target fills at its open, better than asked", arguments: Side.allCases)
    func targetGap(side: Side) throws {
        let (trade, exits) = try Self.trade(Self.setup(side), [Self.quiet, (102.5, 103, 98, 100)])
        #expect(exits.map(\.reason) == [.target])
        #expect(trade.exit == Self.price(side, 102.5))
        #expect(trade.rMultiple == 2.5)
        // The same bar's low below the stop came later.
        #expect(!trade.isAmbiguous)
    }

    @Test("4 and 5: at the stop, at the target, and at the stop where a bar has both", arguments: Side.allCases)
    func stopAndTarget(side: Side) throws {
        let (stopped, stop) = try Self.trade(Self.setup(side), [Self.quiet, (100, 101, 99, 100)])
        #expect(stop.map(\.reason) == [.stopLoss])
        #expect(stopped.exit == Self.price(side, 99))
        #expect(stopped.gross == -20)
        let (reached, target) = try Self.trade(Self.setup(side), [Self.quiet, (100, 102, 99.25, 100)])
        #expect(target.map(\.reason) == [.target])
        #expect(reached.exit == Self.price(side, 102))
        #expect(reached.rMultiple == 2)
        #expect(reached.mfe == 2)
        #expect(reached.mae == -0.5)
        let (both, unknown) = try Self.trade(Self.setup(side), [Self.quiet, (100, 102, 99, 100)])
        #expect(unknown.map(\.reason) == [.stopLoss])
        #expect(both.isAmbiguous)
        #expect(!stopped.isAmbiguous && !reached.isAmbiguous)
    }

    @Test("equal prices are at the stop and at the target, whatever their last binary place", arguments: Side.allCases)
    func equality(side: Side) throws {
        let (_, stop) = try Self.trade(Self.setup(side), [Self.quiet, (100, 101, 99.000_000_05, 100)])
        #expect(stop.map(\.reason) == [.stopLoss])
        let (_, near) = try Self.trade(Self.setup(side), [Self.quiet, (100, 101, 99.000_001, 100)])
        #expect(near.map(\.reason) == [.sessionEnd])
    }

    @Test("6: the n-th bar held, the exit time, the session's last bar", arguments: Side.allCases)
    func time(side: Side) throws {
        let prices = (0..<6).map { (100, 100.5, 99.5, 100 + Double($0) / 16) as SessionSheet.Prices? }
        var setup = Self.setup(side)
        setup.exits = [Setup.Exit("old", .after(bars: 3))]
        let (held, third) = try Self.trade(setup, prices)
        #expect(third.map(\.reason) == [.timeStop])
        #expect(third[0].bar == 2)
        #expect(held.exit == Self.price(side, 100.125))
        // 09:35 lies in the bar 09:34-09:36; 09:36 is the next bar's open, which contains it.
        for (minute, bar) in [(575.0, 2), (576, 3)] {
            let (_, end) = try Self.trade(Self.setup(side), prices, exit: .constant(minute))
            #expect(end.map(\.reason) == [.endOfDay])
            #expect(end[0].bar == bar)
        }
        let (_, last) = try Self.trade(Self.setup(side), prices)
        #expect(last.map(\.reason) == [.sessionEnd])
        #expect(last[0].bar == 5)
    }

    @Test("6: where the bar of the exit time is missing, the first after it", arguments: Side.allCases)
    func exitBarMissing(side: Side) throws {
        let prices = [Self.quiet, Self.quiet, nil, Self.quiet, Self.quiet]
        let (_, exits) = try Self.trade(Self.setup(side), prices, exit: .constant(575))
        #expect(exits.map(\.reason) == [.endOfDay])
        // The bar that opens at 09:36, the third there is.
        #expect(exits[0].bar == 2)
        #expect(exits[0].time == 6 * 60)
    }

    @Test("6: on an early close five minutes before it at the latest", arguments: Side.allCases)
    func earlyClose(side: Side) throws {
        var sheet = SessionSheet(Self.mirrored(side, Array(repeating: Self.quiet, count: 10)))
        sheet.hours.end = 590
        sheet.hours.isEarlyClose = true
        let played = sheet.play(try .of(Self.setup(side), exit: .constant(955)))
        // 09:45 lies in the bar 09:44-09:46.
        #expect(played.exits.map(\.bar) == [7])
        #expect(played.exits.map(\.reason) == [.endOfDay])
    }

    @Test("a stop entry fills at its price or at a worse open", arguments: Side.allCases)
    func stopEntry(side: Side) throws {
        var setup = Self.setup(side, stop: 100, target: 104)
        setup.entry = .stop(price: .constant(Self.price(side, 101)))
        let (touched, _) = try Self.trade(setup, [Self.quiet, (100.5, 101, 100.25, 101)])
        #expect(touched.entryBar == 1)
        #expect(touched.entry == Self.price(side, 101))
        #expect(!touched.isAmbiguous)
        let (gap, _) = try Self.trade(setup, [Self.quiet, (101.5, 102, 100.25, 101)])
        #expect(gap.entry == Self.price(side, 101.5))
        // In its bar, which opened below the price, a low at the stop counts as hit.
        let (stopped, exits) = try Self.trade(setup, [Self.quiet, (100.5, 101, 100, 101)])
        #expect(exits.map(\.reason) == [.stopLoss])
        #expect(stopped.isAmbiguous)
        #expect(stopped.rMultiple == -1)
        // A high at the target counts as reached.
        let (reached, target) = try Self.trade(setup, [Self.quiet, (100.5, 104, 100.25, 101)])
        #expect(target.map(\.reason) == [.target])
        #expect(target[0].bar == 1)
        #expect(!reached.isAmbiguous)
    }

    @Test("a limit entry fills at its price or at a better open", arguments: Side.allCases)
    func limitEntry(side: Side) throws {
        var setup = Self.setup(side, stop: 97, target: 101)
        setup.entry = .limit(price: .constant(Self.price(side, 99)))
        let (touched, _) = try Self.trade(setup, [Self.quiet, (100, 100.5, 99, 99.25), Self.quiet])
        #expect(touched.entryBar == 1)
        #expect(touched.entry == Self.price(side, 99))
        // Of its bar, which opened above the price, only the close and the low count: the best is 99.25, then 100.5.
        #expect(touched.mae == 0)
        #expect(touched.mfe == 1.5)
        let (gap, _) = try Self.trade(setup, [Self.quiet, (98.5, 99, 98, 98.75)])
        #expect(gap.entry == Self.price(side, 98.5))
        #expect(gap.mfe == 0.5)
        // The target does not count in such a bar, and it is unknown whether it was reached before or after.
        let (unknown, later) = try Self.trade(setup, [Self.quiet, (100, 101, 99, 99.25)])
        #expect(later.map(\.reason) == [.sessionEnd])
        #expect(unknown.isAmbiguous)
        let (stopped, stop) = try Self.trade(setup, [Self.quiet, (100, 100.5, 97, 99)])
        #expect(stop.map(\.reason) == [.stopLoss])
        #expect(!stopped.isAmbiguous)
    }

    @Test("targets with shares fill nearest first, the farthest takes the rest", arguments: Side.allCases)
    func targets(side: Side) throws {
        var setup = Self.setup(side)
        setup.targets = [
            Setup.Target(at: .constant(Self.price(side, 103)), share: 0.5),
            Setup.Target(at: .constant(Self.price(side, 101)), share: 0.5),
        ]
        // 7 shares: half is 3, rounded down; the farthest takes 4.
        let prices: [SessionSheet.Prices?] = [Self.quiet, (100, 101.5, 99.5, 101), (101, 103.5, 100, 101)]
        let (trade, exits) = try Self.trade(setup, prices, size: .shares(7))
        #expect(exits.map(\.lots) == [3, 4])
        #expect(exits.map(\.price) == [Self.price(side, 101), Self.price(side, 103)])
        // (3 x 1 + 4 x 3) / 7 above the entry, and 15 USD.
        #expect(abs(side.sign * (trade.exit - 100) - 15.0 / 7) < 1e-12)
        #expect(abs(trade.gross - 15) < 1e-12)
        #expect(trade.target == Self.price(side, 103))
        // Both in one bar.
        let (_, once) = try Self.trade(setup, [Self.quiet, (100, 103, 99.5, 101)], size: .shares(7))
        #expect(once.map(\.price) == [Self.price(side, 101), Self.price(side, 103)])
        // The stop takes what is left.
        let (half, stop) = try Self.trade(
            setup, [Self.quiet, (100, 101, 99.5, 101), (100, 100, 98, 99)], size: .shares(7))
        #expect(stop.map(\.reason) == [.target, .stopLoss])
        #expect(abs(half.gross - (3 - 4)) < 1e-12)
        // A target of no share is left out, and is reached by nothing.
        let (_, one) = try Self.trade(setup, [Self.quiet, (100, 101, 99, 101)], size: .shares(1))
        #expect(one.map(\.reason) == [.stopLoss])
    }
}

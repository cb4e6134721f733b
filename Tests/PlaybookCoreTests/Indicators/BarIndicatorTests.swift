import Testing

@testable import PlaybookCore

@Suite("EMA and ATR")
struct BarIndicatorTests {
    /// Compares both columns of the sessions asked for with a plain loop over all bars from the market's first on.
    static func compare(
        _ market: MemoryMarket, average: Int, trueRange: Int, on first: String, through last: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let columns = try await ColumnProbe(.ema(.close, average), .atr(trueRange))
            .columns(of: market, on: first, through: last)

        var worst = 0.0
        var values = 0
        var plain: (known: Int, columns: [[Double]]) = (-1, [])
        for date in columns.keys.sorted() {
            let known = market.listedSplits.filter { $0.date <= date }
            if known.count != plain.known {
                let bars = Self.adjusted(market, for: known)
                let ranges = PlainIndicator.trueRanges(bars)
                plain.columns = [
                    PlainIndicator.average(bars.close, period: average),
                    PlainIndicator.average(ranges, period: trueRange),
                ]
                plain.known = known.count
            }
            let place = market.bars(on: date)
            for (number, expected) in plain.columns.enumerated() {
                let column = try #require(columns[date]?[number], sourceLocation: sourceLocation)
                try #require(column.count == place.count, sourceLocation: sourceLocation)
                for (bar, value) in column {
                    worst = max(worst, abs(value / expected[place.lowerBound + bar] - 1))
                    values += 1
                }
            }
        }
        #expect(worst < 1e-12, sourceLocation: sourceLocation)
        #expect(values > 3500, sourceLocation: sourceLocation)
    }

    /// The bars with the prices before each of `splits` divided by its ratio.
    static func adjusted(_ market: MemoryMarket, for splits: [Split]) -> BarColumns {
        market.mapping { bar in
            let day = NewYorkTime.date(of: Instant(secondsSinceEpoch: bar.time))
            let divisor = splits.reduce(1) { day < $1.date ? $0 * $1.ratio : $0 }
            return Bar(
                time: bar.time, open: bar.open / divisor, high: bar.high / divisor, low: bar.low / divisor,
                close: bar.close / divisor, volume: bar.volume)
        }.bars
    }

    @Test(
        "are what a plain loop from the first bar on gives, whatever the periods",
        arguments: [(20, 14), (1, 1), (2, 3), (5, 50), (100, 60)])
    func plainLoop(average: Int, trueRange: Int) async throws {
        // Two early closes, a change of clocks and missing bars lie in between.
        let market = try RandomMarket(seed: 3, from: "2013-09-03", sessions: 90, missing: 0.01).make()
        try await Self.compare(
            market, average: average, trueRange: trueRange, on: "2013-10-28", through: "2013-11-08")
        try await Self.compare(
            market, average: average, trueRange: trueRange, on: "2013-11-25", through: "2014-01-08")
    }

    @Test("divide what lies before a split by its ratio, from the split's session on", arguments: [2, 3, 0.1, 1.5])
    func splits(ratio: Double) async throws {
        let splits = [Split(date: try .of("2013-10-09"), ratio: ratio), Split(date: try .of("2013-10-31"), ratio: 4)]
        let market = try RandomMarket(seed: 8, from: "2013-08-20", sessions: 60, missing: 0.01, splits: splits).make()
        try await Self.compare(market, average: 20, trueRange: 14, on: "2013-10-01", through: "2013-11-08")
    }

    @Test("divide by a split's ratio also when the sessions around it have no bars")
    func splitInAHole() async throws {
        let splits = [Split(date: try .of("2013-10-09"), ratio: 2)]
        let hole = (try CivilDate.of("2013-10-08"))...(try CivilDate.of("2013-10-10"))
        let market = try RandomMarket(seed: 8, from: "2013-08-20", sessions: 60, splits: splits).make().keeping { bar in
            !hole.contains(NewYorkTime.date(of: Instant(secondsSinceEpoch: bar.time)))
        }
        try await Self.compare(market, average: 20, trueRange: 14, on: "2013-10-01", through: "2013-11-08")
    }

    @Test("go on from one session to the next")
    func acrossSessions() async throws {
        var second = try ScriptedSession("2013-10-09", price: 121)
        second["09:32"] = Candle(121, 142.125, 120.875, 142)
        let market = MemoryMarket(try ScriptedSession("2013-10-08"), second)
        let columns = try await ColumnProbe(.ema(.close, 20), .atr(14))
            .columns(of: market, on: "2013-10-08", through: "2013-10-09")
        // The first bar ever seen: EMA = close; TR = high - low = 0.25 = ATR.
        let first = try #require(columns[try .of("2013-10-08")])
        #expect(first[0][0] == 100)
        #expect(first[1][0] == 0.25)
        #expect(isClose(first[0][194], 100))
        #expect(isClose(first[1][194], 0.25))
        // EMA = 100 + 2/21 x 21 = 102. TR = 121.125 - 100 = 21.125, ATR = (13 x 0.25 + 2 x 21.125) / 15 = 45.5 / 15.
        let next = try #require(columns[try .of("2013-10-09")])
        #expect(isClose(next[0][0], 102))
        #expect(isClose(next[1][0], 45.5 / 15))
        // EMA = 102 + 2/21 x 40 = 105.809524. TR = 142.125 - 120.875 = 21.25, ATR = (13 x 3.033333 + 42.5) / 15.
        #expect(isClose(next[0][1], 102 + 80.0 / 21))
        #expect(isClose(next[1][1], (13 * 45.5 / 15 + 42.5) / 15))
    }

    @Test("count a fall since the last close into the true range")
    func fall() async throws {
        let market = MemoryMarket(try ScriptedSession("2013-10-08"), try ScriptedSession("2013-10-09", price: 90))
        let columns = try await ColumnProbe(.atr(14)).columns(of: market, on: "2013-10-08", through: "2013-10-09")
        // TR = 100 - 89.875 = 10.125, ATR = (13 x 0.25 + 2 x 10.125) / 15 = 23.5 / 15.
        #expect(isClose(columns[try .of("2013-10-09")]?[0][0], 23.5 / 15))
    }

    @Test("do not depend on which bars are looked at, nor in which order")
    func lookingOrder() async throws {
        let market = try RandomMarket(seed: 21, from: "2013-09-20", sessions: 20, missing: 0.02).make()
        func columns(_ look: ColumnProbe.Look) async throws -> [CivilDate: [[Int: Double]]] {
            try await ColumnProbe(.ema(.close, 20), .atr(14), look: look)
                .columns(of: market, on: "2013-10-01", through: "2013-10-16")
        }
        let all = try await columns(.forward)
        #expect(try await columns(.backward) == all)
        for bars in [[0], [7], [8], [100], [30, 3, 180], [15, 16, 17]] {
            let some = try await columns(.only(bars))
            #expect(some.count == all.count)
            for (date, columns) in some {
                for (number, column) in columns.enumerated() {
                    #expect(column.count == bars.count)
                    for (bar, value) in column { #expect(value == all[date]?[number][bar], "\(date) \(bar)") }
                }
            }
        }
    }

    @Test("of several periods do not get in each other's way")
    func severalColumns() async throws {
        let market = try RandomMarket(seed: 22, from: "2013-09-20", sessions: 20).make()
        let all: [Series] = [.ema(.close, 20), .ema(.close, 9), .atr(20)]
        let together = try await ColumnProbe(all[0], all[1], all[2], all[0])
            .columns(of: market, on: "2013-10-01", through: "2013-10-16")
        for (number, series) in (all + [all[0]]).enumerated() {
            let alone = try await ColumnProbe(series).columns(of: market, on: "2013-10-01", through: "2013-10-16")
            #expect(!alone.isEmpty)
            for (date, columns) in alone { #expect(columns[0] == together[date]?[number]) }
        }
    }

    @Test("start at least 5 sessions before a session, and so long before it that the start has no weight")
    func warmUp() {
        let timeframe = Timeframe.minutes(2)
        #expect(ExponentialMovingAverage(period: 20).warmUpSessions(of: timeframe) == 5)
        #expect(AverageTrueRange(period: 1).warmUpSessions(of: timeframe) == 5)
        for period in [1, 20, 100, 1000] {
            let bars = ExponentialMovingAverage(period: period).warmUpBars
            #expect(AverageTrueRange(period: period).warmUpBars == bars)
            // (1 - k)^bars, by multiplying.
            let decay = 1 - 2 / Double(period + 1)
            #expect((0..<bars).reduce(1) { weight, _ in weight * decay } < 0x1p-53)
            // In early closes of 105 bars.
            #expect(ExponentialMovingAverage(period: period).warmUpSessions(of: timeframe) * 105 >= bars)
        }
    }

    @Test("keep at most a millionth of their start after the bars they settle in", arguments: [2, 14, 20, 500])
    func settling(period: Int) {
        let settling = Series.ema(.close, period).settling(of: .minutes(2))
        let bars = settling.first?.bars ?? 0
        #expect(settling == [HistoryRequest.Settling(name: "ema(\(period))", bars: bars)])
        #expect(
            Series.atr(period).settling(of: .minutes(2))
                == [HistoryRequest.Settling(name: "atr(\(period))", bars: bars)])
        let decay = 1 - 2 / Double(period + 1)
        // The weight of the start is multiplied by this with each bar.
        func weight(_ bars: Int) -> Double { (0..<bars).reduce(1) { weight, _ in weight * decay } }
        #expect(weight(bars) <= 1e-6)
        #expect(weight(bars - 1) > 1e-6)
    }

    @Test("of one bar forget their start at once")
    func settlingAtOnce() { #expect(Series.ema(.close, 1).settling(of: .minutes(2)).map(\.bars) == [1]) }

    @Test("of longer bars keep their start as many times as long, of daily bars for no bars of the session")
    func settlingOfOtherBars() {
        // ln(1e-6) / ln(1 - 2/11) = 68.8 bars of ten minutes are 345 of two.
        let longer = Series.bars(minutes: 10, .ema(.close, 10)) - .daily(.ema(.close, 10))
        #expect(longer.settling(of: .minutes(2)).isEmpty)
        var found: [HistoryRequest.Settling] = []
        longer.visit { part in
            found += part.settling(of: .minutes(2))
            return part.isOfBars
        }
        #expect(found == [HistoryRequest.Settling(name: "bars(10Min).ema(10)", bars: 345)])
    }
}

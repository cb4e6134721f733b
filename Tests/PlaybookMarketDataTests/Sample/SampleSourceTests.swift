import PlaybookCore
import PlaybookMarketData
import Testing

@Suite("The built-in sample")
struct SampleSourceTests {
    private let source = SampleSource()

    private func bars(_ symbol: String, _ first: String, _ last: String) async throws -> BarColumns {
        try await source.intradayBars(
            of: .of(symbol), timeframe: .minutes(2), from: .of(first), through: .of(last)
        ).bars
    }

    private func daily(_ symbol: String, _ first: String, _ last: String) async throws -> DailyBars {
        try #require(try await source.dailyBars(of: .of(symbol), from: .of(first), through: .of(last)))
    }

    /// Bars of QQQ as they are now: open, high, low, close in cents, and shares.
    static let pinned: [(date: String, bar: Int, cents: [Int], volume: Double)] = [
        ("1998-01-02", 0, [67_966, 68_026, 67_862, 67_875], 166_430),
        ("2013-10-07", 0, [17_721, 17_739, 17_697, 17_716], 207_543),
        ("2013-10-07", 100, [17_857, 17_857, 17_844, 17_846], 21_466),
        ("2020-03-16", 194, [15_386, 15_389, 15_341, 15_354], 104_363),
        ("2024-07-03", 104, [10_863, 10_868, 10_855, 10_859], 75_896),
        ("2024-11-04", 17, [8_982, 8_985, 8_978, 8_985], 80_656),
        ("2025-11-04", 0, [9_304, 9_306, 9_289, 9_297], 94_173),
        ("2035-12-31", 194, [4_859, 4_860, 4_853, 4_854], 33_170),
    ]

    @Test("never changes: single bars", arguments: pinned)
    func pinnedBars(date: String, bar: Int, cents: [Int], volume: Double) async throws {
        let found = try await bars("QQQ", date, date)[bar]
        let prices = [found.open, found.high, found.low, found.close].map { Int(($0 * 100).rounded()) }
        #expect(prices == cents)
        #expect(found.volume == volume)
        let session = try #require(TradingCalendar.nyse.session(on: .of(date)))
        #expect(found.time == session.open.secondsSinceEpoch + Int64(bar) * 120)
    }

    @Test(
        "never changes: digests of a month",
        arguments: [
            ("QQQ", "2024-11", 5_168_967_210_512_610_325), ("SPY", "1998-01", 14_763_664_361_941_275_312),
        ] as [(String, String, UInt64)])
    func pinnedMonths(symbol: String, month: String, digest: UInt64) async throws {
        let bars = try await bars(symbol, "\(month)-01", "\(month)-28")
        #expect(bars.digestInCents == digest)
    }

    @Test("does not depend on the range asked for")
    func rangeIndependence() async throws {
        let whole = try await bars("SPY", "2024-06-24", "2024-07-12")
        var parts: [Bar] = []
        for session in TradingCalendar.nyse.sessions(from: try .of("2024-06-24"), through: try .of("2024-07-12")) {
            parts += try await bars("SPY", "\(session.date)", "\(session.date)").all
        }
        #expect(whole.all == parts)
        #expect(try await bars("SPY", "2024-07-04", "2024-07-04").count == 0)
    }

    @Test("has all bars of each session: 195, and 105 on an early close")
    func sessionLengths() async throws {
        #expect(try await bars("QQQ", "2024-07-02", "2024-07-02").count == 195)
        let early = try await bars("QQQ", "2024-07-03", "2024-07-03")
        #expect(early.count == 105)
        #expect(early.times.last == (try Instant.seconds("2024-07-03T16:58:00Z")))
        let (first, last) = (try CivilDate.of("2023-11-01"), try CivilDate.of("2023-12-31"))
        let expected = TradingCalendar.nyse.sessions(from: first, through: last).reduce(0) { $0 + $1.minutes / 2 }
        #expect(try await bars("QQQ", "2023-11-01", "2023-12-31").count == expected)
    }

    @Test("has positive prices in whole cents and whole shares", arguments: ["QQQ", "SPY", "A", "BRK.B", "X-1"])
    func cents(symbol: String) async throws {
        for month in ["1998-01", "2009-03", "2020-03", "2035-12"] {
            let bars = try await bars(symbol, "\(month)-01", "\(month)-28")
            #expect((bars.open + bars.close).allSatisfy { $0 > 0 && ($0 * 100).rounded() / 100 == $0 })
            #expect((bars.high + bars.low).allSatisfy { $0 > 0 && abs($0 * 100 - ($0 * 100).rounded()) < 1e-6 })
            #expect(bars.volume.allSatisfy { $0 > 0 && $0 == $0.rounded() })
        }
    }

    @Test("covers the calendar to its ends and nothing beyond")
    func ends() async throws {
        #expect(try await bars("QQQ", "1998-01-02", "1998-01-02").count == 195)
        #expect(try await bars("QQQ", "2035-12-31", "2035-12-31").count == 195)
        #expect(try await bars("QQQ", "1990-01-01", "1997-12-31").count == 0)
        #expect(try await bars("QQQ", "2036-01-01", "2036-12-31").count == 0)
        #expect(try await daily("QQQ", "2036-01-01", "2036-12-31").dates == [])
    }

    @Test("is different for each symbol and each day")
    func differences() async throws {
        let days = try await [
            bars("QQQ", "2024-11-04", "2024-11-04"), bars("SPY", "2024-11-04", "2024-11-04"),
            bars("QQQ", "2024-11-05", "2024-11-05"), bars("QQQ", "2023-11-06", "2023-11-06"),
        ]
        #expect(Set(days.map(\.digestInCents)).count == 4)
    }

    @Test("moves more in the first hour than at midday, and more again into the close")
    func intradayShape() async throws {
        let bars = try await bars("QQQ", "2023-01-03", "2023-03-31")
        func range(_ first: Int, _ last: Int) -> Double {
            let moves = stride(from: 0, to: bars.count - 194, by: 195).flatMap { start in
                (start + first..<start + last).map { (bars.high[$0] - bars.low[$0]) / bars.open[$0] }
            }
            return moves.reduce(0, +) / Double(moves.count)
        }
        let midday = range(75, 120)
        #expect(range(0, 30) > 1.3 * midday)
        #expect(range(180, 195) > 1.1 * midday)
    }

    @Test("opens with gaps, of the size that markets have")
    func gaps() async throws {
        let daily = try await daily("QQQ", "2022-01-03", "2022-12-30")
        let (open, close) = (daily.bars.open, daily.bars.close)
        let gaps: [Double] = (1..<daily.dates.count).map { (day: Int) -> Double in abs(open[day] / close[day - 1] - 1) }
        #expect(gaps.count { $0 > 0.001 } > gaps.count / 2)
        #expect(gaps.count { $0 > 0.05 } < gaps.count / 100)
    }
}

extension BarColumns {
    /// A digest of times, prices in cents and volumes (FNV-1a: G. Fowler, L. Noll and K. Vo, 1991).
    fileprivate var digestInCents: UInt64 {
        var digest: UInt64 = 0xCBF2_9CE4_8422_2325
        for bar in all {
            let words = [bar.open, bar.high, bar.low, bar.close].map { Int64(($0 * 100).rounded()) }
            for word in [bar.time] + words + [Int64(bar.volume)] {
                digest = (digest ^ UInt64(bitPattern: word)) &* 0x100_0000_01B3
            }
        }
        return digest
    }
}

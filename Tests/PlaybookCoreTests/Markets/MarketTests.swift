import PlaybookCore
import PlaybookTestSupport
import Testing

@Suite("Markets")
struct MarketTests {
    private let toys = ToyMarket.market

    private func session(_ date: String) throws -> TradingSession {
        try #require(toys.calendar.session(on: try .of(date)))
    }

    @Test("Round the clock a session follows the other, whatever New York's clocks do")
    func roundTheClock() throws {
        let calendar = Market.roundTheClock.calendar
        let sessions = calendar.sessions(from: try .of("2024-01-01"), through: try .of("2024-12-31"))
        #expect(sessions.count == 366)
        #expect(sessions.allSatisfy { $0.minutes == 1_440 && $0.start.minutes == 0 && !$0.isEarlyClose })
        #expect(zip(sessions, sessions.dropFirst()).allSatisfy { $0.close == $1.open })
        #expect(sessions.first?.open.description == "2024-01-01T00:00:00Z")
        #expect(Market.roundTheClock.sessionsPerYear == 365)
    }

    @Test("A session that starts in the evening is dated by its start")
    func otherStart() throws {
        let market = Market.roundTheClock(start: TimeOfDay(minutes: 22 * 60))
        let session = try #require(market.calendar.session(on: try .of("2024-03-09")))
        #expect("\(session.open) \(session.close)" == "2024-03-09T22:00:00Z 2024-03-10T22:00:00Z")
        #expect(market.sessionDate(at: try #require(Instant("2024-03-10T21:59:59Z"))).description == "2024-03-09")
        #expect(market.sessionDate(at: try #require(Instant("2024-03-10T22:00:00Z"))).description == "2024-03-10")
        #expect(market == .roundTheClock, "it is the same market")
    }

    @Test(
        "A session of a night in which clocks change has its real number of minutes",
        arguments: [
            ("2024-03-26", 480, "2024-03-26T18:00:00Z", "2024-03-27T02:00:00Z"),
            ("2024-03-30", 420, "2024-03-30T18:00:00Z", "2024-03-31T01:00:00Z"),
            ("2024-03-31", 480, "2024-03-31T17:00:00Z", "2024-04-01T01:00:00Z"),
            ("2024-10-26", 540, "2024-10-26T17:00:00Z", "2024-10-27T02:00:00Z"),
            ("2024-10-27", 480, "2024-10-27T18:00:00Z", "2024-10-28T02:00:00Z"),
        ])
    func clockChange(date: String, minutes: Int, open: String, close: String) throws {
        let session = try session(date)
        #expect(session.minutes == minutes)
        #expect(session.tradingMinutes == minutes - 30)
        #expect("\(session.open) \(session.close)" == "\(open) \(close)")
    }

    @Test("No bar is due in a pause; one that lies in it in part is")
    func pause() throws {
        let session = try session("2024-01-16")
        // 480 minutes, the pause from 180 to 210: 240 bars of two minutes less 15, 69 of seven less those at 182 … 203.
        #expect(session.bars(of: 120) == 240)
        #expect(session.barsDue(of: 120) == 225)
        #expect(session.bars(of: 420) == 69)
        #expect(session.barsDue(of: 420) == 69 - 4)
        #expect(session.barsDue(of: 3_600) == 8)
        #expect(session.isTrading(at: session.open.secondsSinceEpoch + 179 * 60))
        #expect(!session.isTrading(at: session.open.secondsSinceEpoch + 180 * 60))
        #expect(session.isTrading(at: session.open.secondsSinceEpoch + 210 * 60))
    }

    @Test("The last bar of a session may be short, and is due")
    func shortLastBar() throws {
        let session = try #require(Market.xnys.calendar.session(on: try .of("2024-11-04")))
        #expect(session.barsDue(of: 3_600) == 7)
        #expect(session.barsDue(of: 120) == 195)
    }

    @Test(
        "Times after midnight come after those before; while the market is closed the nearer session counts",
        arguments: [
            (1_200, 1_200), (1_439, 1_439), (0, 1_440), (239, 1_679), (240, 1_680), (700, 2_140), (721, 721),
            (1_190, 1_190),
        ])
    func timesAfterMidnight(minutes: Int, counted: Int) {
        #expect(toys.hours.time(TimeOfDay(minutes: minutes)).minutes == counted)
        #expect(Market.xnys.hours.time(TimeOfDay(minutes: minutes)).minutes == minutes)
        #expect(Market.roundTheClock.hours.time(TimeOfDay(minutes: minutes)).minutes == minutes)
    }

    @Test("Clocks: a time left out is counted on, a time that comes twice is the first")
    func clocks() throws {
        func text(_ date: String, _ time: String) throws -> String {
            ToyMarket.clock.string(ToyMarket.clock.instant(try .of(date), try #require(TimeOfDay(time))))
        }
        #expect(try text("2024-03-31", "02:59") == "2024-03-31T02:59:00+02:00")
        #expect(try text("2024-03-31", "03:30") == "2024-03-31T04:30:00+03:00")
        #expect(try text("2024-03-31", "04:00") == "2024-03-31T04:00:00+03:00")
        #expect(try text("2024-10-27", "03:30") == "2024-10-27T03:30:00+03:00")
        #expect(try text("2024-10-27", "04:00") == "2024-10-27T04:00:00+02:00")
        #expect(MarketClock.utc.string(try #require(Instant("2024-10-27T04:00:00Z"))) == "2024-10-27T04:00:00Z")
    }

    @Test("The clocks of New York are those of its calendar")
    func newYork() throws {
        let clock = Market.xnys.clock
        var instant = Instant(secondsSinceEpoch: 946_684_800)
        for _ in 0..<2_000 {
            #expect(clock.string(instant) == NewYorkTime.string(instant))
            let (date, time) = (clock.date(of: instant), clock.timeOfDay(of: instant))
            #expect(clock.instant(date, time) == NewYorkTime.instant(date, time))
            instant = Instant(secondsSinceEpoch: instant.secondsSinceEpoch + 5 * 86_400 + 3_607)
        }
    }

    @Test("Today is the date of the session that ends today")
    func today() throws {
        let now = try #require(Instant("2024-03-10T00:00:00Z"))
        #expect(Market.roundTheClock.today(now).description == "2024-03-09")
        #expect(Market.xnys.today(now).description == "2024-03-09")
        #expect(toys.today(now).description == "2024-03-09", "at 02:00 in Toyland the night's session goes on")
        #expect(try Market.roundTheClock.lastSession(before: now).date.description == "2024-03-09")
        #expect(try toys.lastSession(before: now).date.description == "2024-03-06")
    }

    @Test(
        "Symbols with their markets",
        arguments: [
            ("QQQ", "QQQ", "XNYS"), ("btc-usd@24X7", "BTC-USD", "24x7"), ("BTC/USD@24x7", "BTC/USD", "24x7"),
            ("BTC-PERPETUAL", "BTC-PERPETUAL", "XNYS"),
        ])
    func symbols(text: String, name: String, market: String) throws {
        let symbol = try #require(Symbol(text, markets: Market.all))
        #expect("\(symbol.name) \(symbol.market)" == "\(name) \(market)")
    }

    @Test(
        "are refused where there is no such market, or the ticker is none",
        arguments: ["BTC@NOWHERE", "BTC@", "@24x7", "A/", "/A", "A_B"])
    func noSymbols(text: String) {
        #expect(Symbol(text, markets: Market.all) == nil)
        #expect(throws: NoSymbol.self) { try Symbol.list(text) }
    }

    @Test("The first market counts for symbols that name none")
    func usualMarket() throws {
        let symbols = try Symbol.list("BTC-USD,QQQ@XNYS", markets: [.roundTheClock, .xnys])
        #expect(symbols.map(\.qualifiedName) == ["BTC-USD@24x7", "QQQ"])
    }

    @Test("A slash in a symbol is not a part of a file's name, and no two symbols share one")
    func fileNames() throws {
        let names = ["BTC/USD", "BTC-USD", "BTC.USD", "BTCUSD"].compactMap { Symbol($0)?.fileName }
        #expect(names == ["BTC_USD", "BTC-USD", "BTC.USD", "BTCUSD"])
    }
}

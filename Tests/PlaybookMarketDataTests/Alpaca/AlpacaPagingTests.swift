import PlaybookCore
import PlaybookHTTP
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

@Suite("Alpaca's pages")
struct AlpacaPagingTests {
    /// `count` two-minute bars of 2024-11-04 from 09:30 on.
    static func bars(_ count: Int, price: Double = 100) throws -> [Bar] {
        let open = try Instant.seconds("2024-11-04T14:30:00Z")
        return (0..<count).map { .quiet(open + Int64($0) * 120, price + Double($0) / 8) }
    }

    @Test("that end within a symbol are put together")
    func boundaries() async throws {
        let (qqq, spy) = (try Self.bars(60), try Self.bars(50, price: 500))
        let setup = try AlpacaSetup(pages: [
            AlpacaText.page([("QQQ", Array(qqq[..<20]))], next: "a"),
            AlpacaText.page([("QQQ", Array(qqq[20..<60])), ("SPY", Array(spy[..<1]))], next: "b"),
            AlpacaText.page([], next: "c"), AlpacaText.page([("SPY", Array(spy[1...]))]),
        ])
        let found = try await setup.stream(["SPY", "QQQ", "IWM"])
        #expect(found.pieces.filter { $0.symbol == "QQQ" }.flatMap(\.bars) == qqq)
        #expect(found.pieces.filter { $0.symbol == "SPY" }.flatMap(\.bars) == spy)
        #expect(found.pieces.map(\.symbol) == ["QQQ", "QQQ", "SPY", "SPY"])
        #expect(setup.transport.requests.map { $0.items["page_token"] } == [nil, "a", "b", "c"])
        #expect(found.ends == [:])
    }

    @Test("may begin with the bar that the one before ended with, if it is the same")
    func duplicates() async throws {
        let bars = try Self.bars(4)
        let pages = [
            AlpacaText.page([("QQQ", Array(bars[..<3]))], next: "a"), AlpacaText.page([("QQQ", Array(bars[2...]))]),
        ]
        #expect(try await AlpacaSetup(pages: pages).stream().pieces.flatMap(\.bars) == bars)
        var other = bars[2]
        other.volume += 1
        let error = try await #require(
            AlpacaSetup(pages: [pages[0], AlpacaText.page([("QQQ", [other, bars[3]])])]).error())
        #expect(error.code == .badData)
        #expect(
            error.message
                == "Alpaca sent a bar of QQQ that is not right, 2024-11-04T14:34:00Z on page 2: a second bar at "
                + "2024-11-04T14:34:00Z")
        #expect(error.nextStep?.contains("Nothing of it was kept.") == true)
    }

    @Test("that hold what was not asked for are read without it")
    func others() async throws {
        let bars = try Self.bars(2)
        let setup = try AlpacaSetup(pages: [AlpacaText.page([("AAPL", bars), ("QQQ", bars)])])
        #expect(try await setup.stream().pieces.map(\.symbol) == ["QQQ"])
    }

    @Test("that go round in a circle are an error")
    func circle() async throws {
        let page = { (token: String) in AlpacaText.page([("QQQ", [])], next: token) }
        for (tokens, number) in [(["a", "a"], 2), (["a", "b", "c", "a"], 4), (["", ""], 2)] {
            let setup = try AlpacaSetup(pages: tokens.map(page))
            let error = try #require(await setup.error())
            #expect(error.code == .sourceUnavailable)
            #expect(error.message == "Alpaca's pages go round in a circle: page \(number) names one that was read")
            #expect(setup.transport.requests.count == tokens.count)
        }
    }

    @Test("without bars are an error when a hundred follow each other")
    func emptyPages() async throws {
        let bars = try Self.bars(1)
        func setup(_ emptyPages: Int) throws -> AlpacaSetup {
            try AlpacaSetup(
                ScriptedTransport { _, number in
                    // After every run of empty pages one with a bar; the second is the last.
                    let isFull = number % (emptyPages + 1) == 0
                    let isLast = number == 2 * (emptyPages + 1)
                    return .ok(AlpacaText.page(isFull ? [("QQQ", bars)] : [], next: isLast ? nil : "p\(number)"))
                })
        }
        #expect(try await setup(99).stream().pieces.count == 1)
        let error = try await #require(setup(100).error())
        #expect(error.code == .sourceUnavailable)
        #expect(error.message == "Alpaca sent 100 pages without bars and still names a next one")
    }

    @Test("that fail on the way are an error, whatever came before")
    func failure() async throws {
        let page = AlpacaText.page([("QQQ", try Self.bars(5))], next: "a")
        for (answer, code) in [
            (HTTPResponse.status(500), PlaybookError.Code.sourceUnavailable), (.status(429), .tryAgain),
            (.ok("{\"bars\""), .sourceUnavailable),
        ] {
            #expect(try await AlpacaSetup(ScriptedTransport([.ok(page), answer])).error()?.code == code)
        }
    }

    @Test("are asked for once each, while the one before is worked on")
    func onePageAhead() async throws {
        let bars = try Self.bars(5)
        let setup = try AlpacaSetup(
            ScriptedTransport { _, number in
                .ok(AlpacaText.page([("QQQ", [bars[number - 1]])], next: number < 5 ? "p\(number)" : nil))
            })
        var most = 0
        var count = 0
        let date = try CivilDate.of("2024-11-04")
        _ = try await setup.source.stream([.of("QQQ")], timeframe: .minutes(2), from: date, through: date) { _, bars in
            count += bars.count
            most = max(most, setup.transport.requests.count - count)
        }
        #expect(count == 5)
        #expect(setup.transport.requests.count == 5)
        #expect(most <= 1, "memory holds one page more at most")
    }
}

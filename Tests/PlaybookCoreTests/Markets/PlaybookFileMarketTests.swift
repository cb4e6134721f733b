import PlaybookCore
import PlaybookScript
import PlaybookTestSupport
import PlaybookYardsticks
import Testing

/// Playbook files on markets whose sessions cross midnight, pause, and trade at weekends.
@Suite("Playbook files on other markets")
struct PlaybookFileMarketTests {
    private func symbol(_ market: Market = ToyMarket.market) throws -> Symbol {
        try #require(Symbol("TEDDY", market: market))
    }

    private func source(_ first: String, _ last: String) throws -> ListedBars {
        ListedBars(bars: ToyMarket.bars(from: try .of(first), through: try .of(last)))
    }

    private func script(_ text: String) throws -> Script { try Script(Array(text.utf8)) }

    @Test(
        "The built-in ones give the rows of those in Swift, but for notes",
        arguments: [
            ("dp20", ["window-start": "22:30", "window-end": "01:30", "exit-time": "03:30", "trend-period": "3"]),
            ("timed-entry", ["weekdays": "sat+sun+mon", "entry-time": "00:30", "exit-time": "03:00", "stop-atr": "4"]),
            ("opening-range", ["last-entry": "01:00", "target": "1"]),
        ])
    func builtIn(name: String, overrides: [String: String]) async throws {
        let market = ToyMarket.market
        let file = try #require(BuiltInPlaybooks.script(name)).playbook(overrides, market: market)
        let yardstick = try StrategyCatalog.playbook(name, overrides: overrides, market: market)
        #expect(file.parametersID == yardstick.parametersID)
        let source = try source("2024-02-01", "2024-04-20")
        let (rows, expected) = (
            try await source.journal(file, symbol(), "2024-03-01", "2024-04-20"),
            try await source.journal(yardstick, symbol(), "2024-03-01", "2024-04-20")
        )
        #expect(rows.map(withoutNotes) == expected.map(withoutNotes))
        // The exit of opening-range, 15:50, comes before these sessions open.
        #expect(rows.contains { $0.trade != nil } == (name != "opening-range"))
    }

    private func withoutNotes(_ row: JournalRow) -> JournalRow {
        var row = row
        row.notes = ""
        return row
    }

    private static let night = """
        playbook: night
        summary: a window across midnight
        parameters:
          until: {default: 01:00}
        setup:
          window: [23:40, until]
          steps:
            - late: time >= 00:20
        exit: 02:10
        """

    @Test("Times after midnight are those of the session's night, in a window, a condition, an exit and a parameter")
    func night() async throws {
        let read = try script(Self.night.replacing("summary", with: "market: 24x7\nsummary"))
        // Whether 01:00 comes after 23:40 depends on when sessions start.
        let start = try #require(TimeOfDay("17:00"))
        #expect(try read.playbook(market: .roundTheClock(start: start)).market == .roundTheClock)
        let error = #expect(throws: ParameterError.self) { try read.playbook(market: .roundTheClock) }
        #expect(error?.description == "the window ends at 01:00, before it begins at 23:40")
        let anywhere = #expect(throws: ScriptError.self) { try script(Self.night) }
        #expect(anywhere?.findings.map(\.message) == ["the window ends at 01:00, before it begins at 23:40"])

        let playbook = try script(Self.night.replacing("23:40, until", with: "session.start, session.end"))
            .playbook(["until": "00:30"], market: ToyMarket.market)
        let row = try #require(
            try await source("2024-01-06", "2024-01-17").journal(playbook, symbol(), "2024-01-16").first)
        let trade = try #require(row.trade)
        // The bar of 00:20 is the first at or after that time; the order fills at the next one's open.
        #expect("\(row.steps) \(trade.entryTime) \(trade.exitTime)" == "late=00:20 00:22 02:10")
    }

    @Test("A playbook that names its market is made for no other one")
    func otherMarket() throws {
        let text = "playbook: coins\nsummary: s\nmarket: 24x7\nsetup:\n  steps:\n    - up: close > open\n"
        let coins = try script(text)
        let error = #expect(throws: MarketError.self) { try coins.playbook(market: .xnys) }
        #expect(error?.description == "the playbook coins is for the market 24x7, not for XNYS")
        let made = try coins.playbook()
        #expect(made.market == .roundTheClock && made.plan.size.step == 0.000_01)
        #expect(try script(text.replacing("market: 24x7\n", with: "")).playbook().plan.size.step == 1)
        #expect(try script(text.replacing("24x7", with: "XNYS")).playbook().market == .xnys)
    }

    @Test("The range of a file's time holds on every market, that of a built-in one on the usual market alone")
    func ranges() throws {
        let text = """
            playbook: coins
            summary: s
            parameters:
              at: {default: 10:30, range: [09:30, 12:00]}
            setup:
              entry: {at: at}
            """
        #expect(throws: ParameterError.self) { try script(text).playbook(["at": "13:00"], market: .roundTheClock) }
        let builtIn = try #require(BuiltInPlaybooks.script("timed-entry"))
        #expect(throws: ParameterError.self) { try builtIn.playbook(["entry-time": "08:00"]) }
        _ = try builtIn.playbook(["entry-time": "08:00"], market: .roundTheClock)
    }

    @Test("An explanation has the market's times")
    func explained() async throws {
        let read = try script(Self.night.replacing("23:40, until", with: "session.start, session.end"))
        let playbook = try read.playbook(market: ToyMarket.market)
        let history = try await source("2024-01-06", "2024-01-17").history(playbook, symbol(), "2024-01-16")
        var explainer = try Explainer(read, parameters: [:], history: history)
        let explained = explainer.explain(bars: true, minimumCompleteness: 0.95, dataSource: "made")
        let events = try #require(explained.first).events.map { "\($0.time.map { "\($0)" } ?? "-") \($0.kind)" }
        #expect(events == ["00:20 step", "00:20 order", "00:22 entry", "02:10 exit"])
        let step = try #require(explained.first?.events.first)
        #expect(step.numbers.map { "\($0.name) \($0.value)" } == ["time 00:20"])
        #expect(explained.first?.barLines.first?.time.description == "20:00")
    }
}

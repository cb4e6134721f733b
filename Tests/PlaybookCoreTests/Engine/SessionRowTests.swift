import PlaybookYardsticks
import Testing

@testable import PlaybookCore

/// Rows of playbooks that do more than one trade a session, or none, by hand.
///
/// Sessions stand at 100 and have bars from 99.875 to 100.125 unless told otherwise. The opening range of 09:30 and 09:32
/// goes from 99 to 101: R is 2 both ways, and 200 USD risked are 100 shares.
@Suite("Rows of sessions")
struct SessionRowTests {
    static let rules = ["range": "4m", "target": "2"]

    static func session() throws -> ScriptedSession {
        var session = try ScriptedSession("2013-10-09")
        session["09:30"] = Candle(100, 101, 99, 100)
        return session
    }

    static func rows(_ session: ScriptedSession, _ overrides: [String: String] = rules) async throws -> [JournalRow] {
        let market = MemoryMarket(try ScriptedSession("2013-10-08"), session)
        return try await market.journal(
            try StrategyCatalog.playbook("opening-range", overrides: overrides), on: "2013-10-09")
    }

    @Test("have one trade each, numbered, when a session has two")
    func twoTrades() async throws {
        var session = try Self.session()
        // Up at 101: half at 103, then the stop is 2 below the best price, 103.5 - 2 = 101.5.
        session["09:40"] = Candle(100.5, 101.25, 100.5, 101)
        session["09:42"] = Candle(101, 103.5, 101, 103)
        session["09:44"] = Candle(103, 103, 101.25, 101.5)
        // Down at 99: the bar opens below it, at 98.5. R is 98.5 - 101 = -2.5, and 200 / 2.5 are 80 shares.
        session["10:00"] = Candle(98.5, 98.75, 98, 98.5)
        session["10:02"] = Candle(98.5, 98.5, 95.75, 96)
        session["10:04"] = Candle(96, 96, 93.25, 93.5)
        let rows = try await Self.rows(session, ["range": "4m", "target": "2", "slippage-bps": "10"])
        try #require(rows.count == 2)
        #expect(rows.map(\.tradeNumber) == [1, 2] && rows.map(\.trades) == [2, 2])
        #expect(rows.map(\.setup) == ["up", "down"] && rows.map(\.side) == [.long, .short])
        #expect(rows.map(\.window) == ["09:30-16:00", "09:30-16:00"])
        #expect(rows.map(\.steps) == ["range-known=09:32", "range-known=09:46"])
        #expect(rows.map(\.values) == ["top=101 bottom=99", "top=101 bottom=99"])
        #expect(rows.map(\.noTrade) == ["", ""])
        let (up, down) = (try #require(rows[0].trade), try #require(rows[1].trade))
        #expect(up.entry == 101 && up.shares == 100 && up.stop == 99 && up.risk == 2 && up.target == 103)
        #expect(up.exits == "0.5@103 target 09:42; 0.5@101.5 trailing_stop 09:44")
        // (103 + 101.5) / 2 = 102.25; 1.25 x 100; 1.25 / 2; (101 + 102.25) x 100 x 0.001.
        #expect(up.exit == 102.25 && up.gross == 125 && up.rMultiple == 0.625 && up.costs == 20.325)
        #expect(up.net == 104.675 && up.exitReason == "trailing_stop" && up.exitTime == TimeOfDay("09:44"))
        #expect(up.mae == -0.5 && up.mfe == 2.5 && up.isAmbiguous == false)
        #expect(rows[0].notes == "stopped out by the trailing stop at 09:44")
        #expect(down.entry == 98.5 && down.shares == 80 && down.stop == 101 && down.risk == 2.5 && down.target == 96)
        #expect(down.exits == "0.5@96 target 10:02; 0.5@93.5 target 10:04")
        // (96 + 93.5) / 2 = 94.75; (98.5 - 94.75) x 80 = 300; 3.75 / 2.5.
        #expect(down.exit == 94.75 && down.gross == 300 && down.rMultiple == 1.5)
        #expect(down.mae == -0.25 && down.mfe == 5 && down.exitReason == "target")
        #expect(rows[1].notes == "reached the target at 10:04")
        for row in rows { #expect(try JournalRow(JournalRecord(row)) == row) }
    }

    @Test("end with the first loss where the limits say so")
    func loss() async throws {
        var session = try Self.session()
        session["09:40"] = Candle(100.5, 101.25, 100.5, 101)
        session["09:42"] = Candle(101, 101, 98.5, 98.75)
        session["09:44"] = Candle(98.75, 99, 97, 97)
        let rows = try await Self.rows(session)
        try #require(rows.count == 1)
        #expect(rows[0].trades == 1 && rows[0].trade?.exitReason == "stop_loss" && rows[0].trade?.rMultiple == -1)
        #expect(rows[0].notes == "stopped out at 09:42")
    }

    @Test("tell of the first setup where none got further, with its order that was not filled")
    func expired() async throws {
        let rows = try await Self.rows(try Self.session())
        try #require(rows.count == 1)
        #expect(rows[0].setup == "up" && rows[0].trades == 0 && rows[0].noTrade == "expired")
        // The range is known to the end, so an order is decided again at each bar, and is late from noon on.
        #expect(rows[0].steps == "range-known=15:58" && rows[0].values.isEmpty)
        #expect(rows[0].notes == "not filled: no bar reached the order's price in its time")
    }

    @Test("name the filter that ended a session, without a window, and say so when it is unknown")
    func filter() async throws {
        var session = try ScriptedSession("2013-10-09", price: 103)
        session["09:30"] = Candle(103, 104, 102, 103)
        let row = try #require(try await Self.rows(session).first)
        #expect(row.noTrade == "filter:calm-open" && row.window.isEmpty && row.setup == "up" && row.side == .long)
        #expect(row.notes == "it opened 2% or more from the close before")
        let alone = try await MemoryMarket(try Self.session()).row(
            try StrategyCatalog.playbook("opening-range"), on: "2013-10-09")
        #expect(alone.noTrade == "filter:calm-open")
        #expect(alone.notes == "the filter calm-open is unknown")
    }

    @Test("say what refused an order")
    func refused() async throws {
        var session = try Self.session()
        // 201 USD between entry and stop are more than may be risked with a share.
        session["09:30"] = Candle(100, 300, 99, 100)
        session["09:40"] = Candle(100.5, 301, 100.5, 101)
        let row = try #require(try await Self.rows(session).first)
        #expect(row.noTrade == "refused:size" && row.setup == "up" && row.steps == "range-known=09:32")
        #expect(row.notes == "refused: the size is unknown or comes to less than one lot")
        session = try Self.session()
        session.remove("09:34", through: "09:40")
        session["09:42"] = Candle(100, 102, 100, 101)
        session.remove("09:32", through: "09:32")
        let few = try #require(try await Self.rows(session).first)
        #expect(few.noTrade == "refused:bars")
        #expect(few.notes == "too few bars: 2 of the 7 due from 09:30 through 09:42")
    }

    @Test("forget what a session before has left of a step's quality")
    func qualityOfTheDay() async throws {
        let setup = try ScriptedSession.withSetup("2013-10-08")
        let market = MemoryMarket(setup, try ScriptedSession("2013-10-09"))
        let rows = try await market.journal(try dp20(), on: "2013-10-08", through: "2013-10-09")
        #expect(rows.map(\.reversalStrong) == [true, nil])
    }
}

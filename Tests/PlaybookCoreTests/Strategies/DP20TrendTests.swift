import PlaybookCore
import Testing

@Suite("DP20: trend")
struct DP20TrendTests {
    /// The row of a session that would be entered if only the trend allowed it.
    static func row(open: Double, closes: Double, count: Int = 200) async throws -> JournalRow {
        var session = try ScriptedSession.withSetup("2013-10-09")
        session["09:30"] = Candle(open, max(open, 100) + 0.125, min(open, 100) - 0.125, 100)
        return try await MemoryMarket(session, trend: closes, closes: count).row(try dp20(), on: "2013-10-09")
    }

    @Test("is up when the first bar opens above the SMA of 200 closes")
    func above() async throws {
        let row = try await Self.row(open: 100.01, closes: 100)
        #expect(row.trendValid == true)
        #expect(row.trendAverage == 100)
        #expect(row.trade != nil)
    }

    @Test(
        "is not up when the open equals the SMA, whatever the price",
        arguments: [100, 100.1, 99.99, 17.3, 33.33, 64.07, 123.45])
    func equal(price: Double) async throws {
        // In binary, a mean of 200 equal prices may come out a little below the price.
        let row = try await Self.row(open: price, closes: price)
        #expect(row.trendValid == false)
        #expect(row.trade == nil)
        #expect(row.notes == "no uptrend: the open is not above SMA200")
        #expect(try await Self.row(open: price + 0.01, closes: price).trendValid == true)
    }

    @Test("is judged by the open of the first bar, not by its close")
    func firstOpen() async throws {
        #expect(try await Self.row(open: 99, closes: 99.5).trendValid == false)
        #expect(try await Self.row(open: 101, closes: 100.5).trendValid == true)
    }

    @Test("is judged by the first bar there is when the one at 09:30 is missing")
    func missingFirstBar() async throws {
        var session = try ScriptedSession.withSetup("2013-10-09")
        session.remove("09:30", through: "09:32")
        session["09:34"] = Candle(101, 101.125, 99.875, 100)
        let up = try await MemoryMarket(session, trend: 100.5).row(try dp20(), on: "2013-10-09")
        #expect(up.trendValid == true)
        session["09:34"] = Candle(100, 101.125, 99.875, 101)
        let down = try await MemoryMarket(session, trend: 100.5).row(try dp20(), on: "2013-10-09")
        #expect(down.trendValid == false)
    }

    @Test("when it is not up leaves the columns of later rules empty")
    func laterColumns() async throws {
        let row = try await Self.row(open: 100, closes: 110)
        #expect(row.trendValid == false)
        #expect(row.trendAverage == 110)
        let empty: [JournalColumn] = [
            .pullbackTime, .reversalTime, .reversalStrong, .confirmationTime, .entryTime, .entryPrice, .shares,
            .averageAtEntry, .trueRangeAtEntry, .stopPrice, .exitTime, .exitPrice, .grossPnL, .netPnL, .rMultiple,
            .exitReason, .mae, .mfe,
        ]
        for column in empty { #expect(row.fields[column.index].isEmpty, "\(column.name)") }
        #expect(row.fields[JournalColumn.entered.index] == "false")
        #expect(row.fields[JournalColumn.trendValid.index] == "false")
        #expect(row.fields[JournalColumn.entryWindow.index] == "10:00-10:30")
    }

    @Test("is unknown with fewer than 200 closes, and the row says so")
    func unknown() async throws {
        let row = try await Self.row(open: 100, closes: 90, count: 199)
        #expect(row.trendValid == nil)
        #expect(row.trendAverage == nil)
        #expect(row.pullbackTime == nil)
        #expect(row.trade == nil)
        #expect(!row.isIncomplete)
        #expect(row.notes == "SMA200 unknown: only 199 of 200 daily closes before the session")
        #expect(row.fields[JournalColumn.trendValid.index].isEmpty)
        #expect(row.fields[JournalColumn.trendAverage.index].isEmpty)
    }
}

import PlaybookCore
import Testing

@Suite("How a journal stands")
struct JournalStandingTests {
    private let now = Instant("2024-12-03T22:00:00Z")!

    private func record(_ date: String, symbol: String = "TEST", run: String = "run-1") throws -> JournalRecord {
        try JournalMergeTests.record(date, symbol: symbol, run: run)
    }

    /// The record of `date` with a trade that made `net`.
    private func trade(_ date: String, net: Double) throws -> JournalRecord {
        JournalRecord(try .made(on: date, parametersID: "p1", trade: .made(exit: 100 + net / 10)))
    }

    private func standing(
        _ records: [JournalRecord], symbols: Set<String>? = nil, now: Instant? = nil
    ) throws -> JournalStanding {
        try #require(
            JournalStanding.all(
                [JournalSurvey(records, now: now ?? self.now)], symbols: symbols, now: now ?? self.now
            ).first)
    }

    private func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

    @Test("a row for each session until now is clean, over Thanksgiving and a weekend")
    func clean() throws {
        let records = try ["2024-11-27", "2024-11-29", "2024-12-02", "2024-12-03"].map {
            try record($0, run: "run-\($0)")
        }
        let standing = try self.standing(records, symbols: ["TEST"])
        #expect(standing.isClean)
        #expect(standing.missingSessions == 0)
        #expect(standing.lastRunID == "run-2024-12-03")
        #expect(standing.lastSession == (try date("2024-12-03")))
        #expect(standing.nextSession?.date == (try date("2024-12-04")))
        #expect(standing.sessionsWithoutTrade == 4)
    }

    @Test("a session is missing from its close on, not before")
    func close() throws {
        let records = try ["2024-11-27", "2024-11-29", "2024-12-02"].map { try record($0) }
        let before = try #require(Instant("2024-12-03T20:59:59Z"))
        let standing = try self.standing(records, now: before)
        #expect(standing.isClean)
        #expect(standing.nextSession?.date == (try date("2024-12-03")))
        let after = try self.standing(records, now: Instant(secondsSinceEpoch: before.secondsSinceEpoch + 1))
        #expect(after.series[0].missing == [try date("2024-12-03")])
        #expect(!after.isClean)
    }

    @Test("a symbol without rows lacks the last session; without rows and symbols nothing is clean")
    func symbols() throws {
        let other = try standing([record("2024-12-02"), record("2024-12-03")], symbols: ["TEST", "SPY"])
        #expect(!other.isClean && other.missingSessions == 1)
        #expect(other.series.first { $0.symbol == "SPY" }?.missing == [try date("2024-12-03")])
        #expect(!(try standing([])).isClean)
    }

    @Test("of several journals each should have what any has")
    func several() throws {
        let rows = try ["2024-11-29", "2024-12-02", "2024-12-03"].map { try record($0) }
        let standings = try JournalStanding.all(
            [rows, [rows[2]], []].map { try JournalSurvey($0, now: now) }, symbols: nil, now: now)
        #expect(standings.map(\.missingSessions) == [0, 2, 3])
        #expect(standings.map(\.isClean) == [true, false, false])
    }

    @Test("the last thirty days count, and the sessions since the last trade")
    func recent() throws {
        let records = [
            try trade("2024-11-03", net: -50), try trade("2024-11-04", net: 10), try trade("2024-11-27", net: -4),
            try record("2024-12-02"), try record("2024-12-02", symbol: "SPY"), try record("2024-12-03"),
        ]
        let standing = try self.standing(records)
        #expect(standing.recent.trades == 2)
        #expect(standing.recent.winRate == 0.5)
        #expect(standing.recent.maximumDrawdown == 4)
        #expect(standing.sessionsWithoutTrade == 2)
    }
}

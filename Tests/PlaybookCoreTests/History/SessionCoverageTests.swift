import PlaybookCore
import Testing

@Suite("What a source covers")
struct SessionCoverageTests {
    /// Bars at these times of a date.
    private static func bars(_ date: String, _ times: String...) throws -> [Bar] {
        try times.map { text in
            let time = NewYorkTime.instant(try .of(date), try #require(TimeOfDay(text))).secondsSinceEpoch
            return Bar(time: time, open: 100, high: 101, low: 99, close: 100, volume: 1)
        }
    }

    private static func market(_ bars: [Bar]..., coverage: ClosedRange<CivilDate>? = nil) -> MemoryMarket {
        var market = MemoryMarket()
        for bar in bars.joined() { market.bars.append(bar) }
        market.coverage = coverage
        return market
    }

    private static func dates(
        _ market: MemoryMarket, _ first: String, _ last: String, now: String? = nil, mayStillCome: Bool = false
    ) async throws -> (dates: [String], late: LateSession?) {
        var request = HistoryRequest(
            symbol: try #require(Symbol("TEST")), sessions: (try .of(first))...(try .of(last)),
            playbooks: [try timedEntry()])
        request.now = try now.map { try #require(Instant($0)) }
        request.mayStillCome = mayStillCome
        let history = try await HistoryLoader(source: market).load(request)
        return (history.slices[history.requested].map(\.session.date.description), history.late)
    }

    private static func error(_ market: MemoryMarket, _ first: String, _ last: String, now: String) async throws
        -> PlaybookError
    {
        try #require(
            await #expect(throws: PlaybookError.self) {
                _ = try await dates(market, first, last, now: now, mayStillCome: true)
            })
    }

    @Test("is from the first to the last session that has a bar within its hours, as files tell or not")
    func otherHours() async throws {
        // Before the open of the 7th and after its close, within the 8th, nothing on the 9th, within the 10th, before the
        // open of the 11th.
        let known = (try CivilDate.of("2013-10-07"))...(try CivilDate.of("2013-10-11"))
        for coverage in [nil, known] {
            let market = try Self.market(
                Self.bars("2013-10-07", "09:28", "16:00"), Self.bars("2013-10-08", "09:30"),
                Self.bars("2013-10-10", "15:58"), Self.bars("2013-10-11", "04:00", "09:28"), coverage: coverage)
            #expect(
                try await Self.dates(market, "2013-10-04", "2013-10-11").dates
                    == ["2013-10-08", "2013-10-09", "2013-10-10"])
            #expect(try await Self.dates(market, "2013-10-09", "2013-10-09").dates == ["2013-10-09"])
            for date in ["2013-10-07", "2013-10-11"] {
                await #expect(throws: PlaybookError.self) { try await Self.dates(market, date, date) }
            }
        }
    }

    @Test("goes on beyond the range asked for, wherever a bar lies within a session")
    func beyond() async throws {
        let market = try Self.market(Self.bars("2013-09-03", "12:00"), Self.bars("2013-11-01", "12:00"))
        #expect(
            try await Self.dates(market, "2013-10-09", "2013-10-10").dates == ["2013-10-09", "2013-10-10"],
            "weeks between two that have bars")
        let none = try Self.market(Self.bars("2013-09-03", "12:00"), Self.bars("2013-11-01", "18:00"))
        await #expect(throws: PlaybookError.self) { try await Self.dates(none, "2013-10-09", "2013-10-10") }
    }

    @Test("does not change the rows of the sessions that it covers")
    func sameRows() async throws {
        var market = try RandomMarket(seed: 52, from: "2013-10-01", sessions: 12).make()
        let rows = try await market.journal(try timedEntry(), on: "2013-10-01", through: "2013-10-16")
        #expect(rows.count == 12)
        market.coverage = (try .of("2013-09-01"))...(try .of("2013-10-16"))
        #expect(try await market.journal(try timedEntry(), on: "2013-09-03", through: "2013-10-16") == rows)
        #expect(try await RangeIndependenceTests.dayByDay(market, try timedEntry(), of: rows) == rows)
    }

    @Test("leaves out a session that closed less than four hours ago and has no bar in its last ten minutes")
    func late() async throws {
        for (last, now, isLate) in [
            ("15:48", "2013-10-08T20:00:00Z", true), ("15:48", "2013-10-08T23:59:59Z", true),
            ("15:48", "2013-10-09T00:00:00Z", false), ("15:50", "2013-10-08T20:00:00Z", false),
        ] {
            let market = try Self.market(
                Self.bars("2013-10-07", "15:58"), Self.bars("2013-10-08", "10:00", last))
            let found = try await Self.dates(market, "2013-10-07", "2013-10-08", now: now)
            #expect(found.dates == (isLate ? ["2013-10-07"] : ["2013-10-07", "2013-10-08"]), "\(last) \(now)")
            #expect((found.late != nil) == isLate)
            guard isLate else { continue }
            let error = try await Self.error(market, "2013-10-08", "2013-10-08", now: now)
            #expect(error.code == .tryAgain)
            #expect(
                error.message
                    == "TEST: the session of 2013-10-08 is not all there yet, its last bar is 15:48: no row is written")
            #expect(error.nextStep == "Run again later; from 20:00 on, New York time, it is taken as it is.")
        }
    }

    @Test("has a late session also when that has no bar, unless the data has ended before")
    func lateWithoutBars() async throws {
        let market = try Self.market(Self.bars("2013-10-04", "15:58"), Self.bars("2013-10-07", "15:58"))
        let found = try await Self.dates(market, "2013-10-07", "2013-10-08", now: "2013-10-08T20:00:00Z")
        #expect(found.dates == ["2013-10-07"])
        #expect(found.late?.lastBar == nil && found.late?.session.date.description == "2013-10-08")
        let error = try await Self.error(market, "2013-10-08", "2013-10-08", now: "2013-10-08T20:00:00Z")
        #expect(error.code == .tryAgain)
        #expect(error.message == "TEST: the session of 2013-10-08 has no bar yet: no row is written")
        // Of the day after it is not known whether it comes, for four hours.
        let early = try await Self.error(market, "2013-10-08", "2013-10-09", now: "2013-10-09T20:00:00Z")
        #expect(early.code == .tryAgain && early.dataEnd == nil)
        let ended = try await Self.error(market, "2013-10-08", "2013-10-09", now: "2013-10-10T00:00:00Z")
        #expect(ended.code == .sourceUnavailable)
        #expect(ended.dataEnd?.description == "2013-10-07")
        #expect(try await Self.dates(market, "2013-10-07", "2013-10-09", now: "2013-10-09T20:00:00Z").late == nil)
    }

    @Test("counts a bar of an hour that goes on into the last ten minutes")
    func longBars() async throws {
        var market = try Self.market(Self.bars("2013-10-07", "15:30"), Self.bars("2013-10-08", "15:30"))
        market.timeframe = .minutes(30)
        var request = HistoryRequest(
            symbol: try #require(Symbol("TEST")), sessions: (try .of("2013-10-08"))...(try .of("2013-10-08")),
            playbooks: [try timedEntry()], timeframe: .minutes(30))
        request.now = Instant("2013-10-08T20:00:00Z")
        #expect(try await HistoryLoader(source: market).load(request).late == nil)
    }
}

@Suite("How long missing bars are asked for")
struct RepairWindowTests {
    @Test("is ten sessions after each, and starts anew at the close")
    func start() throws {
        // Thanksgiving and a weekend lie between.
        for (now, start) in [
            ("2025-11-26T20:59:59Z", "2025-11-11"), ("2025-11-26T21:00:00Z", "2025-11-12"),
            ("2025-11-27T23:00:00Z", "2025-11-12"), ("2025-11-28T17:59:59Z", "2025-11-12"),
            ("2025-11-28T18:00:00Z", "2025-11-13"), ("2025-11-30T12:00:00Z", "2025-11-13"),
        ] {
            #expect(RepairWindow.start(try #require(Instant(now))).description == start, "\(now)")
        }
        #expect(RepairWindow.start(try #require(Instant("1998-01-02T23:00:00Z"))).description == "1998-01-02")
    }

    @Test("and such as lack ten minutes are told of, on early closes too")
    func told() throws {
        let day = try CivilDate.of("2025-11-26")
        let half = try CivilDate.of("2025-11-28")
        // 190 and 191 of 195 bars, as the journal rounds them; 100 and 101 of 105.
        for (date, completeness, isTold) in [
            (day, 0.9744, true), (day, 0.9795, false), (day, 0, true), (day, 1, false), (half, 0.9524, true),
            (half, 0.9619, false),
        ] {
            #expect(RepairWindow.isTold(completeness, on: date) == isTold, "\(date) \(completeness)")
        }
        #expect(!RepairWindow.isTold(0, on: try .of("2025-11-27")), "no session")
    }
}

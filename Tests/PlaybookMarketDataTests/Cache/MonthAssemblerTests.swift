import PlaybookTestSupport
import PlaybookCore
import Testing

@testable import PlaybookMarketData

@Suite("Cutting a stream of bars into months")
struct MonthAssemblerTests {
    static let minute = Timeframe.minutes(10)

    static func sessions(_ first: String, _ last: String) throws -> [TradingSession] {
        Array(TradingCalendar.nyse.sessions(from: try .of(first), through: try .of(last)))
    }

    static func assembler(
        _ wanted: [TradingSession], isKnown: Bool = false, doubtful: Set<CivilDate> = [],
        now: String = "2025-01-01T00:00:00Z", timeframe: Timeframe = minute
    ) throws -> MonthAssembler {
        MonthAssembler(
            CachePartition(feed: "iex", symbol: .any, timeframe: timeframe), wanted: wanted, isKnown: isKnown,
            doubtful: doubtful, now: Instant(secondsSinceEpoch: try Instant.seconds(now)), source: "made")
    }

    /// All bars of sessions, but for the last `missing` seconds of each.
    static func bars(_ sessions: [TradingSession], missing: Int64 = 0) -> BarColumns {
        BarColumns(
            sessions.flatMap { session in
                stride(
                    from: session.open.secondsSinceEpoch, to: session.close.secondsSinceEpoch - missing, by: 600
                ).map { .quiet($0) }
            })
    }

    static func all(_ assembler: inout MonthAssembler, _ bars: BarColumns, through last: String) throws -> [CachedMonth]
    {
        assembler.take(bars)
        var months = assembler.takeFinished()
        assembler.finish(through: try .of(last))
        months += assembler.takeFinished()
        return months
    }

    @Test("gives each month its sessions and bars, whatever the pieces", arguments: 1...6)
    func pieces(seed: Int) throws {
        let wanted = try Self.sessions("2024-10-28", "2025-01-03")
        let bars = Self.bars(wanted)
        var assembler = try Self.assembler(wanted, now: "2025-02-01T00:00:00Z")
        var random = SeededGenerator(seed: UInt64(seed))
        var months: [CachedMonth] = []
        var start = 0
        while start < bars.count {
            let end = min(bars.count, start + Int.random(in: 1...(seed * 60), using: &random))
            assembler.take(bars.slice(start..<end))
            months += assembler.takeFinished()
            // At most the month at work is held.
            if let last = months.last { #expect(Month(Self.date(bars.times[end - 1])) > last.month) }
            start = end
        }
        assembler.finish(through: try .of("2025-01-03"))
        months += assembler.takeFinished()
        #expect(months.map(\.month.description) == ["2024-10", "2024-11", "2024-12", "2025-01"])
        #expect(months.flatMap(\.sessions) == wanted.map(\.date))
        #expect(months.flatMap(\.provisional) == [])
        #expect(months.flatMap(\.bars.all) == bars.all)
        #expect(months.allSatisfy { month in month.sessions.allSatisfy { Month($0) == month.month } })
        #expect(assembler.takeFinished().isEmpty)
    }

    static func date(_ seconds: Int64) -> CivilDate { NewYorkTime.date(of: Instant(secondsSinceEpoch: seconds)) }

    @Test("drops bars outside the hours and sessions wanted")
    func dropped() throws {
        let all = try Self.sessions("2024-07-01", "2024-07-31")
        let wanted = all.filter { $0.date.description != "2024-07-10" }
        var extended = BarColumns()
        for session in all {
            // The 3rd closes early: what comes after is not of the session.
            let open = session.open.secondsSinceEpoch
            for time in stride(from: open - 7_200, to: open + 39_000, by: 600) { extended.append(.quiet(time)) }
        }
        var assembler = try Self.assembler(wanted)
        let months = try Self.all(&assembler, extended, through: "2024-07-31")
        #expect(months.flatMap(\.bars.all) == Self.bars(wanted).all)
        #expect(months.flatMap(\.sessions) == wanted.map(\.date))
        #expect(wanted.contains { $0.isEarlyClose })
    }

    @Test("knows a session within the stream that has no bars")
    func holes() throws {
        let wanted = try Self.sessions("2024-07-01", "2024-09-30")
        // Not one bar in August, nor on two days in July and September.
        let empty = ["2024-07-11", "2024-09-03"]
        let present = wanted.filter { Month($0.date).description != "2024-08" && !empty.contains("\($0.date)") }
        var assembler = try Self.assembler(wanted)
        let months = try Self.all(&assembler, Self.bars(present), through: "2024-09-30")
        #expect(months.map(\.month.description) == ["2024-07", "2024-08", "2024-09"])
        #expect(months.flatMap(\.sessions) == wanted.map(\.date))
        #expect(months[1].bars.count == 0)
    }

    @Test("hands out sessions before the first bar only if there is one, or the symbol is known")
    func empties() throws {
        let wanted = try Self.sessions("2024-07-01", "2024-08-30")
        var unknown = try Self.assembler(wanted)
        #expect(try Self.all(&unknown, BarColumns(), through: "2024-08-30").isEmpty)
        var known = try Self.assembler(wanted, isKnown: true)
        #expect(try Self.all(&known, BarColumns(), through: "2024-08-30").flatMap(\.sessions) == wanted.map(\.date))
        var late = try Self.assembler(wanted)
        let months = try Self.all(&late, Self.bars(Array(wanted.suffix(1))), through: "2024-08-30")
        #expect(months.flatMap(\.sessions) == wanted.map(\.date))
    }

    @Test("keeps a session as final from 20 minutes after its close, a short one when ten sessions have followed")
    func settling() throws {
        // Friday, and the Wednesday of an early close; the close of the eleventh session after each.
        for (date, close, eleventh) in [
            ("2024-07-12", "2024-07-12T20:00:00Z", "2024-07-29T20:00:00Z"),
            ("2024-07-03", "2024-07-03T17:00:00Z", "2024-07-19T20:00:00Z"),
        ] {
            let wanted = try Self.sessions(date, date)
            let end = try Instant.seconds(close)
            #expect(wanted[0].close.secondsSinceEpoch == end)
            let late = try Instant.seconds(eleventh) - end
            for (missing, seconds) in [(Int64(0), Int64(1_200)), (600, late), (3_600, late), (30_000, late)] {
                for (age, isFinal) in [(0, false), (seconds - 1, false), (seconds, true), (seconds * 9, true)] {
                    let now = Instant(secondsSinceEpoch: end + age).description
                    var assembler = try Self.assembler(wanted, isKnown: true, now: now)
                    let months = try Self.all(&assembler, Self.bars(wanted, missing: missing), through: date)
                    #expect(
                        months.flatMap(\.sessions).isEmpty != isFinal, "\(date) short by \(missing), \(age) s later")
                    #expect(months.flatMap(\.provisional).isEmpty == isFinal)
                    #expect(months.flatMap(\.bars.all) == Self.bars(wanted, missing: missing).all)
                }
            }
        }
    }

    @Test("never keeps a day on which calendars differ as final")
    func doubtful() throws {
        let wanted = try Self.sessions("2024-07-08", "2024-07-12")
        var assembler = try Self.assembler(wanted, doubtful: [try .of("2024-07-10")])
        let months = try Self.all(&assembler, Self.bars(wanted), through: "2024-07-12")
        #expect(months.flatMap(\.provisional).map(\.description) == ["2024-07-10"])
        #expect(months.flatMap(\.sessions).count == 4)
        #expect(months.flatMap(\.bars.all) == Self.bars(wanted).all)
    }

    @Test("leaves out what the source says is not all there", arguments: ["2024-07-31", "2024-07-30", "2024-06-28"])
    func truncated(last: String) throws {
        let wanted = try Self.sessions("2024-07-01", "2024-08-01")
        let through = try CivilDate.of(last)
        let there = wanted.filter { $0.date <= through }
        // Some bars of the session after the last are there already.
        let next = Self.bars([wanted[there.count]]).slice(0..<5)
        var bars = Self.bars(there)
        bars.append(next)
        var assembler = try Self.assembler(wanted)
        let months = try Self.all(&assembler, bars, through: last)
        #expect(months.flatMap(\.sessions) == there.map(\.date))
        #expect(months.flatMap(\.bars.all) == Self.bars(there).all)
    }

    @Test("takes daily bars at New York midnight, winter and summer, for those of their sessions")
    func daily() throws {
        let wanted = try Self.sessions("2024-02-26", "2024-03-29")
        let bars = BarColumns(
            wanted.filter { $0.date.description != "2024-03-28" }.map {
                .quiet(NewYorkTime.instant($0.date, TimeOfDay(minutes: 0)).secondsSinceEpoch)
            })
        #expect(bars.times.first == (try Instant.seconds("2024-02-26T05:00:00Z")))
        #expect(bars.times.last == (try Instant.seconds("2024-03-27T04:00:00Z")))
        var assembler = try Self.assembler(wanted, now: "2024-03-29T12:00:00Z", timeframe: .day)
        let months = try Self.all(&assembler, bars, through: "2024-03-28")
        #expect(months.flatMap(\.bars.all) == bars.all)
        // Thursday the 28th has no bar: that may change.
        #expect(months.flatMap(\.provisional).map(\.description) == ["2024-03-28"])
        #expect(months.flatMap(\.sessions) == wanted.dropLast().map(\.date))
    }
}

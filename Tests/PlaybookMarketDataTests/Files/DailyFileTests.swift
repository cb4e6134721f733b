import PlaybookTestSupport
import PlaybookCore
import PlaybookMarketData
import Testing

@Suite("A file of daily bars")
struct DailyFileTests {
    private let folder: TemporaryFolder
    /// Sessions on both sides of the end of daylight-saving time (2024-11-03).
    private static let sessions = ["2024-10-31", "2024-11-01", "2024-11-04", "2024-11-05"]

    init() throws { folder = try TemporaryFolder() }

    /// Ways to stamp the daily bars of `sessions`, with the zone that they need.
    enum Stamping: String, CaseIterable, Sendable {
        case dateAlone, newYorkMidnight, newYorkMidnightAsOffset, localMidnight, utcMidnight, utcMidnightSpelled
        case utcMidnightInZone, open, close, epochOfNewYorkMidnight, epochOfUTCMidnight

        var zone: TimestampZone? {
            switch self {
            case .localMidnight: .eastern
            case .utcMidnightInZone: .utc
            default: nil
            }
        }

        func stamp(_ date: CivilDate) -> String {
            let midnight = NewYorkTime.instant(date, TimeOfDay(minutes: 0))
            let isSummer = NewYorkTime.utcOffset(on: date) == -4 * 3_600
            return switch self {
            case .dateAlone: "\(date)"
            case .newYorkMidnight: "\(midnight)"
            case .newYorkMidnightAsOffset: "\(date)T00:00:00-0\(isSummer ? 4 : 5)00"
            case .localMidnight, .utcMidnightInZone: "\(date) 00:00:00"
            case .utcMidnight: "\(date)T00:00:00Z"
            case .utcMidnightSpelled: "\(date) 00:00:00+00:00"
            case .open: "\(NewYorkTime.instant(date, TimeOfDay(minutes: 570)))"
            case .close: "\(NewYorkTime.instant(date, TimeOfDay(minutes: 960)))"
            case .epochOfNewYorkMidnight: "\(midnight.secondsSinceEpoch)"
            case .epochOfUTCMidnight: "\(Int64(date.daysSinceEpoch) * 86_400)000"
            }
        }
    }

    private func read(_ text: String, zone: TimestampZone? = nil) async throws -> DailyBars? {
        try folder.write("QQQ_1Day.csv", text)
        return try await FilesSource(directory: folder.path, options: FileOptions(zone: zone)).dailyBars(
            of: .of("QQQ"), from: .of("2024-10-01"), through: .of("2024-11-29"))
    }

    @Test("means the same sessions however it is stamped, never the day before", arguments: Stamping.allCases)
    func stampings(stamping: Stamping) async throws {
        let dates = try Self.sessions.map { try CivilDate.of($0) }
        let text = dates.enumerated().reduce(into: BarText.header + "\n") { text, element in
            let (index, date) = element
            text += "\(stamping.stamp(date)),100,10\(index + 2),99,10\(index),1000\n"
        }
        let daily = try #require(try await read(text, zone: stamping.zone))
        #expect(daily.dates == dates)
        #expect(daily.bars.close == [100, 101, 102, 103])
        // What the strategies count: closes known before the open of 2024-11-04.
        #expect(daily.count(before: try CivilDate.of("2024-11-04")) == 2)
    }

    @Test("is not there when there is no file")
    func noFile() async throws {
        let source = FilesSource(directory: folder.path)
        let daily = try await source.dailyBars(of: .of("QQQ"), from: .of("2024-10-01"), through: .of("2024-11-29"))
        #expect(daily == nil)
    }

    private static func bars(_ stamps: [String]) -> String {
        stamps.reduce(into: BarText.header + "\n") { $0 += "\($1),100,102,99,101,1\n" }
    }

    @Test("is cut to the dates asked for")
    func dates() async throws {
        // 2024-08-31 was a Saturday: it is not asked for.
        let stamps = ["2024-08-31", "2024-09-30", "2024-11-01", "2024-11-27", "2024-11-29", "2024-12-02"]
        let daily = try #require(try await read(Self.bars(stamps)))
        #expect(try daily.dates == ["2024-11-01", "2024-11-27", "2024-11-29"].map { try CivilDate.of($0) })
    }

    @Test("is refused when it has bars of days without a session")
    func closedDays() async throws {
        // 2024-11-02 was a Saturday, 2024-11-28 Thanksgiving.
        let error = await playbookError {
            try await read(Self.bars(["2024-11-01", "2024-11-02", "2024-11-27", "2024-11-28", "2024-11-29"]))
        }
        #expect(error?.code == .badData)
        #expect(
            error?.message.hasPrefix(
                "\(folder.path)/QQQ_1Day.csv: 2 daily bars are of days without a session, the first of 2024-11-02 (")
                == true)
        #expect(error?.message.contains("one day early") == false)
        #expect(error?.nextStep == "Date each daily bar with its session, for instance 2024-03-04.")
    }

    @Test("stamped with midnight in Berlin is dated one day early, and refused as that")
    func berlin() async throws {
        // The sessions of Monday the 4th through Friday the 8th, and of Monday the 11th.
        let days = ["2024-11-03", "2024-11-04", "2024-11-05", "2024-11-06", "2024-11-07", "2024-11-10"]
        let error = await playbookError { try await read(Self.bars(days.map { "\($0)T23:00:00Z" })) }
        #expect(error?.message.contains("2 daily bars are of days without a session, the first of 2024-11-03") == true)
        #expect(error?.message.contains("the bars seem to be dated one day early") == true)
    }

    @Test("adjusted for splits is multiplied back by those through today")
    func adjusted() async throws {
        try folder.write("QQQ_1Day.csv", Self.bars(["2024-11-01", "2024-11-04", "2024-11-05"]))
        try folder.write("QQQ_splits.csv", "date,ratio\n2024-11-04,2\n2024-12-10,3\n2026-01-02,10\n")
        var options = FileOptions()
        func closes() async throws -> DailyBars? {
            try await FilesSource(directory: folder.path, options: options)
                .dailyBars(of: .of("QQQ"), from: .of("2024-10-01"), through: .of("2024-11-29"))
        }
        #expect(try await closes()?.bars.close == [101, 101, 101])
        options.dailyAdjustedThrough = try .of("2025-12-31")
        let daily = try #require(try await closes())
        #expect(daily.bars.close == [606, 303, 303])
        #expect(daily.wereAdjusted)
    }

    @Test("says what is doubtful, and that its bars are too old")
    func warnings() async throws {
        let rows = Self.bars(["2024-11-01", "2024-11-04"]) + "2024-11-05,,,,,\n"
        let daily = try #require(try await read(rows))
        #expect(daily.warnings.count == 1)
        #expect(daily.warnings.first?.hasPrefix("QQQ_1Day.csv: ") == true)
        let old = try #require(try await read(Self.bars(["2022-11-01", "2022-11-04"])))
        #expect(
            old.warnings == [
                "QQQ_1Day.csv: no daily bars from 2024-10-01 through 2024-11-29; those there are, of 2022-11-01 through "
                    + "2022-11-04, do not count"
            ])
    }

    @Test("without offsets is refused like intraday bars")
    func noZone() async throws {
        let error = await playbookError { try await read("\(BarText.header)\n2024-11-01 00:00:00,100,102,99,101,1\n") }
        #expect(error?.code == .badData)
        #expect(error?.message.hasPrefix("\(folder.path)/QQQ_1Day.csv:2: timestamp") == true)
        #expect(error?.message.contains("<timezoneOfFiles>") == true)
    }

    @Test("must have one bar a session")
    func twoBarsOfASession() async throws {
        let text = "\(BarText.header)\n2024-11-01T13:30:00Z,100,102,99,101,1\n2024-11-01T20:00:00Z,100,102,99,101,1\n"
        let error = await playbookError { try await read(text) }
        #expect(error?.code == .badData)
        #expect(error?.message == "\(folder.path)/QQQ_1Day.csv: two daily bars for 2024-11-01")
        #expect(error?.nextStep == "Remove one of them.")
    }

    @Test("must be in order and right like other bars")
    func defects() async throws {
        let lines = [
            BarText.header, "2024-11-01,100,102,99,101,1", "2024-10-31,100,102,99,101,1", "2024-11-04,1,1,1,1,1",
        ]
        let order = await playbookError { try await read(lines.joined(separator: "\n")) }
        #expect(order?.message.hasPrefix("\(folder.path)/QQQ_1Day.csv:3: bar 2024-10-31T00:00:00Z comes after") == true)
        let zero = await playbookError { try await read("\(lines[0])\n2024-11-01,0,102,99,101,1\n") }
        #expect(zero?.message == "\(folder.path)/QQQ_1Day.csv:2: open is 0.0: a price must be above 0")
    }

    @Test("may move by any factor from one day to the next, as splits do")
    func splitMove() async throws {
        let text = "\(BarText.header)\n2024-11-01,1000,1000,1000,1000,1\n2024-11-04,20,20,20,20,1\n"
        #expect(try await read(text)?.bars.close == [1_000, 20])
    }
}

import PlaybookCore
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

@Suite("The timestamp of a bar")
struct CSVTimestampTests {
    private let file: BarText

    init() throws { file = try BarText() }

    @Test(
        "may be ISO 8601 with an offset",
        arguments: [
            "2024-11-04T14:30:00Z", "2024-11-04T14:30:00z", "2024-11-04 14:30:00Z", "2024-11-04T14:30Z",
            "2024-11-04T14:30:00+00:00", "2024-11-04T14:30:00-00:00", "2024-11-04T14:30:00+0000",
            "2024-11-04T14:30:00+00", "2024-11-04T09:30:00-0500", "2024-11-04T09:30:00-05:00", "2024-11-04T09:30:00-05",
            "2024-11-04 09:30:00-05:00", "2024-11-04T10:30:00-0400", "2024-11-04T20:00:00+05:30",
            "2024-11-05T04:30:00+14:00", "2024-11-04T14:30:00.0Z", "2024-11-04T14:30:00.123456789Z",
            "2024-11-04 09:30:00.999-05:00", "\"2024-11-04T14:30:00Z\"", " 2024-11-04T14:30:00Z ",
        ])
    func withOffset(text: String) async throws {
        #expect(try await file.time(text) == 1_730_730_600)
        // An offset counts, whatever zone is given for timestamps without one.
        #expect(try await file.time(text, zone: .fixed(3_600)) == 1_730_730_600)
    }

    @Test(
        "may be an epoch, its unit told by its digits",
        arguments: [
            ("1730730600", 1_730_730_600), ("1730730600000", 1_730_730_600), ("1730730600999", 1_730_730_600),
            ("1000000000", 1_000_000_000), ("9999999999", 9_999_999_999), ("915148800", 915_148_800),
            ("1730730600123456", 1_730_730_600), ("1730730600123456789", 1_730_730_600),
            ("1730730600.0", 1_730_730_600),
        ] as [(String, Int64)])
    func epoch(text: String, seconds: Int64) async throws {
        #expect(try await file.time(text) == seconds)
        #expect(try await file.time(text, zone: .eastern) == seconds)
    }

    @Test(
        "without an offset is refused, with the way out",
        arguments: ["2024-11-04T14:30:00", "2024-11-04 14:30:00", "2024-11-04 14:30", "2024-11-04T14:30:00.5"])
    func withoutZone(text: String) async {
        let error = await playbookError { try await file.time(text) }
        #expect(error?.code == .badData)
        #expect(
            error?.message
                == "\(file.path):2: timestamp '\(text)' has no UTC offset: say with <timezoneOfFiles> how to read it, "
                + "for instance <timezoneOfFiles=America/New_York>")
    }

    @Test(
        "without an offset means New York's clocks when that is said",
        arguments: [
            // Daylight-saving time ended on 2024-11-03 and began on 2024-03-10.
            ("2024-11-01 09:30:00", "2024-11-01T13:30:00Z"), ("2024-11-04 09:30:00", "2024-11-04T14:30:00Z"),
            ("2024-03-08T09:30:00", "2024-03-08T14:30:00Z"), ("2024-03-11T09:30:00", "2024-03-11T13:30:00Z"),
            ("2024-03-11 09:30", "2024-03-11T13:30:00Z"), ("2024-07-01T15:58:30.25", "2024-07-01T19:58:30Z"),
            ("2024-11-03 00:59:59", "2024-11-03T04:59:59Z"), ("2024-11-03 02:00:00", "2024-11-03T07:00:00Z"),
            ("2024-12-31 23:59:59", "2025-01-01T04:59:59Z"),
        ])
    func newYork(text: String, instant: String) async throws {
        #expect(try await file.time(text, zone: .eastern) == Instant.seconds(instant))
    }

    @Test(
        "without an offset means the zone that is given",
        arguments: [
            ("UTC", "2024-11-04T09:30:00Z"), ("Z", "2024-11-04T09:30:00Z"), ("Etc/UTC", "2024-11-04T09:30:00Z"),
            ("+00:00", "2024-11-04T09:30:00Z"), ("+01:00", "2024-11-04T08:30:00Z"), ("-05:00", "2024-11-04T14:30:00Z"),
            ("+05:30", "2024-11-04T04:00:00Z"), ("+14:00", "2024-11-03T19:30:00Z"), ("-14:00", "2024-11-04T23:30:00Z"),
            ("America/New_York", "2024-11-04T14:30:00Z"), ("US/Eastern", "2024-11-04T14:30:00Z"),
        ])
    func zones(name: String, instant: String) async throws {
        let zone = try #require(TimestampZone(name))
        #expect(try await file.time("2024-11-04T09:30:00", zone: zone) == Instant.seconds(instant))
    }

    @Test(
        "of another kind is refused",
        arguments: [
            "", "x", "2024-11-04T", "2024-13-01T14:30:00Z", "2024-02-30T14:30:00Z", "2023-02-29T14:30:00Z",
            "0000-01-01T14:30:00Z", "2024-11-04T24:00:00Z", "2024-11-04T14:60:00Z", "2024-11-04T14:30:60Z",
            "2024-11-04T14:30:00+24:00", "2024-11-04T14:30:00+05:60", "2024-11-04T14:30:00+5", "2024-11-04T14:30:00+",
            "2024-11-04T14:30:00+05:3", "2024-11-04T14:30:00+053", "2024-11-04T14:30:00ZZ",
            "2024-11-04T14:30:00.Z", "2024-11-04T14:3:00Z", "2024-11-04X14:30:00Z", "2024-11-04T14.30.00Z",
            "1", "17307306000", "17307306000000", "-1730730600",
            "+1730730600", "99999999999999999999999", "२०२४-11-04T14:30:00Z",
        ])
    func malformed(text: String) async {
        let error = await playbookError { try await file.time(text, zone: .utc) }
        #expect(error?.code == .badData)
        #expect(error?.message.hasPrefix("\(file.path):2: timestamp '") == true)
        let ends = [
            "' is neither ISO 8601 (2013-10-04T13:30:00Z) nor an epoch nor another form that is read",
            "' names a day or a time that does not exist", "' ends in a zone that is not known",
        ]
        #expect(ends.contains { error?.message.hasSuffix($0) == true }, "\(error?.message ?? "")")
    }

    @Test("that is a date alone is refused among intraday bars")
    func dateOnly() async {
        let error = await playbookError { try await file.time("2024-11-04", zone: .eastern) }
        #expect(error?.message == "\(file.path):2: timestamp '2024-11-04' has no time of day")
    }

    @Test("is read anew on each line")
    func severalDates() async throws {
        let stamps = [
            "2024-11-04T14:30:00Z", "2024-11-04T14:32:00Z", "2024-11-05T14:30:00Z", "2024-12-05T14:30:00Z",
            "2025-12-05T14:30:00Z",
        ]
        let text = stamps.reduce(into: BarText.header + "\n") { $0 += "\($1),10,12,9,11,100\n" }
        #expect(try await file.read(text).bars.times == stamps.map { try Instant.seconds($0) })
    }
}

@Suite("A zone for timestamps")
struct TimestampZoneTests {
    @Test("is written as it was read", arguments: ["UTC", "America/New_York", "+00:00", "+05:30", "-09:30", "+14:00"])
    func roundTrip(text: String) throws {
        #expect(try #require(TimestampZone(text)).description == text)
    }

    @Test(
        "is not read from other texts",
        arguments: [
            "", "Mars", "EST", "MST", "+1", "01:00", "+14:01", "-15:00", "+24:00", "+01:60", " UTC",
        ])
    func unknown(text: String) {
        #expect(TimestampZone(text) == nil)
    }
}

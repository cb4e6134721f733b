import PlaybookCore
import Testing

@testable import PlaybookMarketData

@Suite("A timestamp of another spelling")
struct StampParserTests {
    /// 2024-03-08T14:30:00Z, in winter: 09:30 in New York.
    private static let instant: Int64 = 1_709_908_200

    private static func parse(
        _ text: String, zone: TimestampZone? = .eastern, order: FileOptions.DateOrder? = nil
    ) throws -> Int64 {
        var parser = StampParser(zone: zone, order: order)
        return try parser.parse(text).seconds
    }

    @Test(
        "is read",
        arguments: [
            "2024.03.08 09:30", "2024/03/08 09:30:00", "2024/3/8 9:30", "20240308 093000", "20240308 09:30:00",
            "20240308 0930", "20240308T093000", "202403080930", "20240308093000", "20240308-09:30:00",
            "08.03.2024 09:30:00", "08.03.2024 09:30:00.000", "8-Mar-2024 09:30", "08 Mar 2024 09:30:00",
            "Mar 8, 2024 9:30 AM", "March 8 2024 09:30", "Fri, 08 Mar 2024 09:30:00", "Friday, March 8, 2024 9:30 am",
            "2024-03-08, 09:30", "2024-03-08 09:30:00.123456789", "08-Mar-24 09:30", "2024-03-08 9:30:00 AM",
            "20240308 09:30:00 US/Eastern", "20240308 09:30:00 America/New_York", "20240308 08:30:00 US/Central",
            "2024-03-08 09:30:00 EST", "2024-03-08 14:30:00 UTC", "2024-03-08 14:30:00 GMT", "2024-03-08 14:30Z",
            "08.03.2024 15:30:00.000 GMT+0100", "2024-03-08T09:30:00-05:00[America/New_York]", "2024-03-08T15:30+01",
            "1709908200", "1709908200.0", "1709908200000", "1709908200000000", "1709908200000000000",
        ])
    func spellings(text: String) throws {
        #expect(try Self.parse(text) == Self.instant)
    }

    @Test("in American or European order is read when that is said, and refused by name when not")
    func order() throws {
        for text in ["03/08/2024 09:30:00", "3/8/2024 9:30", "3/8/24 9:30", "03-08-2024 09:30", "03/08/2024 09:30 AM"] {
            #expect(try Self.parse(text, order: .monthFirst) == Self.instant)
            #expect(throws: StampParser.Problem.noOrder) { try Self.parse(text) }
        }
        #expect(try Self.parse("08/03/2024 09:30", order: .dayFirst) == Self.instant)
        #expect(throws: StampParser.Problem.impossible) { try Self.parse("13/03/2024 09:30", order: .monthFirst) }
        // Points: only where somebody says so does the month come first.
        #expect(try Self.parse("03.08.2024 09:30", order: .monthFirst) == Self.instant)
    }

    @Test("of 8, 12 or 14 digits is a date, never an epoch")
    func digits() throws {
        var parser = StampParser(zone: .utc)
        let date = try parser.parse("20240308")
        #expect(date.date == CivilDate("2024-03-08"))
        #expect(!date.hasTime)
        #expect(throws: StampParser.Problem.impossible) { try Self.parse("915148800000") }
        #expect(throws: StampParser.Problem.malformed) { try Self.parse("17099082000") }
    }

    @Test("is refused with its own problem")
    func problems() {
        let cases: [(String, StampParser.Problem)] = [
            ("1.70990E+12", .rounded), ("1709908200E3", .rounded), ("2024-03-08 25:00", .impossible),
            ("2024-03-08 13:30 PM", .impossible), ("2024-03-08 09:30 Mars/Base", .unknownZone),
            ("2024-07-08 09:30:00 EST", .unknownZone), ("2024-03-08 09:30 XYZ", .unknownZone),
            ("yesterday 09:30", .malformed), ("2024-03-08 0930 nonsense here", .unknownZone),
        ]
        for (text, problem) in cases {
            #expect(throws: problem, "\(text)") { try Self.parse(text) }
        }
        #expect(throws: StampParser.Problem.noZone) { try Self.parse("20240308 093000", zone: nil) }
    }

    @Test(
        "in two fields is read",
        arguments: [
            ("2024.03.08", "09:30"), ("20240308", "093000"), ("20240308", "93000"), ("20240308", "0930"),
            ("20240308", "930"), ("2024-03-08", "09:30:00"), ("2024-03-08 00:00:00", "09:30:00"),
            ("08-Mar-2024", "9:30 AM"),
            ("2024-03-08", "14:30:00Z"), ("2024-03-08", "09:30:00-05:00"),
        ])
    func twoFields(date: String, time: String) throws {
        var parser = StampParser(zone: .eastern)
        #expect(try parser.parse(date, time).seconds == Self.instant)
        #expect(try parser.parse(date, "0").seconds == Self.instant - 9 * 3600 - 1800)
    }
}

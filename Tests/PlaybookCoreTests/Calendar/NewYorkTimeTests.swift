import PlaybookCore
import Testing

@Suite("New York time")
struct NewYorkTimeTests {
    /// The dates of both changes in years under each rule, from the printed calendars of those years.
    static let changes = [
        ("1967-04-30", "1967-10-29"), ("1973-04-29", "1973-10-28"), ("1974-01-06", "1974-10-27"),
        ("1975-02-23", "1975-10-26"), ("1976-04-25", "1976-10-31"), ("1986-04-27", "1986-10-26"),
        ("1987-04-05", "1987-10-25"), ("1998-04-05", "1998-10-25"), ("2000-04-02", "2000-10-29"),
        ("2001-04-01", "2001-10-28"), ("2006-04-02", "2006-10-29"), ("2007-03-11", "2007-11-04"),
        ("2013-03-10", "2013-11-03"), ("2020-03-08", "2020-11-01"), ("2024-03-10", "2024-11-03"),
        ("2035-03-11", "2035-11-04"), ("2099-03-08", "2099-11-01"),
    ]

    @Test("moves forward at 02:00 and back at 02:00, to the second", arguments: changes)
    func transitions(forward: String, back: String) throws {
        let twoStandard = try Instant.of(forward, second: 7 * 3_600)
        let secondBefore = Instant(secondsSinceEpoch: twoStandard.secondsSinceEpoch - 1)
        #expect(NewYorkTime.string(secondBefore) == "\(forward)T01:59:59-05:00")
        #expect(NewYorkTime.string(twoStandard) == "\(forward)T03:00:00-04:00")

        let twoDaylight = try Instant.of(back, second: 6 * 3_600)
        let lastOfSummer = Instant(secondsSinceEpoch: twoDaylight.secondsSinceEpoch - 1)
        #expect(NewYorkTime.string(lastOfSummer) == "\(back)T01:59:59-04:00")
        #expect(NewYorkTime.string(twoDaylight) == "\(back)T01:00:00-05:00")
    }

    @Test("has the offset of noon on a date", arguments: changes)
    func offsetsOfDates(forward: String, back: String) throws {
        let (first, last) = (try CivilDate.of(forward), try CivilDate.of(back))
        #expect(NewYorkTime.utcOffset(on: first.adding(days: -1)) == -18_000)
        #expect(NewYorkTime.utcOffset(on: first) == -14_400)
        #expect(NewYorkTime.utcOffset(on: last.adding(days: -1)) == -14_400)
        #expect(NewYorkTime.utcOffset(on: last) == -18_000)
    }

    @Test("takes the date and the time of day from the local clock")
    func localParts() throws {
        let lateEvening = try Instant.of("2013-10-08", second: 3 * 3_600 + 59 * 60 + 59)
        #expect(NewYorkTime.date(of: lateEvening) == (try CivilDate.of("2013-10-07")))
        #expect(NewYorkTime.timeOfDay(of: lateEvening).description == "23:59")
        let midnight = try Instant.of("2013-01-08", second: 5 * 3_600)
        #expect(NewYorkTime.date(of: midnight) == (try CivilDate.of("2013-01-08")))
        #expect(NewYorkTime.timeOfDay(of: midnight).description == "00:00")
    }

    @Test(
        "gives the instant of a local time",
        arguments: [
            ("2013-10-07", "09:30", "2013-10-07T13:30:00Z"), ("2013-12-31", "23:59", "2014-01-01T04:59:00Z"),
            // The last minute of winter, two minutes that no clock shows, and the first of summer.
            ("2007-03-11", "01:59", "2007-03-11T06:59:00Z"), ("2007-03-11", "02:00", "2007-03-11T07:00:00Z"),
            ("2007-03-11", "02:30", "2007-03-11T07:30:00Z"), ("2007-03-11", "03:00", "2007-03-11T07:00:00Z"),
            // The hour that comes twice is meant the first time.
            ("2007-11-04", "00:59", "2007-11-04T04:59:00Z"), ("2007-11-04", "01:30", "2007-11-04T05:30:00Z"),
            ("2007-11-04", "02:00", "2007-11-04T07:00:00Z"),
            ("2006-04-02", "03:00", "2006-04-02T07:00:00Z"), ("2006-10-29", "02:00", "2006-10-29T07:00:00Z"),
        ])
    func instants(date: String, time: String, utc: String) throws {
        let instant = NewYorkTime.instant(try CivilDate.of(date), try #require(TimeOfDay(time)))
        #expect(instant.description == utc)
    }

    @Test("counts times past midnight into the next day")
    func pastMidnight() throws {
        let instant = NewYorkTime.instant(try CivilDate.of("2013-10-07"), TimeOfDay(minutes: 24 * 60 + 10))
        #expect(NewYorkTime.string(instant) == "2013-10-08T00:10:00-04:00")
    }
}

import PlaybookCore
import Testing

@Suite("Civil dates")
struct CivilDateTests {
    @Test(
        "know their place among the days",
        arguments: [
            ("1970-01-01", 0, Weekday.thursday), ("1969-12-31", -1, .wednesday), ("2000-02-29", 11_016, .tuesday),
            ("2000-03-01", 11_017, .wednesday), ("2013-10-07", 15_985, .monday), ("1600-02-29", -135_081, .tuesday),
            ("0001-01-01", -719_162, .monday), ("9999-12-31", 2_932_896, .friday),
        ])
    func knownDays(text: String, days: Int32, weekday: Weekday) throws {
        let date = try CivilDate.of(text)
        #expect(date.daysSinceEpoch == days)
        #expect(date.weekday == weekday)
        #expect(CivilDate(daysSinceEpoch: days).description == text)
    }

    @Test("come back from their parts and from their text, every day from 1899 to 2101")
    func roundTrip() throws {
        let dates = CivilDate.each(try CivilDate.of("1899-01-01")...CivilDate.of("2101-12-31"))
        var previous: CivilDate?
        for date in dates {
            let fromParts = CivilDate(year: date.year, month: date.month, day: date.day)
            let fromText = CivilDate(date.description)
            // One comparison a day: an expectation for each of 74,000 days would take seconds.
            guard fromParts == date, fromText == date else {
                Issue.record("\(date) became \(String(describing: fromParts)) and \(String(describing: fromText))")
                return
            }
            if let previous, date.day == 1 ? previous.month == date.month : previous.day + 1 != date.day {
                Issue.record("\(date) follows \(previous)")
                return
            }
            previous = date
        }
        #expect(dates.count == 74_144)
    }

    @Test("exist only where the calendar has them")
    func validation() {
        #expect(CivilDate(year: 2024, month: 2, day: 29) != nil)
        #expect(CivilDate(year: 2023, month: 2, day: 29) == nil)
        #expect(CivilDate(year: 1900, month: 2, day: 29) == nil)
        #expect(CivilDate(year: 2000, month: 2, day: 29) != nil)
        #expect(CivilDate(year: 2024, month: 4, day: 31) == nil)
        #expect(CivilDate(year: 2024, month: 0, day: 1) == nil)
        #expect(CivilDate(year: 2024, month: 13, day: 1) == nil)
        #expect(CivilDate(year: 2024, month: 1, day: 0) == nil)
        #expect(CivilDate(year: 0, month: 1, day: 1) == nil)
        #expect(CivilDate(year: 10_000, month: 1, day: 1) == nil)
    }

    @Test(
        "are not read from other forms",
        arguments: [
            "", "2024", "2024-1-01", "2024-01-1", "20240101", "2024/01/01", "2024-01-01 ", " 2024-01-01",
            "2024-01-01T00:00", "24-01-01", "2024-02-30", "2024-00-10", "+024-01-01", "-024-01-01", "2024-01-0a",
            "２０２４-01-01", "2024–01–01", "0000-01-01", "2024-01-011",
        ])
    func badTexts(text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test("are read from a part of a text")
    func substring() throws {
        let line = "2025-11-28,100.5"
        #expect(CivilDate(line.prefix(10)) == (try CivilDate.of("2025-11-28")))
    }

    @Test("add days across months and years, in both directions")
    func addition() throws {
        #expect(try CivilDate.of("2024-02-28").adding(days: 2) == CivilDate.of("2024-03-01"))
        #expect(try CivilDate.of("2024-01-01").adding(days: -1) == CivilDate.of("2023-12-31"))
        #expect(try CivilDate.of("2023-03-01").adding(days: 365) == CivilDate.of("2024-02-29"))
        #expect(try CivilDate.of("2023-12-31") < CivilDate.of("2024-01-01"))
    }
}

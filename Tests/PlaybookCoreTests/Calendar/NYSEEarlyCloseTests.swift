import PlaybookCore
import Testing

@Suite("NYSE early closes")
struct NYSEEarlyCloseTests {
    @Test(
        "are at 13:00 in New York",
        arguments: [
            ("2025-11-28", "2025-11-28T14:30:00Z", "2025-11-28T18:00:00Z", "Day after Thanksgiving Day"),
            ("2025-12-24", "2025-12-24T14:30:00Z", "2025-12-24T18:00:00Z", "Christmas Eve"),
            ("2025-07-03", "2025-07-03T13:30:00Z", "2025-07-03T17:00:00Z", "Day before Independence Day"),
            ("2013-07-03", "2013-07-03T13:30:00Z", "2013-07-03T17:00:00Z", "Day before Independence Day"),
            ("2002-07-05", "2002-07-05T13:30:00Z", "2002-07-05T17:00:00Z", "Day after Independence Day"),
            ("2003-12-26", "2003-12-26T14:30:00Z", "2003-12-26T18:00:00Z", "Day after Christmas Day"),
            ("1999-12-31", "1999-12-31T14:30:00Z", "1999-12-31T18:00:00Z", "Preparation for the year 2000"),
            ("1998-12-24", "1998-12-24T14:30:00Z", "1998-12-24T18:00:00Z", "Christmas Eve"),
        ])
    func hours(text: String, open: String, close: String, reason: String) throws {
        let session = try #require(TradingCalendar.nyse.session(on: try .of(text)))
        #expect(session.isEarlyClose)
        #expect(session.open.description == open)
        #expect(session.close.description == close)
        #expect(session.minutes == 210)
        #expect(TradingCalendar.nyse.earlyCloseReason(on: session.date) == reason)
        #expect(TradingCalendar.nyse.closureReason(on: session.date) == nil)
    }

    @Test(
        "are not on days that look like them",
        arguments: [
            // A Wednesday before Independence Day until 2012, the Friday after it since 2013.
            "2002-07-03", "2013-07-05", "2024-07-05",
            // The weekday before a holiday that is kept on a Friday, or on a Monday.
            "2015-07-02", "2004-12-23", "2010-07-02", "2016-12-23", "2021-07-02",
            // The day after Christmas Day, and New Year's Eve, in other years.
            "2008-12-26", "2014-12-26", "2025-12-26", "1998-12-31", "2004-12-31",
        ])
    func fullSessions(text: String) throws {
        let session = try #require(TradingCalendar.nyse.session(on: try .of(text)))
        #expect(!session.isEarlyClose)
        #expect(session.minutes == 390)
        #expect(NewYorkTime.timeOfDay(of: session.close).description == "16:00")
        #expect(TradingCalendar.nyse.earlyCloseReason(on: session.date) == nil)
    }

    @Test(
        "number from one to four a year",
        arguments: [
            (1998, 2), (1999, 2), (2000, 2), (2001, 3), (2002, 3), (2003, 4), (2004, 1), (2010, 1), (2013, 3),
            (2015, 2), (2016, 1), (2021, 1), (2024, 3), (2025, 3), (2026, 2), (2027, 1), (2028, 2),
        ])
    func countPerYear(year: Int, count: Int) throws {
        let sessions = TradingCalendar.nyse.sessions(
            from: try .of("\(year)-01-01"), through: try .of("\(year)-12-31"))
        #expect(sessions.filter(\.isEarlyClose).count == count)
    }

    @Test("have a reason exactly when the session is short")
    func reasonsMatch() {
        let calendar = TradingCalendar.nyse
        for date in CivilDate.each(calendar.supportedDates) {
            let isEarly = calendar.session(on: date)?.isEarlyClose ?? false
            guard isEarly == (calendar.earlyCloseReason(on: date) != nil) else {
                Issue.record("\(date): early close \(isEarly)")
                return
            }
        }
    }
}

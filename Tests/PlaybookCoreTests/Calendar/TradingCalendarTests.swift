import PlaybookCore
import Testing

@Suite("Trading calendar")
struct TradingCalendarTests {
    let calendar = TradingCalendar.nyse

    @Test("covers 1998 through 2035, and says so of dates outside")
    func support() throws {
        #expect(calendar.supportedDates == (try .of("1998-01-01"))...(try .of("2035-12-31")))
        try calendar.requireSupported(try .of("1998-01-01"))
        try calendar.requireSupported(try .of("2035-12-31"))
        for text in ["1997-12-31", "2036-01-01"] {
            let date = try CivilDate.of(text)
            let error = #expect(throws: CalendarError.self) { try calendar.requireSupported(date) }
            #expect(error == .unsupportedDate(date, supported: calendar.supportedDates))
            #expect(
                error?.description == "The trading calendar does not cover \(text). "
                    + "Use a date from 1998-01-01 through 2035-12-31.")
            #expect(calendar.session(on: date) == nil)
            #expect(calendar.closureReason(on: date) == nil)
            #expect(calendar.earlyCloseReason(on: date) == nil)
            #expect(calendar.sessionIndex(on: date) == nil)
            #expect(calendar.sessionIndex(onOrAfter: date) == nil)
            #expect(calendar.sessionIndex(before: date) == nil)
        }
    }

    @Test("opens at 09:30 and closes at 16:00, in winter and in summer")
    func hours() throws {
        let summer = try #require(calendar.session(on: try .of("2013-10-07")))
        #expect(summer.open.description == "2013-10-07T13:30:00Z")
        #expect(summer.close.description == "2013-10-07T20:00:00Z")
        #expect(summer.minutes == 390)
        #expect(!summer.isEarlyClose)
        let winter = try #require(calendar.session(on: try .of("2013-11-04")))
        #expect(winter.open.description == "2013-11-04T14:30:00Z")
        #expect(winter.close.description == "2013-11-04T21:00:00Z")
        // The Mondays after clocks went forward, by the old rule and by the new one.
        #expect(calendar.session(on: try .of("2006-04-03"))?.open.description == "2006-04-03T13:30:00Z")
        #expect(calendar.session(on: try .of("2007-03-12"))?.open.description == "2007-03-12T13:30:00Z")
    }

    @Test("has every session's hours on New York's clocks")
    func clockHours() {
        for session in calendar.allSessions {
            let close = TimeOfDay(minutes: session.isEarlyClose ? 780 : 960)
            guard session.open == NewYorkTime.instant(session.date, TimeOfDay(minutes: 570)),
                session.close == NewYorkTime.instant(session.date, close),
                session.close.secondsSinceEpoch - session.open.secondsSinceEpoch == Int64(session.minutes) * 60
            else {
                Issue.record("\(session.date) trades from \(session.open) to \(session.close)")
                return
            }
        }
    }

    @Test(
        "has as many sessions in a year as the exchange held",
        arguments: [
            (1998, 252), (1999, 252), (2000, 252), (2001, 248), (2002, 252), (2004, 252), (2006, 251), (2007, 251),
            (2008, 253), (2012, 250), (2018, 251), (2020, 253), (2022, 251), (2023, 250), (2024, 252), (2025, 250),
        ])
    func sessionsPerYear(year: Int, count: Int) throws {
        let sessions = calendar.sessions(from: try .of("\(year)-01-01"), through: try .of("\(year)-12-31"))
        #expect(sessions.count == count)
    }

    @Test("gives the sessions of a range, both ends included")
    func ranges() throws {
        let week = calendar.sessions(from: try .of("2025-11-24"), through: try .of("2025-11-28"))
        #expect(week.map(\.date.description) == ["2025-11-24", "2025-11-25", "2025-11-26", "2025-11-28"])
        #expect(week.startIndex == calendar.sessionIndex(on: try .of("2025-11-24")))
        #expect(calendar.allSessions[week.startIndex] == week.first)
        #expect(calendar.sessions(from: try .of("2025-11-29"), through: try .of("2025-11-30")).isEmpty)
        #expect(calendar.sessions(from: try .of("2025-11-28"), through: try .of("2025-11-24")).isEmpty)
        #expect(calendar.sessions(from: try .of("1990-01-01"), through: try .of("1997-12-31")).isEmpty)
        #expect(calendar.sessions(from: try .of("2036-01-01"), through: try .of("2040-01-01")).isEmpty)
        let all = calendar.sessions(from: try .of("1990-01-01"), through: try .of("2040-01-01"))
        #expect(all == calendar.allSessions[...])
        #expect(all.first?.date == (try .of("1998-01-02")))
        #expect(all.last?.date == (try .of("2035-12-31")))
    }

    @Test("finds the session on, from and before a date")
    func indices() throws {
        let thanksgiving = try CivilDate.of("2025-11-27")
        let before = try #require(calendar.sessionIndex(before: thanksgiving))
        let after = try #require(calendar.sessionIndex(onOrAfter: thanksgiving))
        #expect(calendar.sessionIndex(on: thanksgiving) == nil)
        #expect(calendar.allSessions[before].date == (try .of("2025-11-26")))
        #expect(calendar.allSessions[after].date == (try .of("2025-11-28")))
        #expect(after == before + 1)
        #expect(calendar.sessionIndex(onOrAfter: try .of("2025-11-28")) == after)
        #expect(calendar.sessionIndex(on: try .of("2025-11-28")) == after)
        #expect(calendar.sessionIndex(before: try .of("2025-11-28")) == before)
        // Five sessions back from the Monday after Thanksgiving Day, over the holiday and the weekend.
        let monday = try #require(calendar.sessionIndex(on: try .of("2025-12-01")))
        #expect(calendar.allSessions[monday - 5].date == (try .of("2025-11-21")))
    }

    @Test("has nothing before its first session or after its last")
    func ends() throws {
        #expect(calendar.sessionIndex(onOrAfter: try .of("1998-01-01")) == 0)
        #expect(calendar.sessionIndex(before: try .of("1998-01-01")) == nil)
        #expect(calendar.sessionIndex(before: try .of("1998-01-02")) == nil)
        #expect(calendar.sessionIndex(before: try .of("1998-01-03")) == 0)
        #expect(calendar.sessionIndex(onOrAfter: try .of("2035-12-31")) == calendar.allSessions.count - 1)
    }

    @Test("names the weekend days")
    func weekends() throws {
        #expect(calendar.closureReason(on: try .of("2025-11-29")) == "Saturday")
        #expect(calendar.closureReason(on: try .of("2025-11-30")) == "Sunday")
        #expect(calendar.closureReason(on: try .of("2025-12-01")) == nil)
    }
}

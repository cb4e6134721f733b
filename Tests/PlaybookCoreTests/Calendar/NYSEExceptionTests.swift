import PlaybookCore
import Testing

@Suite("NYSE closures outside the yearly holidays")
struct NYSEExceptionTests {
    static let closures = [
        ("2001-09-11", "September 11 attacks"), ("2001-09-12", "September 11 attacks"),
        ("2001-09-13", "September 11 attacks"), ("2001-09-14", "September 11 attacks"),
        ("2004-06-11", "National day of mourning for President Reagan"),
        ("2007-01-02", "National day of mourning for President Ford"),
        ("2012-10-29", "Hurricane Sandy"), ("2012-10-30", "Hurricane Sandy"),
        ("2018-12-05", "National day of mourning for President George H. W. Bush"),
        ("2025-01-09", "National day of mourning for President Carter"),
    ]

    @Test("are known with their reasons", arguments: closures)
    func reasons(text: String, reason: String) throws {
        #expect(TradingCalendar.nyse.session(on: try .of(text)) == nil)
        #expect(TradingCalendar.nyse.closureReason(on: try .of(text)) == reason)
    }

    @Test("are the only weekday closures that are not yearly holidays")
    func noOthers() {
        let yearly = [
            "New Year's Day", "Martin Luther King Jr. Day", "Washington's Birthday", "Good Friday", "Memorial Day",
            "Juneteenth National Independence Day", "Independence Day", "Labor Day", "Thanksgiving Day",
            "Christmas Day",
        ]
        let calendar = TradingCalendar.nyse
        let found = CivilDate.each(calendar.supportedDates).filter { date in
            guard !date.weekday.isWeekend, let reason = calendar.closureReason(on: date) else { return false }
            return !yearly.contains { reason == $0 || reason == "\($0) (observed)" }
        }
        #expect(found.map(\.description) == Self.closures.map(\.0))
    }

    @Test("lie between sessions")
    func neighbours() throws {
        let calendar = TradingCalendar.nyse
        let reopening = try #require(calendar.sessionIndex(on: try .of("2001-09-17")))
        #expect(calendar.allSessions[reopening - 1].date == (try .of("2001-09-10")))
        #expect(calendar.session(on: try .of("2002-09-11"))?.open.description == "2002-09-11T13:30:00Z")
    }
}

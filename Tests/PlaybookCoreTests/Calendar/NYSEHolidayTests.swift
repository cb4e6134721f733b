import PlaybookCore
import Testing

@Suite("NYSE holidays")
struct NYSEHolidayTests {
    /// Whole years as the exchange announced them.
    static let announcedYears: [(year: Int, closures: [(String, String)])] = [
        (
            1998,
            [
                ("1998-01-01", "New Year's Day"), ("1998-01-19", "Martin Luther King Jr. Day"),
                ("1998-02-16", "Washington's Birthday"), ("1998-04-10", "Good Friday"), ("1998-05-25", "Memorial Day"),
                ("1998-07-03", "Independence Day (observed)"), ("1998-09-07", "Labor Day"),
                ("1998-11-26", "Thanksgiving Day"), ("1998-12-25", "Christmas Day"),
            ]
        ),
        (
            2022,
            [
                ("2022-01-17", "Martin Luther King Jr. Day"), ("2022-02-21", "Washington's Birthday"),
                ("2022-04-15", "Good Friday"), ("2022-05-30", "Memorial Day"),
                ("2022-06-20", "Juneteenth National Independence Day (observed)"), ("2022-07-04", "Independence Day"),
                ("2022-09-05", "Labor Day"), ("2022-11-24", "Thanksgiving Day"),
                ("2022-12-26", "Christmas Day (observed)"),
            ]
        ),
        (
            2027,
            [
                ("2027-01-01", "New Year's Day"), ("2027-01-18", "Martin Luther King Jr. Day"),
                ("2027-02-15", "Washington's Birthday"), ("2027-03-26", "Good Friday"), ("2027-05-31", "Memorial Day"),
                ("2027-06-18", "Juneteenth National Independence Day (observed)"),
                ("2027-07-05", "Independence Day (observed)"), ("2027-09-06", "Labor Day"),
                ("2027-11-25", "Thanksgiving Day"), ("2027-12-24", "Christmas Day (observed)"),
            ]
        ),
    ]

    @Test("are those the exchange announced, and no others", arguments: announcedYears)
    func wholeYear(year: Int, closures: [(String, String)]) throws {
        let dates = CivilDate.each(try CivilDate.of("\(year)-01-01")...CivilDate.of("\(year)-12-31"))
        let found = dates.filter { !$0.weekday.isWeekend }.compactMap { date in
            TradingCalendar.nyse.closureReason(on: date).map { "\(date) \($0)" }
        }
        #expect(found == closures.map { "\($0.0) \($0.1)" })
        for date in dates {
            let isOpen = TradingCalendar.nyse.session(on: date) != nil
            #expect(isOpen == (TradingCalendar.nyse.closureReason(on: date) == nil), "\(date)")
        }
    }

    @Test(
        "on a Saturday are kept on Friday, on a Sunday on Monday",
        arguments: [
            ("2004-12-24", "Christmas Day (observed)"), ("2005-12-26", "Christmas Day (observed)"),
            ("2015-07-03", "Independence Day (observed)"), ("2010-07-05", "Independence Day (observed)"),
            ("2006-01-02", "New Year's Day (observed)"),
            ("2033-06-20", "Juneteenth National Independence Day (observed)"),
        ])
    func observed(text: String, reason: String) throws {
        #expect(TradingCalendar.nyse.closureReason(on: try .of(text)) == reason)
        #expect(TradingCalendar.nyse.session(on: try .of(text)) == nil)
    }

    @Test(
        "leave the exchange open when New Year's Day falls on a Saturday",
        arguments: ["1999-12-31", "2004-12-31", "2010-12-31", "2021-12-31", "2027-12-31", "2032-12-31"])
    func newYearOnSaturday(text: String) throws {
        let newYearsEve = try CivilDate.of(text)
        #expect(newYearsEve.weekday == .friday)
        #expect(TradingCalendar.nyse.session(on: newYearsEve) != nil)
        #expect(TradingCalendar.nyse.closureReason(on: newYearsEve.adding(days: 1)) == "Saturday")
        #expect(TradingCalendar.nyse.session(on: newYearsEve.adding(days: 3)) != nil)
    }

    @Test("include Juneteenth from 2022 on")
    func juneteenth() throws {
        #expect(TradingCalendar.nyse.session(on: try .of("2020-06-19")) != nil)
        #expect(TradingCalendar.nyse.session(on: try .of("2021-06-18")) != nil)
        #expect(TradingCalendar.nyse.session(on: try .of("2023-06-19")) == nil)
    }

    @Test(
        "include Good Friday",
        arguments: [
            "1999-04-02", "2000-04-21", "2001-04-13", "2002-03-29", "2003-04-18", "2004-04-09", "2005-03-25",
            "2008-03-21", "2011-04-22", "2016-03-25", "2018-03-30", "2019-04-19", "2024-03-29", "2025-04-18",
            "2026-04-03", "2028-04-14", "2035-03-23",
        ])
    func goodFriday(text: String) throws {
        let date = try CivilDate.of(text)
        #expect(TradingCalendar.nyse.closureReason(on: date) == "Good Friday")
        #expect(TradingCalendar.nyse.session(on: date.adding(days: -1)) != nil)
        #expect(TradingCalendar.nyse.session(on: date.adding(days: 3)) != nil)
    }

    @Test("leave the exchange open on Columbus Day, Veterans Day and election day")
    func otherFederalHolidays() throws {
        for text in ["2013-10-14", "2013-11-11", "2024-11-05", "2020-11-03"] {
            #expect(TradingCalendar.nyse.session(on: try .of(text))?.minutes == 390, "\(text)")
        }
    }
}

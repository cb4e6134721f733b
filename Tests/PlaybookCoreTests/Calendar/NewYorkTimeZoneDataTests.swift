import Foundation
import PlaybookCore
import Testing

/// The project's own rules against the time zone data of the system.
@Suite("New York time and the system's zone data")
struct NewYorkTimeZoneDataTests {
    @Test("agree every day from 1998 through 2035, at several hours and around both changes")
    func everyDay() throws {
        let zone = try #require(TimeZone(identifier: "America/New_York"))
        let hours: [Int64] = [0, 5, 6, 7, 12, 17, 23]
        var compared = 0
        for date in CivilDate.each(try CivilDate.of("1998-01-01")...CivilDate.of("2035-12-31")) {
            for hour in hours {
                for second in [hour * 3_600 - 1, hour * 3_600] {
                    let instant = Instant(secondsSinceEpoch: Int64(date.daysSinceEpoch) * 86_400 + second)
                    let wanted = zone.secondsFromGMT(
                        for: Date(timeIntervalSince1970: TimeInterval(instant.secondsSinceEpoch)))
                    guard NewYorkTime.utcOffset(at: instant) == wanted else {
                        Issue.record("\(instant): \(NewYorkTime.utcOffset(at: instant)) is not \(wanted)")
                        return
                    }
                    compared += 1
                }
            }
        }
        #expect(compared == 13_879 * 14)
    }

    @Test("agree on the instant of every morning from 1967 through 2037")
    func everyMorning() throws {
        var calendar = Foundation.Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "America/New_York"))
        let first = try CivilDate.of("1967-01-01")
        var morning = try #require(
            calendar.date(from: DateComponents(year: 1967, month: 1, day: 1, hour: 9, minute: 30)))
        for date in CivilDate.each(first...(try CivilDate.of("2037-12-31"))) {
            let instant = NewYorkTime.instant(date, TimeOfDay(minutes: 570))
            guard instant.secondsSinceEpoch == Int64(morning.timeIntervalSince1970) else {
                Issue.record("09:30 on \(date) is \(instant), not \(morning)")
                return
            }
            morning = try #require(calendar.date(byAdding: .day, value: 1, to: morning))
        }
    }
}

import PlaybookCore
import Testing

@Suite("Weekdays")
struct WeekdayTests {
    @Test("count from Sunday as 0")
    func rawValues() {
        #expect(Weekday.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 5, 6])
        #expect(Weekday.allCases.map(\.shortName) == ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"])
        #expect(Weekday.wednesday.name == "Wednesday")
        #expect("\(Weekday.thursday)" == "Thursday")
        #expect(Weekday.allCases.filter(\.isWeekend) == [.sunday, .saturday])
    }

    @Test(
        "are read in any letter case, whole or in three letters",
        arguments: [
            ("mon", Weekday.monday), ("Monday", .monday), ("TUE", .tuesday), ("thursday", .thursday), ("Sun", .sunday),
        ])
    func reads(text: String, weekday: Weekday) {
        #expect(Weekday(text) == weekday)
        #expect(Weekday(text[...]) == weekday)
    }

    @Test("are not read from anything else", arguments: ["", "m", "mo", "mond", "tues", " mon", "mon ", "1", "Montag"])
    func refuses(text: String) {
        #expect(Weekday(text) == nil)
    }
}

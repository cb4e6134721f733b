import PlaybookCore
import Testing

@Suite("Times of day")
struct TimeOfDayTests {
    @Test("are read and written as HH:MM", arguments: [("00:00", 0), ("09:30", 570), ("16:00", 960), ("23:59", 1_439)])
    func roundTrip(text: String, minutes: Int) throws {
        let time = try #require(TimeOfDay(text))
        #expect(time.minutes == minutes)
        #expect(time.description == text)
        #expect(TimeOfDay(hour: minutes / 60, minute: minutes % 60) == time)
    }

    @Test(
        "are not read from other forms",
        arguments: [
            "", "9:30", "09:3", "0930", "09.30", "24:00", "12:60", "09:30:00", " 09:30", "09:30 ", "-1:30", "1a:00",
        ])
    func badTexts(text: String) {
        #expect(TimeOfDay(text) == nil)
    }

    @Test("have hours from 0 to 23 and minutes from 0 to 59")
    func validation() {
        #expect(TimeOfDay(hour: 24, minute: 0) == nil)
        #expect(TimeOfDay(hour: -1, minute: 0) == nil)
        #expect(TimeOfDay(hour: 9, minute: 60) == nil)
        #expect(TimeOfDay(hour: 9, minute: -1) == nil)
    }

    @Test("keep their order when arithmetic steps over midnight")
    func addition() throws {
        let open = try #require(TimeOfDay("09:30"))
        #expect(open.adding(minutes: 45).description == "10:15")
        #expect(open.adding(minutes: -31).description == "08:59")
        #expect(open.adding(minutes: 880).description == "24:10")
        #expect(open.adding(minutes: -600).description == "-00:30")
        #expect(open < open.adding(minutes: 880))
    }
}

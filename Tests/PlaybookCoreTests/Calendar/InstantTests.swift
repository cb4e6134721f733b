import PlaybookCore
import Testing

@Suite("Instants")
struct InstantTests {
    @Test(
        "are written in UTC to the second",
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"), (1_381_152_600, "2013-10-07T13:30:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"), (951_782_400, "2000-02-29T00:00:00Z"),
            (-62_135_596_800, "0001-01-01T00:00:00Z"), (253_402_300_800, "10000-01-01T00:00:00Z"),
        ] as [(Int64, String)])
    func description(seconds: Int64, text: String) {
        #expect(Instant(secondsSinceEpoch: seconds).description == text)
    }

    @Test("are ordered by their seconds")
    func order() {
        #expect(Instant(secondsSinceEpoch: -5) < Instant(secondsSinceEpoch: 3))
    }

    @Test("can be told in both time zones, however far away", arguments: [Int64.min, Int64.max])
    func extremes(seconds: Int64) {
        let instant = Instant(secondsSinceEpoch: seconds)
        #expect(instant.description.hasSuffix("Z"))
        #expect(NewYorkTime.string(instant).hasSuffix("-05:00"))
    }
}

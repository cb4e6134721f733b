import PlaybookReading
import Testing

@Suite("Distances of words")
struct EditDistanceTests {
    @Test("edit distance counts inserted, deleted and changed letters")
    func distance() {
        #expect(editDistance("OUTPUT_DIR", "OUTPUT_DIR", atMost: 2) == 0)
        #expect(editDistance("OUTPUT_DIR", "OUPUT_DIR", atMost: 2) == 1)
        #expect(editDistance("kitten", "sitting", atMost: 3) == 3)
        #expect(editDistance("kitten", "sitting", atMost: 2) == nil)
        #expect(editDistance("", "abc", atMost: 3) == 3)
        #expect(editDistance("", "abc", atMost: 2) == nil)
    }
}

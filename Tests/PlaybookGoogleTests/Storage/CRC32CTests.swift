import PlaybookTestSupport
import Testing

@testable import PlaybookGoogle

@Suite("CRC-32C")
struct CRC32CTests {
    @Test(
        "of known bytes",
        arguments: [("", 0), ("123456789", 0xE306_9283), ("hello", 0x9A71_BB4C)] as [(String, UInt32)])
    func known(text: String, value: UInt32) { #expect(CRC32C.checksum(Array(text.utf8)) == value) }

    @Test("of RFC 3720's examples")
    func standard() {
        #expect(CRC32C.checksum([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
        #expect(CRC32C.checksum([UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
        #expect(CRC32C.checksum(Array(0..<32)) == 0x46DD_794E)
    }

    @Test("is written as Cloud Storage writes it")
    func text() {
        #expect(CRC32C.text(Array("hello".utf8)) == "mnG7TA==")
        #expect(CRC32C.text([]) == "AAAAAA==")
    }

    @Test("is the same bit by bit, at every length")
    func bitwise() {
        var random = SeededGenerator(seed: 5)
        for count in 0..<70 {
            let bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            var value = ~UInt32(0)
            for byte in bytes {
                value ^= UInt32(byte)
                for _ in 0..<8 { value = value & 1 == 1 ? (value >> 1) ^ 0x82F6_3B78 : value >> 1 }
            }
            #expect(CRC32C.checksum(bytes) == ~value)
        }
    }
}

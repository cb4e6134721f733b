import PlaybookGzip
import Testing

@Suite("gzip")
struct GzipTests {
    /// `printf hello | gzip -n | xxd -p`.
    private let hello: [UInt8] = [
        0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 7, 0, 0x86, 0xA6, 0x10, 0x36, 5, 0, 0, 0,
    ]

    @Test("reads what the gzip command wrote, and writes the same")
    func known() throws {
        #expect(try Gzip.decompress(hello, limit: 5) == Array("hello".utf8))
        #expect(try Gzip.compress(Array("hello".utf8)) == hello)
    }

    @Test("brings back what it compressed", arguments: [0, 1, 1000, 256 << 10, 256 << 10 + 1, 3_000_000])
    func roundTrip(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: ($0 &* $0) >> 7) }
        let compressed = try Gzip.compress(bytes)
        #expect(try Gzip.decompress(compressed, limit: count) == bytes)
        #expect(try Gzip.compress(bytes) == compressed)
    }

    @Test("makes repeated text small")
    func small() throws {
        let bytes = [UInt8](repeating: 7, count: 1_000_000)
        #expect(try Gzip.compress(bytes).count < 2000)
    }

    @Test("stops at the limit")
    func limit() throws {
        let bomb = try Gzip.compress([UInt8](repeating: 0, count: 1 << 20))
        #expect(throws: GzipError.self) { try Gzip.decompress(bomb, limit: 1 << 20 - 1) }
        #expect(try Gzip.decompress(bomb, limit: 1 << 20).count == 1 << 20)
        #expect { try Gzip.decompress(hello, limit: 4) } throws: { ($0 as? GzipError)?.code == .tooLarge }
    }

    @Test("reads members one after the other")
    func members() throws {
        #expect(try Gzip.decompress(hello + hello, limit: 10) == Array("hellohello".utf8))
        #expect { try Gzip.decompress(hello + hello, limit: 9) } throws: { ($0 as? GzipError)?.code == .tooLarge }
    }

    @Test("refuses what is damaged, cut off or followed by something else")
    func damage() {
        var wrongSum = hello
        wrongSum[17] ^= 1
        let damaged = [[], [1, 2, 3], wrongSum, Array(hello.dropLast()), Array(hello.prefix(12)), hello + [1]]
        for bytes in damaged {
            #expect { try Gzip.decompress(bytes, limit: 100) } throws: { ($0 as? GzipError)?.code == .damaged }
        }
    }

    @Test("computes the checksum of the standard")
    func checksum() {
        let bytes = Array("123456789".utf8)
        #expect(bytes.withUnsafeBytes { Gzip.crc32($0) } == 0xCBF4_3926)
        let part = bytes[..<4].withUnsafeBytes { Gzip.crc32($0) }
        #expect(bytes[4...].withUnsafeBytes { Gzip.crc32($0, continuing: part) } == 0xCBF4_3926)
    }
}

import PlaybookGzip
import Testing

@Suite("A zip archive")
struct ZipArchiveTests {
    // Made by another program, Python's zipfile: 40 lines `1,2,3` deflated; one line stored, with a comment; two files.
    static let deflated = bytes(
        "504b03041400000008000000215a4728f7c80b000000f000000005000000612e63737633d431d231e6321c312400504b"
            + "010214031400000008000000215a4728f7c80b000000f0000000050000000000000000000000800100000000612e6373"
            + "76504b05060000000001000100330000002e0000000000")
    static let stored = bytes(
        "504b03041400000000000000215a2eb41e05060000000600000005000000612e637376312c322c330a504b0102140314"
            + "00000000000000215a2eb41e050600000006000000050000000000000000000000800100000000612e637376504b0506"
            + "0000000001000100330000002900000002006869")
    static let two = bytes(
        "504b03041400000000000000215a8316dc8c010000000100000005000000612e63737678504b03041400000000000000"
            + "215a1526dbfb010000000100000005000000622e63737679504b010214031400000000000000215a8316dc8c01000000"
            + "01000000050000000000000000000000800100000000612e637376504b010214031400000000000000215a1526dbfb01"
            + "00000001000000050000000000000000000000800124000000622e637376504b05060000000002000200660000004800"
            + "00000000")

    @Test("is read as another program wrote it")
    func foreign() throws {
        let deflated = try ZipArchive(Self.deflated)
        #expect(deflated.members.map(\.name) == ["a.csv"])
        let text = try deflated.contents(of: deflated.members[0], limit: 240)
        #expect(text == Array(String(repeating: "1,2,3\n", count: 40).utf8))
        let stored = try ZipArchive(Self.stored)
        #expect(try stored.contents(of: stored.members[0], limit: 6) == Array("1,2,3\n".utf8))
        let two = try ZipArchive(Self.two)
        #expect(two.members.map(\.name) == ["a.csv", "b.csv"])
        #expect(try two.contents(of: two.members[1], limit: 1) == Array("y".utf8))
    }

    @Test("is refused when a file is larger than allowed")
    func limit() throws {
        let archive = try ZipArchive(Self.deflated)
        #expect(throws: ZipError.self) { try archive.contents(of: archive.members[0], limit: 239) }
    }

    @Test("is refused, or gives what was packed, wherever a byte is changed")
    func damaged() throws {
        for bytes in [Self.deflated, Self.stored, Self.two] {
            let archive = try ZipArchive(bytes)
            let whole = try archive.members.map { try archive.contents(of: $0, limit: 1000) }
            var refused = 0
            for index in bytes.indices {
                for bit in [0, 3, 7] {
                    var spoiled = bytes
                    spoiled[index] ^= 1 << bit
                    do {
                        let archive = try ZipArchive(spoiled)
                        let found = try archive.members.map { try archive.contents(of: $0, limit: 1000) }
                        #expect(found == whole || found.count < whole.count, "byte \(index), bit \(bit)")
                    } catch { refused += 1 }
                }
            }
            #expect(refused > bytes.count)
        }
    }

    @Test("is refused when it is cut anywhere")
    func cut() {
        for count in Self.two.indices { #expect(throws: ZipError.self) { try ZipArchive(Array(Self.two[..<count])) } }
    }

    private static func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = hexadecimal.utf8.map { $0 < 0x3A ? $0 - 0x30 : $0 - 0x57 }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}

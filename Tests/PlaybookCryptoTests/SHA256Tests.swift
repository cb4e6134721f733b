import Testing

@testable import PlaybookCrypto

@Suite("SHA-256")
struct SHA256Tests {
    @Test("gives the digests of the standard's examples")
    func standard() {
        #expect(
            SHA256.hexadecimal([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(
            SHA256.hexadecimal(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            SHA256.hexadecimal([UInt8](repeating: 0x61, count: 1_000_000))
                == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    /// By Python's hashlib.
    @Test(
        "gives the right digest where the last block fills up",
        arguments: [
            (55, "463eb28e72f82e0a96c0a4cc53690c571281131f672aa229e0d45ae59b598b59"),
            (56, "da2ae4d6b36748f2a318f23e7ab1dfdf45acdc9d049bd80e59de82a60895f562"),
            (63, "29af2686fd53374a36b0846694cc342177e428d1647515f078784d69cdb9e488"),
            (64, "fdeab9acf3710362bd2658cdc9a29e8f9c757fcf9811603a8c447cd1d9151108"),
            (65, "4bfd2c8b6f1eec7a2afeb48b934ee4b2694182027e6d0fc075074f2fabb31781"),
            (1000, "4e4c294b331f7a2099a379bec34b9f9fc03dc46ab465d998f4d683da53487e6d"),
        ])
    func lengths(count: Int, digest: String) {
        #expect(SHA256.hexadecimal((0..<count).map { UInt8($0 % 251) }) == digest)
    }

    @Test("is the same by libcrypto and by its own steps", arguments: [0, 1, 63, 64, 1 << 18, 1 << 20 | 1])
    func library(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
        let digest = try #require(SHA256.byLibrary(bytes), "the tests' machine has libcrypto")
        #expect(SHA256.byWords(bytes) == digest)
        #expect(SHA256.digest(bytes) == digest)
    }
}

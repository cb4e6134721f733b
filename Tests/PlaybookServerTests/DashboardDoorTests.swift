import PlaybookCrypto
import Testing

@testable import PlaybookServer
@testable import PlaybookSettings

@Suite struct DashboardDoorTests {
    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// FIPS 180-4's examples, and a message of several blocks.
    @Test(arguments: [
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (String(repeating: "a", count: 1_000), "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"),
    ])
    func digestsAreThoseOfTheStandard(text: String, digest: String) {
        #expect(Self.hexadecimal(SHA256.digest(Array(text.utf8))) == digest)
    }

    /// RFC 4231, test cases 1, 2 and 6.
    @Test func codesAreThoseOfTheStandard() {
        #expect(
            Self.hexadecimal(MessageCode.hmac(key: [UInt8](repeating: 0x0b, count: 20), Array("Hi There".utf8)))
                == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
        #expect(
            Self.hexadecimal(
                MessageCode.hmac(key: Array("Jefe".utf8), Array("what do ya want for nothing?".utf8)))
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        #expect(
            Self.hexadecimal(
                MessageCode.hmac(
                    key: [UInt8](repeating: 0xaa, count: 131),
                    Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8)))
                == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
    }

    @Test func cookiesLastAndCannotBeForged() {
        let door = DashboardDoor(.init(user: nil, secret: "a-token-of-some-length"))
        let cookie = String(door.cookie(now: 1_000, isSecure: false).prefix { $0 != ";" })
        #expect(door.isLoggedIn([cookie], now: 1_001))
        #expect(door.isLoggedIn(["a=b; \(cookie)"], now: 1_001))
        #expect(!door.isLoggedIn([cookie], now: 1_000 + DashboardDoor.lifetime))
        #expect(!door.isLoggedIn([cookie + "0"], now: 1_001))
        #expect(!door.isLoggedIn([], now: 1_001))
        #expect(!DashboardDoor(.init(user: nil, secret: "another-token-here")).isLoggedIn([cookie], now: 1_001))
        #expect(!DashboardDoor(.init(user: "me", secret: "a-token-of-some-length")).isLoggedIn([cookie], now: 1_001))
        #expect(door.cookie(now: 0, isSecure: true).hasSuffix("; Secure"))
    }

    @Test func aMinuteForgets() {
        let door = DashboardDoor(.init(user: "me", secret: "a-password-of-some-length"))
        let start = ContinuousClock.now
        for _ in 0..<DashboardDoor.mostFailures {
            #expect(door.attempt(user: "me", secret: "wrong", at: start) == .wrong)
        }
        #expect(door.attempt(user: "me", secret: "a-password-of-some-length", at: start) == .tooMany)
        #expect(
            door.attempt(user: "me", secret: "a-password-of-some-length", at: start + .seconds(61)) == .right)
        #expect(
            door.attempt(user: "you", secret: "a-password-of-some-length", at: start + .seconds(61)) == .wrong)
    }

    @Test func formsAreRead() {
        #expect(
            FormFields.read(Array("a=1+2&b=%3Cx%3e&a=3&c&d=%".utf8)) == ["a": "1 2", "b": "<x>", "c": "", "d": "%"])
    }
}

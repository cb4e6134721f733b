import PlaybookAddresses
import Testing

@Suite("This machine")
struct LoopbackTests {
    @Test(
        "is localhost and its addresses, however they are written",
        arguments: ["localhost", "LocalHost", "127.0.0.1", "::1", "[::1]", "::ffff:127.0.0.1", "[::FFFF:127.0.0.1]"])
    func inside(host: String) { #expect(Loopback.contains(host)) }

    @Test(
        "is not a name that only begins or ends like one",
        arguments: [
            "", "127.0.0.2", "127.8.9.255", "localhost.example.com", "127.example.com", "127.0.0.1.example.com",
            "127.0.0", "127.0.0.256", "127.1",
            "128.0.0.1", "0.0.0.0", "::", "[::1", "::2", "::ffff:128.0.0.1", "127.0.0.1:80", "127.0.0.+1", "127..0.1",
        ])
    func outside(host: String) { #expect(!Loopback.contains(host)) }
}

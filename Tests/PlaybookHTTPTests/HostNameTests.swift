import PlaybookAddresses
import Testing

@Suite("Names of hosts")
struct HostNameTests {
    @Test(
        "are parted from their port",
        arguments: [
            ("localhost", "localhost", nil), ("Example.COM:8080", "example.com", 8080), ("127.0.0.1:1", "127.0.0.1", 1),
            ("[::1]", "[::1]", nil), ("[::1]:65535", "[::1]", 65_535), ("example.com.", "example.com", nil),
            ("example.com.:80", "example.com", 80),
        ] as [(String, String, Int?)])
    func parts(authority: String, host: String, port: Int?) throws {
        let parts = try #require(HostName.parts(of: authority))
        #expect(parts.host == host && parts.port == port)
    }

    @Test(
        "are nothing else",
        arguments: [
            "", ":80", "a:", "a:b", "a:65536", "a:+1", "a:123456", "user@a", "a/b", "a b", "[::1", "::1", "[]", "[x]",
            "a:1:2",
            "é", "a,b", "a\r",
        ])
    func refused(authority: String) { #expect(HostName.parts(of: authority) == nil) }
}

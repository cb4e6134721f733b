/// Names of hosts as requests and addresses write them.
package enum HostName {
    /// Whether `text` is a name or an IPv4 address, or an IPv6 address in brackets; without a port.
    package static func isName(_ text: some StringProtocol) -> Bool {
        if text.hasPrefix("["), text.hasSuffix("]") {
            let inside = text.dropFirst().dropLast()
            return !inside.isEmpty && inside.utf8.allSatisfy { isHexadecimal($0) || $0 == 0x3A || $0 == 0x2E }
        }
        return (1...253).contains(text.utf8.count)
            && text.utf8.allSatisfy { isAlphanumeric($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F }
    }

    /// The host and port of `authority`, `HOST` or `HOST:PORT`, the host in lower case and without a closing dot; nil for
    /// anything else.
    package static func parts(of authority: some StringProtocol) -> (host: String, port: Int?)? {
        let text = authority.lowercased()
        var host = text[...]
        var port: Int?
        if let colon = text.lastIndex(of: ":"), !text[colon...].contains("]") {
            let digits = text[text.index(after: colon)...]
            guard (1...5).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = Int(digits), number <= 65_535
            else { return nil }
            host = text[..<colon]
            port = number
        }
        if host.hasSuffix(".") { host = host.dropLast() }
        return isName(host) ? (String(host), port) : nil
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }
}

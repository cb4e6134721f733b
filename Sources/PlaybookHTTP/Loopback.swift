/// What counts as this machine itself: the one rule for addresses that secrets may be sent to in the clear, for peers of
/// the service, and for the names that it is asked by.
package enum Loopback {
    /// Whether `host`, a name or an address with or without brackets, is this machine: `localhost`, 127.0.0.0/8, `::1`,
    /// or 127.0.0.0/8 as IPv6 writes it.
    package static func contains(_ host: some StringProtocol) -> Bool {
        var host = host.lowercased()[...]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        if host == "localhost" || host == "::1" { return true }
        if host.hasPrefix("::ffff:") { host = host.dropFirst("::ffff:".count) }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { part in
                part.count <= 3 && part.utf8.allSatisfy { (0x30...0x39).contains($0) } && UInt8(part) != nil
            }
    }
}

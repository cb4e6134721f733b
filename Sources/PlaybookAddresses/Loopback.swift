/// What counts as this machine itself: the one rule for addresses that secrets may be sent to in the clear, for peers of
/// the service, and for the names that it is asked by.
///
/// Other addresses of 127.0.0.0/8 do not: elsewhere than on Linux they need not be this machine's.
package enum Loopback {
    /// Whether `host`, a name or an address with or without brackets, is this machine: `localhost`, 127.0.0.1, `::1`, or
    /// 127.0.0.1 as IPv6 writes it.
    package static func contains(_ host: some StringProtocol) -> Bool {
        var host = host.lowercased()[...]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        return ["localhost", "127.0.0.1", "::1", "::ffff:127.0.0.1"].contains(host)
    }
}

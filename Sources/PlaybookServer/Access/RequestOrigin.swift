import HTTPTypes
import NIOCore
import PlaybookAddresses

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Tells requests that a person or a program makes from those that a web page makes in somebody's browser.
struct RequestOrigin: Sendable {
    /// The names that the service may be asked by; nil when any will do.
    let names: Set<String>?

    /// What is wrong with where a request comes from, or with the name it is addressed to; nil for nothing.
    ///
    /// - Parameters:
    ///   - authority: the value of Host.
    ///   - address: the address of this machine that the connection came to.
    func problem(authority: String?, headers: HTTPFields, address: SocketAddress?) -> Problem? {
        let asked = authority.flatMap { HostName.parts(of: $0) }
        if let names, !isOwn(asked?.host, names, address) {
            return Problem(
                .foreign, "the service does not go by the name '\(printable(authority ?? "", 80))'",
                nextStep: "Ask it by a name of this machine, or add the name to SERVE_NAMES.")
        }
        if let site = headers[.secFetchSite], !["same-origin", "none"].contains(site.lowercased()) {
            return Self.page("Sec-Fetch-Site is '\(printable(site, 40))'")
        }
        let origins = headers[values: .origin]
        guard let origin = origins.first else { return nil }
        let parts = URLParts(origin)
        let own = asked.map { [$0.host, String($0.port ?? Self.port(parts.scheme))] }
        let other = HostName.parts(of: parts.hostAndPort).map { [$0.host, String($0.port ?? Self.port(parts.scheme))] }
        guard origins.count == 1, let own, own == other, ["http", "https"].contains(parts.scheme) else {
            return Self.page("Origin is '\(printable(origin, 80))'")
        }
        return nil
    }

    private static func page(_ evidence: String) -> Problem {
        Problem(
            .foreign, "this was sent by a web page of another site: \(evidence)",
            nextStep: "Send it from a program, for instance curl.")
    }

    private static func port(_ scheme: String) -> Int { scheme == "https" ? 443 : 80 }

    private func isOwn(_ host: String?, _ names: Set<String>, _ address: SocketAddress?) -> Bool {
        guard let host else { return false }
        if names.contains(host) || Loopback.contains(host) || host == Self.machine { return true }
        guard let address = address?.ipAddress?.lowercased() else { return false }
        return host == address || host == "[\(address)]"
    }

    /// What this machine calls itself, in lower case. No page elsewhere can have a name that is not in any zone of names.
    private static let machine: String = {
        var bytes = [CChar](repeating: 0, count: 256)
        guard gethostname(&bytes, bytes.count - 1) == 0 else { return "localhost" }
        return String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).lowercased()
    }()
}

extension HTTPField.Name {
    static let origin = Self("Origin")!
    static let secFetchSite = Self("Sec-Fetch-Site")!
}

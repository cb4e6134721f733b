/// The pieces of an absolute URL, as written; all empty for anything else.
package struct URLParts {
    /// In lower case; empty when there is none.
    package let scheme: String
    package let userInfo: String?
    /// Host with its port, if one is written.
    package let hostAndPort: String
    package let path: String
    package let query: String?

    package init(_ url: String) {
        var rest = Substring(url)
        if let fragment = rest.firstIndex(of: "#") { rest = rest[..<fragment] }
        if let colon = rest.firstIndex(of: ":"), rest[colon...].hasPrefix("://") {
            scheme = rest[..<colon].lowercased()
            rest = rest[rest.index(colon, offsetBy: 3)...]
        } else {
            (scheme, userInfo, hostAndPort, path, query) = ("", nil, "", "", nil)
            return
        }
        // A backslash counts as a slash for some readers: nothing after it is shown as a host.
        let end = rest.firstIndex { "/?\\".contains($0) } ?? rest.endIndex
        let authority = rest[..<end]
        rest = rest[end...]
        if let at = authority.lastIndex(of: "@") {
            userInfo = String(authority[..<at])
            hostAndPort = String(authority[authority.index(after: at)...])
        } else {
            userInfo = nil
            hostAndPort = String(authority)
        }
        if let mark = rest.firstIndex(of: "?") {
            path = String(rest[..<mark])
            query = String(rest[rest.index(after: mark)...])
        } else {
            path = String(rest)
            query = nil
        }
    }

    /// The host alone; an IPv6 address keeps its brackets.
    package var host: String {
        if hostAndPort.hasPrefix("["), let end = hostAndPort.firstIndex(of: "]") { return String(hostAndPort[...end]) }
        return String(hostAndPort.prefix { $0 != ":" })
    }

    /// Whether the host is this machine, so that nobody can listen on the way.
    package var isLoopback: Bool {
        // What follows a backslash is a part of the host for some readers.
        Loopback.contains(host) && !path.hasPrefix("\\")
    }
}

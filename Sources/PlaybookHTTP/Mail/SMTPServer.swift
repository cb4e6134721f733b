import PlaybookAddresses
import PlaybookCore

/// A server that takes mail, and the account to log in with. Its description shows no password.
public struct SMTPServer: Hashable, Sendable {
    /// An account.
    struct Login: Hashable, Sendable {
        let user: String
        let password: String
    }

    /// When the connection is protected by TLS.
    enum Protection: Hashable, Sendable {
        /// From the first byte.
        case always
        /// Before anything is said (STARTTLS), or nothing is said.
        case required
        /// If the server can: nobody listens on the way to this machine, but a password is better protected.
        case possible
        /// Never: on this machine, without a password.
        case none
    }

    /// Host and port.
    let address: String
    let protection: Protection
    let login: Login?

    /// The server at `url`.
    ///
    /// - Parameters:
    ///   - url: `smtps://HOST[:465]` for TLS from the first byte; `smtp://HOST[:587]` for STARTTLS, which this machine alone
    ///     may do without.
    ///   - user: with `password`; neither for a server that asks for none.
    ///   - password: of `user`.
    /// - Throws: `SMTPError` with code `settings`.
    public init(_ url: String, user: String? = nil, password: String? = nil) throws(SMTPError) {
        let parts = URLParts(url)
        let rest = parts.hostAndPort.dropFirst(parts.host.count)
        let isSecure = parts.scheme == "smtps"
        guard isSecure || parts.scheme == "smtp", parts.userInfo == nil, Self.isHost(parts.host),
            ["", "/"].contains(parts.path), parts.query == nil, !url.utf8.contains(UInt8(ascii: "#")),
            let port = rest.isEmpty ? (isSecure ? 465 : 587) : Self.port(rest)
        else {
            throw SMTPError(
                .settings, "\(.named(.mailServer)) is not the address of a mail server",
                nextStep: """
                    Write smtp://HOST:587 or smtps://HOST:465; the account goes into \(.set(.mailUser)) and \
                    \(.set(.mailPassword)).
                    """)
        }
        switch (user, password) {
        case (nil, nil): login = nil
        case (let user?, let password?) where Self.isText(user) && Self.isText(password):
            login = Login(user: user, password: password)
        default:
            throw SMTPError(
                .settings,
                "\(.named(.mailUser)) and \(.named(.mailPassword)) are not both set, or hold control characters",
                nextStep: "Set both, or neither for a server that asks for none.")
        }
        address = "\(parts.host.lowercased()):\(port)"
        protection =
            isSecure ? .always : !parts.isLoopback ? .required : login != nil ? .possible : Protection.none
    }

    private static func port(_ text: Substring) -> Int? {
        guard text.first == ":", text.utf8.count <= 6, text.utf8.dropFirst().allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
            let port = Int(text.dropFirst()), (1...65_535).contains(port)
        else { return nil }
        return port
    }

    private static func isHost(_ text: String) -> Bool {
        let text = text.hasPrefix("[") && text.hasSuffix("]") ? text.dropFirst().dropLast().filter { $0 != ":" } : text
        return !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"[]\\<>\"%".utf8.contains($0) }
    }

    private static func isText(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }
}

extension SMTPServer: CustomStringConvertible, CustomReflectable {
    /// Host and port.
    public var description: String { address }

    /// Nothing but the description.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// What a request carries to show that it may.
struct AccessToken: Hashable, Sendable {
    /// The token itself.
    let value: String
    /// When it ends, in seconds since 1970.
    let expires: Double
}

extension AccessToken: CustomStringConvertible, CustomReflectable {
    /// Without the token.
    var description: String { "access token until \(expires)" }

    var customMirror: Mirror { Mirror(self, children: []) }
}

/// A way to get tokens.
protocol TokenSource: Sendable {
    /// Asks for a new token.
    func fetch(through endpoint: TokenEndpoint) async throws -> AccessToken

    /// The e-mail address of the account that the tokens stand for, if it is known or can be found out.
    func account(through endpoint: TokenEndpoint) async -> String?
}

extension TokenSource {
    func account(through endpoint: TokenEndpoint) async -> String? { nil }
}

/// What is asked of Google: to read and write objects.
let storageScope = "https://www.googleapis.com/auth/devstorage.read_write"

import PlaybookCore

/// What `gcloud auth application-default login` leaves behind: a refresh token is exchanged for a token.
struct UserCredentials: TokenSource {
    private let path: String
    private let clientID: String
    private let clientSecret: String
    private let refreshToken: String
    private let tokenURL: String

    init(_ file: CredentialFile) throws(PlaybookError) {
        path = file.path
        clientID = try file.text("client_id")
        clientSecret = try file.text("client_secret")
        refreshToken = try file.text("refresh_token")
        tokenURL = try file.url("token_uri", default: "https://oauth2.googleapis.com/token")
    }

    func fetch(through endpoint: TokenEndpoint) async throws -> AccessToken {
        try await endpoint.token(
            tokenURL,
            form: [
                ("grant_type", "refresh_token"), ("client_id", clientID), ("client_secret", clientSecret),
                ("refresh_token", refreshToken),
            ], source: path, secrets: [refreshToken, clientSecret],
            afterInvalidGrant: "The login has ended: run 'gcloud auth application-default login'.")
    }
}

extension UserCredentials: CustomStringConvertible, CustomReflectable {
    /// Without the secrets.
    var description: String { "login in \(path)" }

    var customMirror: Mirror { Mirror(self, children: []) }
}

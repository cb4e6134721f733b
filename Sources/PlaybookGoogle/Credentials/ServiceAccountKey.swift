import FoundationEssentials
import PlaybookCore
import PlaybookCrypto

/// A service account's key: a signed statement (RFC 7523) is exchanged for a token.
struct ServiceAccountKey: TokenSource {
    private let path: String
    private let email: String
    private let keyID: String?
    private let privateKey: String
    private let tokenURL: String

    init(_ file: CredentialFile) throws(PlaybookError) {
        path = file.path
        email = try file.text("client_email")
        keyID = try file.optionalText("private_key_id")
        privateKey = try file.text("private_key")
        tokenURL = try file.url("token_uri", default: "https://oauth2.googleapis.com/token")
    }

    func fetch(through endpoint: TokenEndpoint) async throws -> AccessToken {
        let assertion = try assertion(now: endpoint.now())
        return try await endpoint.token(
            tokenURL,
            form: [("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", assertion)],
            source: path, secrets: [assertion, privateKey],
            afterInvalidGrant:
                "Check this machine's clock, and that the key of \(email) was not deleted or disabled; else make a new "
                + "key.")
    }

    func account(through endpoint: TokenEndpoint) async -> String? { email }

    /// The signed statement (JWT) that is exchanged: good for an hour.
    ///
    /// - Parameter now: seconds since 1970.
    func assertion(now: Double) throws(PlaybookError) -> String {
        struct Header: Encodable {
            let alg = "RS256"
            let kid: String?
            let typ = "JWT"
        }
        struct Claims: Encodable {
            let aud: String
            let exp: Int
            let iat: Int
            let iss: String
            let scope: String
        }
        let start = Int(now)
        let claims = Claims(aud: tokenURL, exp: start + 3600, iat: start, iss: email, scope: storageScope)
        let statement = "\(Self.encoded(Header(kid: keyID))).\(Self.encoded(claims))"
        return "\(statement).\(base64URL(try signature(of: Array(statement.utf8))))"
    }

    private static func encoded(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Texts and whole numbers can always be encoded.
        guard let data = try? encoder.encode(value) else { preconditionFailure("JSON of texts and numbers") }
        return base64URL(Array(data))
    }

    private func signature(of message: [UInt8]) throws(PlaybookError) -> [UInt8] {
        do {
            return try RS256.signature(of: message, pem: privateKey)
        } catch {
            throw PlaybookError(
                .configuration, "\(path): field private_key: \(error)",
                nextStep: "Download the service account's key again.")
        }
    }
}

extension ServiceAccountKey: CustomStringConvertible, CustomReflectable {
    /// Without the key.
    var description: String { "key of \(email) in \(path)" }

    var customMirror: Mirror { Mirror(self, children: []) }
}

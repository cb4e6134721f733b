public import PlaybookCore
import PlaybookCrypto
public import PlaybookHTTP

/// Who an identity token stands for.
public struct Identity: Hashable, Sendable {
    /// The account's e-mail address, if the issuer has verified one.
    public let email: String?
    /// The account's number, which it keeps.
    public let subject: String
}

/// Verifies the OpenID Connect identity tokens that Cloud Scheduler, among others, sends along: signature, issuer,
/// audience, times and account.
///
/// The issuer's keys are kept for as long as their `Cache-Control` says, five minutes to a day, and fetched again when a
/// token names a key that is not among them, at most once a minute. Callers that come while they are being fetched wait
/// for them. When they cannot be had the old ones serve, for a day at most.
public actor IdentityTokenVerifier {
    private let audience: String
    private let emails: [String]
    private let issuers: [String]
    private let keysURL: String
    private let transport: any HTTPTransport
    private let now: @Sendable () -> Double

    private var keys = KeySet()
    /// When the keys are to be fetched again.
    private var fresh = -Double.infinity
    /// Until then they are not, whatever a token names.
    private var quietUntil = -Double.infinity
    private var fetch: Task<Void, Never>?
    private var problem = ""

    /// How far the issuer's clock may be from this one, in seconds.
    private static let leeway = 60.0
    private static let quietSeconds = 60.0
    /// The same as long as there are no keys at all.
    private static let quietSecondsWithoutKeys = 5.0
    private static let staleSeconds = 86_400.0

    /// A verifier.
    ///
    /// - Parameters:
    ///   - audience: whom tokens must be meant for, letter by letter.
    ///   - emails: the accounts allowed, letter by letter; empty for any.
    ///   - issuer: who makes the tokens.
    ///   - keysURL: where its keys are; `https`, or this machine.
    ///   - transport: sends each request once; retries are added here.
    ///   - retry: for requests for keys.
    ///   - now: seconds since 1970.
    /// - Throws: a `PlaybookError` that names the setting when one is of no use.
    public init(
        audience: String, emails: [String] = [], issuer: String = "https://accounts.google.com",
        keysURL: String = "https://www.googleapis.com/oauth2/v3/certs", transport: any HTTPTransport,
        retry: RetryPolicy = RetryPolicy(maximumAttempts: 3, budget: .seconds(5), unreachableBudget: .seconds(5)),
        now: @escaping @Sendable () -> Double = systemEpochSeconds
    ) throws(PlaybookError) {
        guard !audience.isEmpty else {
            throw PlaybookError(
                .configuration, "\(.named(.tokenAudience)) is empty",
                nextStep: "Set it to the address that tokens are made for.")
        }
        guard !issuer.isEmpty else {
            throw PlaybookError(
                .configuration, "\(.named(.tokenIssuer)) is empty", nextStep: "Leave it out for Google's.")
        }
        guard Address.isSafe(keysURL) else {
            throw PlaybookError(
                .configuration, "\(.named(.tokenKeysAddress)) must begin with https://",
                nextStep: "Leave it out for Google's.")
        }
        self.audience = audience
        self.emails = emails
        // Google's own tokens have either form.
        issuers = issuer == "https://accounts.google.com" ? [issuer, "accounts.google.com"] : [issuer]
        self.keysURL = keysURL
        self.transport = RetryingTransport(transport, policy: retry)
        self.now = now
    }

    /// Who `token` stands for.
    ///
    /// - Parameter token: what follows `Bearer ` in the header `Authorization`.
    /// - Throws: `IdentityError` when it is not to be accepted, or cannot be verified now.
    public func verify(_ token: String) async throws(IdentityError) -> Identity {
        let token = try IdentityToken(token)
        let key = try await key(token.keyID)
        do {
            guard try RS256.isSignature(token.signature, of: token.signed, by: key) else {
                throw IdentityError.badSignature
            }
        } catch let error as IdentityError {
            throw error
        } catch {
            throw .keysUnavailable("\(error)")
        }
        return try identity(try token.claims())
    }

    /// Checks what a token claims that the issuer has signed.
    private func identity(_ claims: IdentityToken.Claims) throws(IdentityError) -> Identity {
        guard issuers.contains(where: { $0.isSame(as: claims.iss) }) else { throw .wrongIssuer }
        guard claims.aud.contains(audience) else { throw .wrongAudience }
        let time = now()
        guard claims.exp + Self.leeway > time else { throw .expired }
        guard max(claims.iat, claims.nbf ?? claims.iat) - Self.leeway <= time else { throw .notYetValid }
        let email = claims.emailVerified == true ? claims.email : nil
        guard !emails.isEmpty else { return Identity(email: email, subject: claims.sub) }
        guard let claimed = claims.email, emails.contains(where: { $0.isSame(as: claimed) }) else { throw .wrongEmail }
        guard email != nil else { throw .unverifiedEmail }
        return Identity(email: email, subject: claims.sub)
    }

    // MARK: - Keys

    /// The key called `name`.
    private func key(_ name: String) async throws(IdentityError) -> RS256.PublicKey {
        if let key = keys[name], now() < fresh { return key }
        await refreshKeys()
        if let key = keys[name], now() < fresh + Self.staleSeconds { return key }
        throw now() < fresh ? .unknownKey : .keysUnavailable(problem)
    }

    /// Waits for the fetch that is under way, or for a new one if it is time for one.
    private func refreshKeys() async {
        if fetch == nil, now() >= quietUntil {
            fetch = Task { await fetchKeys() }
        }
        await fetch?.value
    }

    private func fetchKeys() async {
        defer { fetch = nil }
        let outcome = await fetchedKeys()
        switch outcome {
        case .success(let fetched):
            keys = fetched
            fresh = now() + fetched.lifetime
        case .failure(let failure): problem = failure.description
        }
        quietUntil = now() + (keys.isEmpty ? Self.quietSecondsWithoutKeys : Self.quietSeconds)
    }

    private func fetchedKeys() async -> Result<KeySet, Problem> {
        let request = HTTPRequest(
            .get, keysURL, headers: ["Accept": "application/json"],
            limits: HTTPLimits(
                connectTimeout: .seconds(5), totalTimeout: .seconds(5), maximumBodyBytes: 256 << 10))
        do throws(HTTPError) {
            let response = try await transport.send(request)
            guard response.status == 200 else {
                return .failure(Problem("\(Address.origin(keysURL)) answered \(response.status)"))
            }
            guard let keys = KeySet(response) else {
                return .failure(Problem("\(Address.origin(keysURL)) sent no keys that could be used"))
            }
            return .success(keys)
        } catch {
            return .failure(Problem("\(error)"))
        }
    }

    private struct Problem: Error {
        let description: String
        init(_ description: String) { self.description = description }
    }
}

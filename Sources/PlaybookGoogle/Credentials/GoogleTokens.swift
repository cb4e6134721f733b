public import PlaybookHTTP
import PlaybookCore
import PlaybookFileSystem

/// The access tokens of the credentials that the environment names, shared by everything that talks to Google.
///
/// Credentials are looked for in the usual order: an emulator wants none; `GOOGLE_APPLICATION_CREDENTIALS`; gcloud's own
/// file; the metadata server. A token is kept until less than four minutes are left; callers that come while one is being
/// fetched wait for it. When a new one cannot be had the old one serves as long as it lives.
public actor GoogleTokens {
    private let environment: GoogleEnvironment
    private let endpoint: TokenEndpoint
    private let now: @Sendable () -> Double

    private var source: (any TokenSource)?
    private var current: AccessToken?
    private var fetch: (task: Task<AccessToken, any Error>, number: Int, waiting: Int)?
    private var fetches = 0
    /// After a failure the old token serves until then without another attempt.
    private var quietUntil = -Double.infinity

    private static let refreshMargin = 240.0
    private static let quietSeconds = 30.0

    /// Tokens of what `environment` names.
    ///
    /// - Parameters:
    ///   - transport: sends each request once; retries are added here.
    ///   - retry: for requests for tokens.
    ///   - now: seconds since 1970.
    public init(
        environment: GoogleEnvironment, transport: any HTTPTransport,
        retry: RetryPolicy = RetryPolicy(baseDelay: .seconds(1), budget: .seconds(30)),
        now: @escaping @Sendable () -> Double = systemEpochSeconds
    ) {
        self.environment = environment
        self.now = now
        endpoint = TokenEndpoint(transport: RetryingTransport(transport, policy: retry), now: now)
    }

    /// A token that lives a while; nil for an emulator.
    func token() async throws -> AccessToken? {
        guard environment.emulatorHost == nil else { return nil }
        let time = now()
        if let current, current.expires - time >= Self.refreshMargin || (current.expires > time && time < quietUntil) {
            return current
        }
        do {
            return try await fetched()
        } catch {
            try Task.checkCancellation()
            guard let current, current.expires > now() else { throw error }
            quietUntil = now() + Self.quietSeconds
            return current
        }
    }

    /// Forgets a token that was refused.
    func discard(_ token: AccessToken) { if current == token { current = nil } }

    /// The e-mail address of the account, if it is known.
    func account() async -> String? { await source?.account(through: endpoint) }

    /// The token of the fetch that is under way, or of a new one. It ends when nobody waits for it any more.
    private func fetched() async throws -> AccessToken {
        if fetch == nil {
            fetches += 1
            let number = fetches
            fetch = (Task { try await fetchOne(number) }, number, 0)
        }
        fetch!.waiting += 1
        let (task, number, _) = fetch!
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            Task { await self.leave(number) }
        }
    }

    private func leave(_ number: Int) {
        guard fetch?.number == number else { return }
        fetch!.waiting -= 1
        guard fetch!.waiting == 0 else { return }
        fetch!.task.cancel()
        fetch = nil
    }

    private func fetchOne(_ number: Int) async throws -> AccessToken {
        defer { if fetch?.number == number { fetch = nil } }
        let source = try source ?? find()
        self.source = source
        let token = try await source.fetch(through: endpoint)
        current = token
        return token
    }

    private func find() throws(PlaybookError) -> any TokenSource {
        if let path = environment.applicationCredentials { return try CredentialFile(path).source() }
        if let folder = environment.gcloudFolder {
            let path = "\(folder)/application_default_credentials.json"
            if FileSystem.exists(path) { return try CredentialFile(path).source() }
        }
        return MetadataServer(host: environment.metadataHost)
    }
}

extension GoogleTokens: CustomReflectable {
    /// Nothing: it holds tokens.
    public nonisolated var customMirror: Mirror { Mirror(self, children: []) }
}

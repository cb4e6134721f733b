import PlaybookCore
import PlaybookHTTP

/// The server on Google's machines that hands out tokens of the machine's own service account.
struct MetadataServer: TokenSource {
    /// `GCE_METADATA_HOST`; without it Google's usual name is tried, and nobody there means that this is not a Google machine.
    let host: String?

    private static let path = "/computeMetadata/v1/instance/service-accounts/default/"
    private static let source = "the metadata server"

    func fetch(through endpoint: TokenEndpoint) async throws -> AccessToken {
        let request = request("token")
        let response: HTTPResponse
        do {
            response = try await endpoint.transport.send(request)
        } catch {
            if host == nil, [.dns, .connect, .timeout, .proxy].contains(error.code) { throw Self.nothingFound }
            throw TokenEndpoint.unreachable(error, source: Self.source)
        }
        // Something else answers in networks that catch every name.
        guard response.headers["Metadata-Flavor"] == "Google" else {
            if host == nil { throw Self.nothingFound }
            throw PlaybookError(
                .configuration, "\(Address.origin(request.url)) is not a metadata server of Google",
                nextStep: "Check \(.set(.metadataHost)).")
        }
        switch response.status {
        case 200: return try endpoint.read(response, from: Address.origin(request.url), source: Self.source)
        case 408, 429, 500...:
            throw PlaybookError(
                .tryAgain, "no Google token: the metadata server answered \(response.status)",
                nextStep: "Try again later.")
        default:
            throw PlaybookError(
                .configuration, "no Google token: the metadata server answered \(response.status)",
                nextStep: "Attach a service account to this machine or service.")
        }
    }

    func account(through endpoint: TokenEndpoint) async -> String? {
        guard let response = try? await endpoint.transport.send(request("email")), response.status == 200,
            response.headers["Metadata-Flavor"] == "Google"
        else { return nil }
        return quoted(String(decoding: response.body, as: UTF8.self))
    }

    private func request(_ name: String) -> HTTPRequest {
        HTTPRequest(
            .get, "http://\(host ?? "metadata.google.internal")\(Self.path)\(name)",
            headers: ["Metadata-Flavor": "Google"],
            limits: HTTPLimits(connectTimeout: .seconds(3), totalTimeout: .seconds(10), maximumBodyBytes: 1 << 20))
    }

    private static let nothingFound = PlaybookError(
        .configuration, "no Google credentials were found",
        nextStep: """
            Name a key file in \(.set(.googleCredentials)), run 'gcloud auth application-default login', run on Google \
            Cloud with a service account, or name an emulator in \(.set(.storageEmulator)).
            """)
}

import FoundationEssentials
import PlaybookCore
import PlaybookHTTP

/// Sends requests for tokens and reads the answers.
struct TokenEndpoint: Sendable {
    /// Retries what is worth it.
    let transport: any HTTPTransport
    /// Seconds since 1970.
    let now: @Sendable () -> Double

    /// An answer as OAuth 2 (RFC 6749, 5) words it.
    private struct Answer: Decodable {
        let accessToken: String?
        let expiresIn: Double?
    }

    private struct Refusal: Decodable {
        let error: String?
        let errorDescription: String?
    }

    /// Asks with a form.
    ///
    /// - Parameters:
    ///   - source: what the credentials are called, for messages.
    ///   - secrets: what must not be shown, should the server repeat it.
    ///   - afterInvalidGrant: what to do when Google no longer accepts the credentials.
    func token(
        _ url: String, form: [(String, String)], source: String, secrets: [String], afterInvalidGrant: String
    ) async throws -> AccessToken {
        let request = HTTPRequest(
            .post, url,
            headers: ["Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"],
            body: Array(formEncoded(form).utf8), limits: Self.limits, isIdempotent: true)
        let response = try await send(request, source: source)
        guard response.status == 200 else {
            throw refusal(response, url, source: source, secrets: secrets, afterInvalidGrant: afterInvalidGrant)
        }
        return try read(response, from: Address.origin(url), source: source)
    }

    /// Sends `request`. Statuses that may pass have been tried again and are errors.
    func send(_ request: HTTPRequest, source: String) async throws -> HTTPResponse {
        let response: HTTPResponse
        do {
            response = try await transport.send(request)
        } catch {
            throw Self.unreachable(error, source: source)
        }
        guard response.status < 500, response.status != 408, response.status != 429 else {
            throw PlaybookError(
                .tryAgain, "no Google token for \(source): \(Address.origin(request.url)) answered \(response.status)",
                nextStep: "Try again later.")
        }
        return response
    }

    /// Reads an answer with a token.
    func read(_ response: HTTPResponse, from host: String, source: String) throws -> AccessToken {
        guard let answer = try? Self.decoder().decode(Answer.self, from: Data(response.body)),
            let value = answer.accessToken, let seconds = answer.expiresIn, !value.isEmpty, seconds > 0,
            value.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else {
            throw PlaybookError(
                .tryAgain, "no Google token for \(source): \(host) sent an answer without a token",
                nextStep: "Check what stands between this machine and Google, and try again.")
        }
        return AccessToken(value: value, expires: now() + min(seconds, 86_400))
    }

    private static func decoder() -> JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }

    static let limits = HTTPLimits(totalTimeout: .seconds(30), maximumBodyBytes: 1 << 20)

    /// The error for a request that got no answer.
    static func unreachable(_ error: HTTPError, source: String) -> any Error {
        switch error.code {
        case .cancelled: CancellationError()
        case .libraryMissing: PlaybookError(.configuration, error.facts, nextStep: "Install libcurl4.")
        default:
            PlaybookError(
                .tryAgain, "no Google token for \(source): \(error.facts)",
                nextStep: "Check the network and the proxy variables, and try again.")
        }
    }

    private func refusal(
        _ response: HTTPResponse, _ url: String, source: String, secrets: [String], afterInvalidGrant: String
    ) -> PlaybookError {
        let refusal = try? Self.decoder().decode(Refusal.self, from: Data(response.body))
        let said = [refusal?.error, refusal?.errorDescription].compactMap { $0 }.map { quoted($0, without: secrets) }
        let words = said.isEmpty ? "" : ": " + said.joined(separator: ", ")
        let isInvalidGrant = refusal?.error == "invalid_grant"
        return PlaybookError(
            .configuration,
            "\(source) is not accepted by Google: \(Address.origin(url)) answered \(response.status)\(words)",
            nextStep: isInvalidGrant ? Remedy(afterInvalidGrant) : "Check the file, or make it anew.")
    }
}

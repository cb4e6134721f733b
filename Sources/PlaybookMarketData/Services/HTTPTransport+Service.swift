import PlaybookCore
import PlaybookHTTP

extension HTTPTransport {
    /// Sends a request to a service, and says in the program's words why there is no answer.
    ///
    /// - Parameter settings: the settings that say where the service is.
    func send(_ request: HTTPRequest, to service: String, settings: [Topic]) async throws -> HTTPResponse {
        do {
            return try await send(request)
        } catch {
            switch error.code {
            case .cancelled: throw CancellationError()
            case .libraryMissing: throw PlaybookError(.configuration, error.facts, nextStep: "Install libcurl4.")
            default:
                throw PlaybookError(
                    .sourceUnavailable, "\(service) cannot be reached: \(error.facts)",
                    nextStep: """
                        Check the network, the proxy variables and \(settings.all), and try again. What is in the cache \
                        needs no network.
                        """)
            }
        }
    }
}

extension [Topic] {
    /// All of them as things to set: `A and B`.
    var all: NeutralText { map { "\(.set($0))" as NeutralText }.joined(separator: " and ") }
}

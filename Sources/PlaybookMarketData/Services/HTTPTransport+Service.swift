import PlaybookCore
import PlaybookHTTP

extension HTTPTransport {
    /// Sends a request to a service, and says in the program's words why there is no answer.
    ///
    /// - Parameter settings: the settings that say where the service is, as in `A and B`.
    func send(_ request: HTTPRequest, to service: String, settings: String) async throws -> HTTPResponse {
        do {
            return try await send(request)
        } catch {
            switch error.code {
            case .cancelled: throw CancellationError()
            case .libraryMissing: throw PlaybookError(.configuration, error.message, nextStep: "Install libcurl4.")
            default:
                throw PlaybookError(
                    .sourceUnavailable, "\(service) cannot be reached: \(error.message)",
                    nextStep: "Check the network, the proxy variables and \(settings), and try again. What is in the "
                        + "cache needs no network.")
            }
        }
    }
}

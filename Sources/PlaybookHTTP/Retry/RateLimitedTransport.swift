/// Sends each request when the limiter lets it pass, and lets the limiter learn from the answers.
public struct RateLimitedTransport<C: Clock>: HTTPTransport where C.Duration == Duration {
    private let transport: any HTTPTransport
    private let limiter: RateLimiter<C>

    /// Sends through `transport`; transports that share a limiter share its rate.
    public init(_ transport: any HTTPTransport, limiter: RateLimiter<C>) {
        self.transport = transport
        self.limiter = limiter
    }

    public func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        do throws(CancellationError) {
            try await limiter.acquire()
        } catch {
            throw .cancelled(request)
        }
        let response = try await transport.send(request)
        limiter.observe(response)
        return response
    }
}

import PlaybookAddresses
public import PlaybookCore
public import PlaybookHTTP

/// Calls a watch elsewhere after each run, so that a night that never ran is noticed there: `URL` after a success,
/// `URL/fail` after a failure, as healthchecks.io and its like want it. The URL is a secret and is never shown.
public struct Heartbeat: Sendable {
    private let url: String
    private let transport: any HTTPTransport

    /// Three attempts within 15 seconds.
    private static let retry = RetryPolicy(maximumAttempts: 3, baseDelay: .seconds(1), budget: .seconds(15))

    /// A watch.
    ///
    /// - Parameters:
    ///   - url: `https`; `http` for this machine alone.
    ///   - transport: sends each request once; retries are added here.
    /// - Throws: a `PlaybookError` when the URL is of no use.
    public init(url: String, transport: any HTTPTransport) throws(PlaybookError) {
        let parts = URLParts(url)
        guard !parts.host.isEmpty, url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }),
            !url.contains("#"), parts.scheme == "https" || (parts.scheme == "http" && parts.isLoopback)
        else {
            throw PlaybookError(
                .configuration, "\(.named(.heartbeat)) is not an https:// address",
                nextStep: "Copy the watch's whole address: https://hc-ping.com/… for instance.")
        }
        self.url = url
        self.transport = RetryingTransport(transport, policy: Self.retry)
    }

    /// Tells the watch that a run ended, well or not.
    ///
    /// - Throws: a `PlaybookError` when it could not be told.
    public func beat(isFailure: Bool) async throws(PlaybookError) {
        let request = HTTPRequest(
            .get, isFailure ? failureURL : url,
            limits: HTTPLimits(connectTimeout: .seconds(4), totalTimeout: .seconds(10), maximumBodyBytes: 1 << 20),
            isURLSecret: true)
        let host = URLParts(url).hostAndPort
        let status: Int
        do throws(HTTPError) {
            let response = try await transport.send(request)
            guard !response.isSuccess else { return }
            status = response.status
        } catch {
            throw PlaybookError(
                .sourceUnavailable, "the watch at \(host): \(error.facts)",
                nextStep: "Check \(.set(.heartbeat)) and the network.")
        }
        throw PlaybookError(
            .sourceUnavailable, "the watch at \(host) answered \(status)",
            nextStep: "Check \(.set(.heartbeat)): the watch may have been removed.")
    }

    /// The path with `/fail` behind it; a query stays.
    var failureURL: String {
        let path = url.prefix { $0 != "?" }
        return path + (path.hasSuffix("/") ? "fail" : "/fail") + url[path.endIndex...]
    }
}

extension Heartbeat: CustomStringConvertible, CustomReflectable {
    /// The host alone.
    public var description: String { "watch at \(URLParts(url).hostAndPort)" }

    /// Nothing but the description.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

import FoundationEssentials
import PlaybookAddresses
public import PlaybookCore
public import PlaybookHTTP

/// Posts alerts to a webhook that understands Slack's: `{"text": "…"}`. The URL is a secret and is never shown.
public struct WebhookSink<C: Clock>: AlertSink where C.Duration == Duration {
    private let url: String
    private let transport: any HTTPTransport
    private let clock: C
    private let now: @Sendable () -> Double

    /// From the beginning to the end of a second attempt.
    private static var patience: Duration { .seconds(10) }
    /// An attempt that has less time than this is not made.
    private static var leastTime: Duration { .seconds(2) }

    /// A sink.
    ///
    /// - Parameters:
    ///   - url: `https`; `http` for this machine alone.
    ///   - transport: sends each request once; one more attempt is made here.
    ///   - clock: waits between attempts, and measures them.
    ///   - now: seconds since 1970, for a `Retry-After` that names a moment.
    /// - Throws: a `PlaybookError` when the URL is of no use.
    public init(
        url: String, transport: any HTTPTransport, clock: C = ContinuousClock(),
        now: @escaping @Sendable () -> Double = systemEpochSeconds
    ) throws(PlaybookError) {
        let parts = URLParts(url)
        guard !parts.host.isEmpty, url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }),
            parts.scheme == "https" || (parts.scheme == "http" && parts.isLoopback)
        else {
            throw PlaybookError(
                .configuration, "\(.named(.webhook)) is not an https:// address",
                nextStep: "Copy the webhook's whole address: https://hooks.slack.com/services/… for instance.")
        }
        self.url = url
        self.transport = transport
        self.clock = clock
        self.now = now
    }

    public var name: String { "webhook at \(URLParts(url).hostAndPort)" }

    public func send(_ alert: Alert) async throws {
        let body = Array(try JSONEncoder().encode(["text": Self.text(alert)]))
        let end = clock.now.advanced(by: Self.patience)
        guard let first = try await failure(of: body, until: end) else { return }
        guard let pause = first.pause, clock.now.advanced(by: pause + Self.leastTime) <= end else { throw first.error }
        try await clock.sleep(until: clock.now.advanced(by: pause), tolerance: nil)
        if let second = try await failure(of: body, until: end) { throw second.error }
    }

    /// What Slack shows: its three special characters are escaped, the title is bold.
    static func text(_ alert: Alert) -> String {
        func escaped(_ text: String) -> String {
            text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        }
        let sign = alert.severity == .failure ? ":rotating_light: " : ""
        let title = "\(sign)*\(escaped(oneLine(alert.title)))*"
        return ([title] + alert.lines.map(escaped)).joined(separator: "\n")
    }

    // MARK: - An attempt

    private struct Failure {
        let error: PlaybookError
        /// How long to wait before another attempt; nil when there is to be none.
        let pause: Duration?
    }

    /// Posts `body`; nil when it was taken.
    private func failure(of body: [UInt8], until end: C.Instant) async throws -> Failure? {
        let request = HTTPRequest(
            .post, url, headers: ["Content-Type": "application/json"], body: body,
            limits: HTTPLimits(
                connectTimeout: .seconds(4), totalTimeout: clock.now.duration(to: end), maximumBodyBytes: 1 << 20),
            isURLSecret: true)
        do throws(HTTPError) {
            let response = try await transport.send(request)
            return response.isSuccess ? nil : refusal(response)
        } catch {
            return try failure(error)
        }
    }

    private func refusal(_ response: HTTPResponse) -> Failure {
        let isPassing = response.status == 429 || response.status >= 500
        // Slack says in a word what it does not like. Others repeat the URL, which is not to be shown.
        let word = String(decoding: response.body.prefix(61), as: UTF8.self)
        let isWord = (1...60).contains(word.utf8.count) && word.allSatisfy { $0 == "_" || ("a"..."z").contains($0) }
        let said = isWord && !url.contains(word) ? ": \(word)" : ""
        let error = PlaybookError(
            isPassing ? .tryAgain : .configuration, "\(name) answered \(response.status)\(said)",
            nextStep: isPassing
                ? "Nothing, if it does not happen again."
                : "Check \(.set(.webhook)): the webhook may have been removed.")
        return Failure(error: error, pause: isPassing ? response.retryAfter(now: now()) ?? .seconds(1) : nil)
    }

    private func failure(_ error: HTTPError) throws -> Failure {
        switch error.code {
        case .cancelled: throw CancellationError()
        case .invalidRequest, .libraryMissing, .proxy, .tls:
            let problem = PlaybookError(
                .configuration, "\(name): \(error.facts)", nextStep: "Correct it: nobody is told until then.")
            return Failure(error: problem, pause: nil)
        default:
            let problem = PlaybookError(
                .tryAgain, "\(name): \(error.facts)", nextStep: "Check \(.set(.webhook)) and the network.")
            // Where a connection stood, the message may have arrived.
            return Failure(error: problem, pause: [.dns, .connect].contains(error.code) ? .seconds(1) : nil)
        }
    }
}

extension WebhookSink: CustomStringConvertible, CustomReflectable {
    /// The name alone.
    public var description: String { name }

    /// Nothing but the description.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

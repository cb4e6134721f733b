public import PlaybookCore
internal import PlaybookHTTP
import Synchronization

/// What a service that wants no account has refused, and until when it is left alone: in this process, and in the cache's
/// place for those to come.
///
/// A 429, 418 or 451 ends a run. Until `Retry-After`, or for an hour where the service does not say, nothing more is asked.
public final class RefusalMemory: Sendable {
    /// What the service is called, as in `Binance`.
    let service: String
    private let store: (any BlobStore)?
    private let clock: any WallClock
    private let state = Mutex(State())

    private struct State {
        var hasRead = false
        var refusal: Refusal?
        /// What was answered, where that was in this process: all symbols of a run tell the same.
        var answer: String?
    }

    private struct Refusal {
        let status: Int
        let until: Instant

        /// As it is kept: `429 2025-11-04T21:30:00Z`.
        var text: String { "\(status) \(until)\n" }

        init(status: Int, until: Instant) { (self.status, self.until) = (status, until) }

        /// Nil for anything else.
        init?(_ text: String) {
            let words = text.split { $0 == " " || $0 == "\n" }
            guard words.count == 2, let status = Int(words[0]), let until = Instant(String(words[1])) else {
                return nil
            }
            self.init(status: status, until: until)
        }
    }

    /// Statuses that end a run.
    static let statuses: Set<Int> = [418, 429, 451]

    /// How long a service is left alone that does not say, in seconds.
    static let pause: Int64 = 3600
    /// No longer than this, whatever a service says: its clock, or this one, may be wrong.
    private static let longestPause: Int64 = 7 * 86_400

    /// A memory of `service`.
    ///
    /// - Parameter store: where refusals are kept; nil for this process alone.
    public init(service: String, store: (any BlobStore)?, clock: any WallClock) {
        self.service = service
        self.store = store
        self.clock = clock
    }

    /// What a run ends with that was refused something, or would have been; nil for any other.
    public var error: PlaybookError? {
        let (refusal, answer) = state.withLock { ($0.refusal, $0.answer) }
        guard let refusal, refusal.until > clock.now() else { return nil }
        return error(
            refusal,
            answer ?? "\(service) refused (\(refusal.status)), and is not asked before \(refusal.until)")
    }

    private var name: String { "refusals/\(service.lowercased())" }

    /// Checks that the service may be asked.
    ///
    /// - Throws: a `PlaybookError` of code `tryAgain` while it may not.
    func requireNone() async throws {
        if !state.withLock({ $0.hasRead }) {
            let text = try await store?.read(name).map { String(decoding: $0.bytes, as: UTF8.self) }
            state.withLock { state in
                state.hasRead = true
                state.refusal = state.refusal ?? text.flatMap(Refusal.init)
            }
        }
        if let error { throw error }
    }

    /// Notes that `response` refuses.
    ///
    /// - Returns: what to end the run with.
    func note(_ response: HTTPResponse, from host: String) async -> PlaybookError {
        let now = clock.now().secondsSinceEpoch
        let asked = response.retryAfter(now: systemEpochSeconds()).map { Int64(($0 / .seconds(1)).rounded(.up)) }
        let wait = min(asked ?? Self.pause, Self.longestPause)
        let refusal = Refusal(
            status: response.status, until: Instant(secondsSinceEpoch: now + max(1, wait)))
        let answer =
            "\(host) answered \(response.status): \(Self.meaning(response.status)); it is asked nothing more before "
            + "\(refusal.until)"
        state.withLock { ($0.refusal, $0.answer) = (refusal, answer) }
        // A place that cannot be written costs the next run a request.
        if let store, let kept = try? await store.read(name) {
            _ = try? await store.write(name, Array(refusal.text.utf8), replacing: kept.version)
        } else if let store {
            _ = try? await store.write(name, Array(refusal.text.utf8), replacing: nil)
        }
        return error(refusal, answer)
    }

    private func error(_ refusal: Refusal, _ message: String) -> PlaybookError {
        PlaybookError(
            .tryAgain, NeutralText(message),
            nextStep: refusal.status == 451
                ? "\(service) does not serve this place: use another source of bars."
                : "Run again then; what was fetched so far is in the cache. Asking earlier makes the wait longer.")
    }

    private static func meaning(_ status: Int) -> String {
        switch status {
        case 418: "this address is banned for a while"
        case 451: "it is not available from here"
        default: "too many requests"
        }
    }
}

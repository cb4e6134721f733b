import PlaybookHTTP
import Synchronization

/// Answers with a list of outcomes, the last of them again and again.
final class ScriptedTransport: HTTPTransport {
    private let outcomes: [Result<HTTPResponse, HTTPError>]
    private let sent = Mutex<[HTTPRequest]>([])
    private let duringSend: @Sendable () -> Void

    init(_ outcomes: [Result<HTTPResponse, HTTPError>], duringSend: @escaping @Sendable () -> Void = {}) {
        self.outcomes = outcomes
        self.duringSend = duringSend
    }

    convenience init(_ responses: HTTPResponse...) { self.init(responses.map { .success($0) }) }

    var count: Int { sent.withLock { $0.count } }

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let number = sent.withLock { sent in
            sent.append(request)
            return sent.count
        }
        duringSend()
        return try outcomes[min(number, outcomes.count) - 1].get()
    }
}

/// Random numbers that are the same in every run (splitmix64).
struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

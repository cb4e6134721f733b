import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import PlaybookCore
import PlaybookGoogle
import PlaybookService

/// Answers requests.
struct ServiceResponder: HTTPResponder {
    /// The connection that a request came on.
    struct Context: InitializableFromSource {
        let peer: SocketAddress?

        init(source: ApplicationRequestContextSource) { peer = source.channel.remoteAddress }
        init(peer: SocketAddress?) { self.peer = peer }
    }

    let settings: Settings
    let limits: ServiceLimits
    let log: EventLog
    let runs: RunRegistry
    let checks: HealthChecks
    let verify: IdentityCheck?
    let start: ContinuousClock.Instant

    func respond(to request: Request, context: Context) async throws -> Response {
        let start = ContinuousClock.now
        let trace = CloudTrace(request.headers)
        let body = try await request.body.collect(upTo: limits.bodySize)
        let answer = await answer(to: request, body, trace: trace, context)
        let response = answer.response(
            hasBody: request.method != .head, isLast: request.headers[.connection] == "close")
        log.write(
            request, bodySize: body.readableBytes, peer: context.peer, answer,
            seconds: (ContinuousClock.now - start) / .seconds(1), trace: trace)
        return response
    }

    private func answer(
        to request: Request, _ body: ByteBuffer, trace: CloudTrace?, _ context: Context
    ) async -> Answer {
        if let kind = RequestGate.refusal(request.head) { return Answer(refused(kind)) }
        let path = request.uri.path
        guard let endpoint = Endpoint.allCases.first(where: { $0.path == path }) else {
            let paths = Endpoint.allCases.map { "\($0.method.rawValue) \($0.path)" }.joined(separator: ", ")
            return Answer(Problem(.notFound, "there is nothing at this path: there are \(paths)"))
        }
        guard request.method == endpoint.method || (request.method == .head && endpoint.method == .get) else {
            var answer = Answer(
                Problem(.methodNotAllowed, "\(path) takes \(endpoint.allowed), not \(request.method.rawValue)"))
            answer.fields[.allow] = endpoint.allowed
            return answer
        }
        let answer: Answer
        do throws(Problem) {
            if endpoint.isProtected { try await authorize(request, context) }
            answer =
                switch endpoint {
                case .backtest: try await backtest(request, Array(body.readableBytesView), trace: trace)
                case .health: Answer(.ok, JSONValue.fields(["status": "ok"]).document)
                case .detailedHealth: await detailedHealth()
                case .openAPI: Answer(.ok, OpenAPI.text)
                }
        } catch {
            answer = Answer(error)
            assert(endpoint.problems.contains(error.kind), "the OpenAPI document does not know \(error.kind)")
        }
        return answer
    }

    private func refused(_ kind: ProblemKind) -> Problem {
        switch kind {
        case .tooLarge: Problem(kind, "the body is larger than \(limits.bodySize) bytes")
        case .tooSlow: Problem(kind, "the request did not arrive within \(limits.arrivalSeconds) s of its first byte")
        case .headTooLarge:
            Problem(
                kind, "the head is larger than \(limits.headSize) bytes or has more than \(limits.headFields) fields")
        default: Problem(.malformed, "this is not HTTP/1.1")
        }
    }

    /// - Throws: a `Problem` when the request needs an ID token and has no good one.
    private func authorize(_ request: Request, _ context: Context) async throws(Problem) {
        // From this machine, unless it passes on what came from elsewhere.
        let isForwarded = request.headers[.forwarded] != nil || request.headers[.xForwardedFor] != nil
        guard let verify, isForwarded || context.peer?.isLoopback != true else { return }
        let parts = (request.headers[.authorization] ?? "").split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else {
            throw Problem(
                .unauthorized, "this needs an ID token", nextStep: "Send it as 'Authorization: Bearer TOKEN'.")
        }
        do {
            try await verify(String(parts[1]))
        } catch {
            throw Problem(error.isTransient ? .tryAgain : .unauthorized, "\(error)")
        }
    }

    private func backtest(_ request: Request, _ body: [UInt8], trace: CloudTrace?) async throws(Problem) -> Answer {
        if let coding = request.headers[.contentEncoding], coding.lowercased() != "identity" {
            throw Problem(
                .unsupportedMediaType, "the body is encoded, as '\(printable(coding, 40))'", nextStep: "Send it plain.")
        }
        if !body.isEmpty, let type = request.headers[.contentType], !Self.isUnderstood(type) {
            throw Problem(
                .unsupportedMediaType, "the body is '\(printable(type, 80))'", nextStep: "Send application/json.")
        }
        let call = try BacktestCall(body, settings: settings, limits: limits)
        switch await runs.run(call, trace: trace) {
        case .busy: throw Problem(.busy, "\(limits.runs) other backtests are running", nextStep: "Try again later.")
        case .stopping: throw Problem(.stopping, "the service is stopping", nextStep: "Try again later.")
        case .ran(let outcome):
            guard outcome.exitCode == 0, case .success(let result) = outcome.result else { throw Problem(outcome) }
            do {
                return Answer(.ok, try result.json(), runID: outcome.runID)
            } catch {
                throw Problem(.badData, "\(error)")
            }
        }
    }

    /// What holds JSON, and what is sent by those who do not say: `curl -d`, and Cloud Scheduler.
    private static func isUnderstood(_ type: String) -> Bool {
        var essence = type.prefix { $0 != ";" }.lowercased()[...]
        while essence.last == " " || essence.last == "\t" { essence.removeLast() }
        return essence == "application/json" || (essence.hasPrefix("application/") && essence.hasSuffix("+json"))
            || essence == "application/x-www-form-urlencoded" || essence == "application/octet-stream"
    }

    private func detailedHealth() async -> Answer {
        let isStopping = await runs.isStopping
        let components = await checks.components
        let isReady = !isStopping && components.allSatisfy(\.isHealthy)
        let document: JSONValue = [
            "status": isReady ? "ok" : isStopping ? "stopping" : "failing", "ready": .flag(isReady),
            "version": .text(programVersion),
            "uptime_seconds": .number(String(Int((ContinuousClock.now - start) / .seconds(1)))),
            "components": .list(
                components.map {
                    ["name": .text($0.name), "status": $0.isHealthy ? "ok" : "failing", "detail": .text($0.detail)]
                }),
            "last_run": await runs.last.map { LastRun.document($0) } ?? .null,
        ]
        return Answer(isReady ? .ok : .serviceUnavailable, document.document)
    }
}

/// The run that ended last, as `/health/detailed` shows it.
enum LastRun {
    static func document(_ outcome: BacktestRunner.Outcome) -> JSONValue {
        [
            "run_id": .text(outcome.runID), "status": .text(outcome.status),
            "exit_code": .number(String(outcome.exitCode)),
        ]
    }
}

extension HTTPField.Name {
    static let forwarded = Self("Forwarded")!
    static let xForwardedFor = Self("X-Forwarded-For")!
    static let traceparent = Self("traceparent")!
    static let cloudTraceContext = Self("X-Cloud-Trace-Context")!
}

extension CloudTrace {
    init?(_ headers: HTTPFields) {
        self.init(traceparent: headers[.traceparent], cloudContext: headers[.cloudTraceContext])
    }
}

extension SocketAddress {
    /// Whether it is of this machine.
    var isLoopback: Bool {
        guard let address = ipAddress else { return false }
        return address == "::1" || address.hasPrefix("127.") || address.hasPrefix("::ffff:127.")
    }
}

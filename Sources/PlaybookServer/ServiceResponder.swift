import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import PlaybookCore
import PlaybookAssembly
import PlaybookReports
import PlaybookSettings
import PlaybookUseCases

/// Answers requests.
struct ServiceResponder: HTTPResponder {
    let settings: Settings
    let limits: ServiceLimits
    let log: EventLog
    let runs: RunRegistry
    let checks: HealthChecks
    let door: Door
    let budget: RequestBudget
    let ledger: ParameterLedger
    /// The dashboard, where there is one.
    let dashboard: DashboardResponder?
    /// The OpenAPI document.
    let description: OpenAPIText
    let start: ContinuousClock.Instant
    let gate = SweepGate()

    func respond(to request: Request, context: RequestConnection) async throws -> Response {
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
        to request: Request, _ body: ByteBuffer, trace: CloudTrace?, _ context: RequestConnection
    ) async -> Answer {
        if let why = RequestGate.refusal(request.head) { return Answer(refused(why)) }
        let path = request.uri.path
        if let dashboard, dashboard.owns(path) {
            return await dashboard.answer(
                request, Array(body.readableBytesView), service: door, context, operations: Self.operations,
                run: { () async throws(Problem) -> String in try await runToday(trace: trace) })
        }
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
            if endpoint.isGuarded { try door.requireOwn(request, context) }
            if endpoint.isProtected { try await door.authorize(request, context) }
            answer =
                switch endpoint {
                case .backtest: try await backtest(request, Array(body.readableBytesView), trace: trace)
                case .sweep: try await sweep(request, Array(body.readableBytesView))
                case .health: Answer(.ok, JSONValue.fields(["status": "ok"]).document)
                case .detailedHealth: await detailedHealth()
                case .openAPI: Answer(.ok, description.value)
                }
        } catch {
            answer = Answer(error)
            assert(endpoint.problems.contains(error.kind), "the OpenAPI document does not know \(error.kind)")
        }
        return answer
    }

    /// The service's operations as a page.
    private static func operations() -> [UInt8] {
        DashboardSite.operations(
            Endpoint.allCases.map { endpoint in
                (
                    method: endpoint.method.rawValue, path: endpoint.path, summary: endpoint.summary,
                    answers: endpoint.statuses.map { (status: "\($0.code)", text: endpoint.schemaName) }
                        + endpoint.problems.map { (status: "\($0.status.code)", text: $0.title) }
                )
            })
    }

    /// Runs today's session of the configured symbols.
    ///
    /// - Returns: the run.
    private func runToday(trace: CloudTrace?) async throws(Problem) -> String {
        let call = try BacktestCall([], settings: settings, limits: limits, budget: budget)
        switch await runs.run(call, trace: trace) {
        case .busy: throw Problem(.busy, "\(limits.runs) other backtests are running", nextStep: "Try again later.")
        case .stopping: throw Problem(.stopping, "the service is stopping", nextStep: "Try again later.")
        case .ran(let outcome): return outcome.runID
        }
    }

    private func refused(_ why: RequestGate.Refusal) -> Problem {
        switch why {
        case .noHTTP: Problem(.malformed, "this is not HTTP/1.1")
        case .noHost: Problem(.malformed, "a request has one Host: this one has none, or several")
        case .tooLarge: Problem(.tooLarge, "the body is larger than \(limits.bodySize) bytes")
        case .tooSlow:
            Problem(.tooSlow, "the request did not arrive within \(limits.arrivalSeconds) s of its first byte")
        case .headTooLarge:
            Problem(
                .headTooLarge,
                "the head is larger than \(limits.headSize) bytes or has more than \(limits.headFields) fields")
        }
    }

    /// - Throws: a `Problem` when the body is none of JSON.
    private func requireJSON(_ request: Request, _ body: [UInt8]) throws(Problem) {
        if let coding = request.headers[.contentEncoding], coding.lowercased() != "identity" {
            throw Problem(
                .unsupportedMediaType, "the body is encoded, as '\(printable(coding, 40))'", nextStep: "Send it plain.")
        }
        // A page can send other kinds of body, and none at all, to any site without asking it first.
        if !body.isEmpty, !Self.isJSON(request.headers[values: .contentType]) {
            let type = request.headers[.contentType].map { "the body is '\(printable($0, 80))'" }
            throw Problem(
                .unsupportedMediaType, type ?? "the body has no Content-Type",
                nextStep: "Send it as 'Content-Type: application/json'.")
        }
    }

    private func sweep(_ request: Request, _ body: [UInt8]) async throws(Problem) -> Answer {
        try requireJSON(request, body)
        let call = try SweepCall(body, settings: settings, limits: limits, budget: budget)
        guard await gate.enter() else {
            throw Problem(.busy, "another sweep is running", nextStep: "Try again later.")
        }
        let answer: Result<String, any Error>
        do {
            let result = try await SweepJob(settings: settings).run(call.request, mostUnits: limits.units)
            answer = .success(try result.text(.json, color: false, words: .problem))
        } catch {
            answer = .failure(error)
        }
        await gate.leave()
        switch answer {
        case .success(let text): return Answer(.ok, text)
        case .failure(let error as PlaybookError):
            throw Problem(ProblemKind(error.code), error)
        case .failure(let error): throw Problem(.badData, "\(error)")
        }
    }

    private func backtest(_ request: Request, _ body: [UInt8], trace: CloudTrace?) async throws(Problem) -> Answer {
        try requireJSON(request, body)
        let call = try BacktestCall(body, settings: settings, limits: limits, budget: budget)
        if !call.request.isDryRun { try await admit(call) }
        switch await runs.run(call, trace: trace) {
        case .busy: throw Problem(.busy, "\(limits.runs) other backtests are running", nextStep: "Try again later.")
        case .stopping: throw Problem(.stopping, "the service is stopping", nextStep: "Try again later.")
        case .ran(let outcome):
            guard outcome.exitCode == 0, case .success(let result) = outcome.result else { throw Problem(outcome) }
            do {
                return Answer(.ok, try result.json(.problem), runID: outcome.runID)
            } catch {
                throw Problem(.badData, "\(error)")
            }
        }
    }

    /// - Throws: a `Problem` when the parameters are new, and the day has begun as many as it may.
    private func admit(_ call: BacktestCall) async throws(Problem) {
        let isAdmitted: Bool
        do {
            isAdmitted = try await ledger.admit(call.strategy)
        } catch let error as PlaybookError {
            throw Problem(ProblemKind(error.code), error)
        } catch {
            throw Problem(.badData, "\(error)")
        }
        guard !isAdmitted else { return }
        let most = budget.newParameterSets
        let detail =
            "the journal has no row with these parameters, and requests may begin at most \(most) new parameter sets a day "
            + "(SERVE_MAX_NEW_PARAMS)"
        throw Problem(.invalid, [.init(field: "/params", detail: detail)])
    }

    private static func isJSON(_ types: [String]) -> Bool {
        guard let type = types.first, types.count == 1 else { return false }
        var essence = type.prefix { $0 != ";" }.lowercased()[...]
        while essence.last == " " || essence.last == "\t" { essence.removeLast() }
        return essence == "application/json"
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
    static let traceparent = Self("traceparent")!
    static let cloudTraceContext = Self("X-Cloud-Trace-Context")!
}

extension CloudTrace {
    init?(_ headers: HTTPFields) {
        self.init(traceparent: headers[.traceparent], cloudContext: headers[.cloudTraceContext])
    }
}

import HTTPTypes

/// What the service answers to: the table that requests are looked up in and the OpenAPI document is made of.
enum Endpoint: CaseIterable, Sendable {
    case backtest
    case sweep
    case health
    case detailedHealth
    case openAPI

    /// The path.
    var path: String {
        switch self {
        case .backtest: "/backtest"
        case .sweep: "/sweep"
        case .health: "/health"
        case .detailedHealth: "/health/detailed"
        case .openAPI: "/openapi.json"
        }
    }

    /// The method; where it is GET, HEAD works too.
    var method: HTTPRequest.Method { isRun ? .post : .get }

    /// Whether it runs a playbook.
    var isRun: Bool { self == .backtest || self == .sweep }

    /// What `Allow` says.
    var allowed: String { method == .get ? "GET, HEAD" : method.rawValue }

    /// Whether it needs an ID token, where tokens are wanted.
    var isProtected: Bool { isRun || self == .detailedHealth }

    /// Whether it looks at who sends the request and to which name; a probe of an orchestrator knows no name.
    var isGuarded: Bool { self != .health }

    /// The operation's name in the OpenAPI document.
    var operation: String {
        switch self {
        case .backtest: "runBacktest"
        case .sweep: "runSweep"
        case .health: "getHealth"
        case .detailedHealth: "getDetailedHealth"
        case .openAPI: "getOpenAPI"
        }
    }

    /// What it does.
    var summary: String {
        switch self {
        case .backtest: "Run a playbook over sessions and write its journal"
        case .sweep: "Run a playbook with each set of a small grid; writes no journal"
        case .health: "Whether the service is up; looks at nothing"
        case .detailedHealth: "Whether everything is there that a backtest needs"
        case .openAPI: "This document"
        }
    }

    /// The schema of the document it answers with.
    var schemaName: String {
        switch self {
        case .backtest: "Backtest"
        case .sweep: "Sweep"
        case .health: "Health"
        case .detailedHealth: "DetailedHealth"
        case .openAPI: "OpenAPI"
        }
    }

    /// The statuses that come with that document.
    var statuses: [HTTPResponse.Status] { self == .detailedHealth ? [.ok, .serviceUnavailable] : [.ok] }

    /// The errors it answers with. A path's wrong method is of no endpoint.
    var problems: [ProblemKind] {
        let transport: [ProblemKind] = [.malformed, .tooSlow, .tooLarge, .headTooLarge]
        return transport + (isGuarded ? [.foreign] : []) + (isProtected ? [.unauthorized, .tryAgain] : [])
            + (isRun
                ? [
                    .unsupportedMediaType, .invalid, .badData, .cannotWrite, .configuration, .sourceUnavailable, .busy,
                    .stopping,
                ] : [])
    }
}

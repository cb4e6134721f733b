import HTTPTypes

/// The kinds of errors that the service answers with.
enum ProblemKind: String, CaseIterable, Sendable {
    case malformed
    case unauthorized
    case foreign
    case notFound = "not-found"
    case methodNotAllowed = "method-not-allowed"
    case tooSlow = "too-slow"
    case tooLarge = "too-large"
    case unsupportedMediaType = "unsupported-media-type"
    case invalid
    case headTooLarge = "head-too-large"
    case badData = "bad-data"
    case cannotWrite = "cannot-write"
    case configuration
    case sourceUnavailable = "source-unavailable"
    case tryAgain = "try-again"
    case busy
    case stopping

    /// The answer's status.
    var status: HTTPResponse.Status {
        switch self {
        case .malformed: .badRequest
        case .unauthorized: .unauthorized
        case .foreign: .forbidden
        case .notFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .tooSlow: .requestTimeout
        case .tooLarge: .contentTooLarge
        case .unsupportedMediaType: .unsupportedMediaType
        case .invalid: .unprocessableContent
        case .headTooLarge: .requestHeaderFieldsTooLarge
        case .badData, .cannotWrite, .configuration: .internalServerError
        case .sourceUnavailable: .badGateway
        case .tryAgain, .busy, .stopping: .serviceUnavailable
        }
    }

    /// What it is, in a few words.
    var title: String {
        switch self {
        case .malformed: "The request is not well-formed"
        case .unauthorized: "An ID token is needed"
        case .foreign: "The request comes from another site, or goes to one"
        case .notFound: "There is nothing here"
        case .methodNotAllowed: "The method does not apply here"
        case .tooSlow: "The request took too long to arrive"
        case .tooLarge: "The body is too large"
        case .unsupportedMediaType: "The body is of a kind that is not understood"
        case .invalid: "The request asks for something that cannot be"
        case .headTooLarge: "The request's head is too large"
        case .badData: "Data is not right"
        case .cannotWrite: "The journal cannot be written"
        case .configuration: "A setting is wrong or missing"
        case .sourceUnavailable: "The source of data is unavailable"
        case .tryAgain: "Not now"
        case .busy: "Too many backtests are running"
        case .stopping: "The service is stopping"
        }
    }

    /// Seconds after which the same request may succeed; nil when it will not by itself.
    var retryAfter: Int? {
        switch self {
        case .tryAgain: 300
        case .busy: 30
        case .stopping: 10
        default: nil
        }
    }

    /// What `type` says.
    var type: String { "urn:trading-playbook:problem:\(rawValue)" }
}

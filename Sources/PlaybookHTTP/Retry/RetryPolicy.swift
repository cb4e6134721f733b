/// Which failures are tried again, how often and after how long.
public struct RetryPolicy: Hashable, Sendable {
    /// Statuses after which the same request may succeed.
    public var statuses: Set<Int>
    /// The first attempt counts.
    public var maximumAttempts: Int
    /// The longest wait before the second attempt; it doubles with each further one.
    public var baseDelay: Duration
    /// The longest wait that is not asked for by the server.
    public var maximumDelay: Duration
    /// No attempt starts later than this after the first; waits are cut short to fit.
    public var budget: Duration
    /// The same as long as no attempt has come as far as a connection: a name that does not exist or a port that nobody
    /// listens on is more often a mistake than an outage.
    public var unreachableBudget: Duration

    /// A policy.
    public init(
        statuses: Set<Int> = [408, 429, 500, 502, 503, 504], maximumAttempts: Int = 5,
        baseDelay: Duration = .milliseconds(250), maximumDelay: Duration = .seconds(20),
        budget: Duration = .seconds(120), unreachableBudget: Duration = .seconds(15)
    ) {
        self.statuses = statuses
        self.maximumAttempts = maximumAttempts
        self.baseDelay = baseDelay
        self.maximumDelay = maximumDelay
        self.budget = budget
        self.unreachableBudget = min(unreachableBudget, budget)
    }

    /// Why the outcome of an attempt calls for another; nil when it does not.
    public func reason(_ outcome: Result<HTTPResponse, HTTPError>) -> RetryReason? {
        switch outcome {
        case .success(let response): statuses.contains(response.status) ? .status(response.status) : nil
        case .failure(let error): error.isTransient ? .error(error.code) : nil
        }
    }

    /// The longest wait after attempt number `attempt`. A wait is drawn evenly from zero to this ("full jitter"), so that
    /// clients that failed together do not return together.
    public func delayBound(attempt: Int) -> Duration {
        var bound = min(baseDelay, maximumDelay)
        for _ in 1..<max(attempt, 1) where bound < maximumDelay { bound = min(bound * 2, maximumDelay) }
        return bound
    }
}

/// Why a request is sent again.
public enum RetryReason: Hashable, Sendable, CustomStringConvertible {
    /// The answer's status.
    case status(Int)
    /// No complete answer came.
    case error(HTTPError.Code)

    /// `status 429` or `timeout`: bounded, fit for labels.
    public var description: String {
        switch self {
        case .status(let status): "status \(status)"
        case .error(let code): code.rawValue
        }
    }
}

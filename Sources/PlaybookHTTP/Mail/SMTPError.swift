/// Why a message was not sent. Names the server; never holds a password.
public struct SMTPError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What went wrong.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// The server, the account or this machine is not set up for it.
        case settings
        /// The server refuses the message for good.
        case refused
        /// Not now: the server cannot be reached, is too slow or refuses for the time being.
        case unavailable
        /// The task was cancelled; the message may have been sent.
        case cancelled
    }

    /// What went wrong.
    public let code: Code
    /// What happened at which server.
    public let message: String
    /// What to do next.
    public let nextStep: String

    init(_ code: Code, _ message: String, nextStep: String) {
        self.code = code
        self.message = message
        self.nextStep = nextStep
    }

    public var description: String { "\(message)\n  \(nextStep)" }
}

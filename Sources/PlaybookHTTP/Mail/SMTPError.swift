public import PlaybookCore

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
    public let facts: NeutralText
    /// What to do next.
    public let remedy: Remedy

    init(_ code: Code, _ facts: NeutralText, nextStep: Remedy) {
        self.code = code
        self.facts = facts
        remedy = nextStep
    }

    /// What happened and what to do next, in plain words.
    public var description: String { "\(facts.description)\n  \(remedy.description)" }
}

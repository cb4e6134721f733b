/// An error as a user meets it: what happened to what, what to do next, and what a script should make of it.
public struct PlaybookError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The class of an error; its raw value is the process's exit code (those of BSD's sysexits.h).
    public enum Code: Int32, Sendable, CaseIterable {
        /// What was asked for is not possible.
        case usage = 64
        /// Data was read but is not right.
        case badData = 65
        /// A source of data cannot be reached or does not have what was asked for.
        case sourceUnavailable = 69
        /// A journal, a file or the cache cannot be written.
        case cannotWrite = 73
        /// What was done cannot be told: standard output fails. What was to be written is written.
        case cannotTell = 74
        /// Not now; the same call may succeed later.
        case tryAgain = 75
        /// A setting is wrong or missing.
        case configuration = 78
    }

    /// The class of the error.
    public let code: Code
    /// What happened, to which file, line, field or setting. Never a secret.
    public let message: String
    /// What to do next.
    public let nextStep: String?
    /// The last session that a symbol has bars of, when what happened is that its data has ended.
    public let dataEnd: CivilDate?

    /// An error of class `code`.
    public init(_ code: Code, _ message: String, nextStep: String? = nil, dataEnd: CivilDate? = nil) {
        self.code = code
        self.message = message
        self.nextStep = nextStep
        self.dataEnd = dataEnd
    }

    public var description: String { nextStep.map { "\(message)\n  \($0)" } ?? message }
}

/// `1 row`, `2 rows`: how many of something there are, for people.
package func counted(_ count: Int, _ noun: String) -> String { count == 1 ? "1 \(noun)" : "\(count) \(noun)s" }

/// An error as a value: what happened to what, what to do next, and of which class it is. The edge where it is shown
/// words it, by `words`.
public struct PlaybookError: Error, Equatable, Sendable {
    /// The class of an error.
    public enum Code: Sendable, CaseIterable {
        /// What was asked for is not possible.
        case usage
        /// Data was read but is not right.
        case badData
        /// A source of data cannot be reached or does not have what was asked for.
        case sourceUnavailable
        /// A journal, a file or the cache cannot be written.
        case cannotWrite
        /// What was done cannot be told: standard output fails. What was to be written is written.
        case cannotTell
        /// Not now; the same call may succeed later.
        case tryAgain
        /// A setting is wrong or missing.
        case configuration
    }

    /// The class of the error.
    public let code: Code
    /// What happened, to which file, line, field or setting. Never a secret.
    public let facts: NeutralText
    /// What to do next.
    public let remedy: Remedy?
    /// The last session that a symbol has bars of, when what happened is that its data has ended.
    public let dataEnd: CivilDate?

    /// An error of class `code`.
    public init(_ code: Code, _ facts: NeutralText, nextStep: Remedy? = nil, dataEnd: CivilDate? = nil) {
        self.code = code
        self.facts = facts
        self.remedy = nextStep
        self.dataEnd = dataEnd
    }

    /// What happened and what to do next, a line each, in the words of `vocabulary`.
    public func words(_ vocabulary: some Vocabulary) -> String {
        let facts = facts.words(vocabulary)
        return remedy.map { "\(facts)\n  \($0.words(vocabulary))" } ?? facts
    }
}

extension PlaybookError: NeutralTextConvertible, CustomStringConvertible {
    public var neutralText: NeutralText { remedy.map { "\(facts)\n  \($0)" } ?? facts }

    /// What happened and what to do next, in plain words.
    public var description: String { words(PlainWords()) }
}

/// `1 row`, `2 rows`: how many of something there are, for people.
package func counted(_ count: Int, _ noun: String) -> String { count == 1 ? "1 \(noun)" : "\(count) \(noun)s" }

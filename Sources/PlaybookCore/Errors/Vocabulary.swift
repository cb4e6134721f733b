/// What an edge, where people read errors, calls settings and commands.
public protocol Vocabulary: Sendable {
    /// What `topic` is called where something is said of it, with its value where that counts.
    func name(of topic: Topic, _ value: String?) -> String

    /// How `topic` is set, to `value` where one is known.
    func setting(_ topic: Topic, to value: String?) -> String

    /// How `action` is done.
    func command(for action: Action) -> String
}

extension Vocabulary {
    /// Any error in these words.
    public func words(of error: any Error) -> String { (error as? PlaybookError)?.words(self) ?? "\(error)" }
}

/// What settings are for, where nobody knows yet what they are called.
public struct PlainWords: Vocabulary {
    public init() {}

    public func name(of topic: Topic, _ value: String?) -> String { topic.words + (value.map { " (\($0))" } ?? "") }

    public func setting(_ topic: Topic, to value: String?) -> String { name(of: topic, value) }

    public func command(for action: Action) -> String { action.words }
}

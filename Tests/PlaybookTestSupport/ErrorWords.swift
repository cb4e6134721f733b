public import PlaybookCore

/// Words that show what a text refers to: `<stampsOfBars=close>`, `<set cacheFolder>`, `<run checkData>`.
public struct TestWords: Vocabulary {
    public init() {}

    public func name(of topic: Topic, _ value: String?) -> String {
        "<\(topic.rawValue)\(value.map { "=\($0)" } ?? "")>"
    }

    public func setting(_ topic: Topic, to value: String?) -> String {
        "<set \(topic.rawValue)\(value.map { "=\($0)" } ?? "")>"
    }

    public func command(for action: Action) -> String { "<run \(action)>" }
}

extension NeutralText {
    /// The text with what it refers to.
    public var shown: String { words(TestWords()) }

    public func contains(_ text: String) -> Bool { shown.contains(text) }
    public func hasPrefix(_ text: String) -> Bool { shown.hasPrefix(text) }
    public func hasSuffix(_ text: String) -> Bool { shown.hasSuffix(text) }
}

extension PlaybookError {
    /// What happened, with what that refers to.
    public var message: String { facts.shown }

    /// What to do next, with what that refers to.
    public var nextStep: String? { remedy?.words(TestWords()) }
}

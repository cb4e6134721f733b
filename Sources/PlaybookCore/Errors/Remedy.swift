/// What to do about an error, as a value: sentences that name settings and commands without saying what an edge calls
/// them. A plain text is a remedy too.
public struct Remedy: Hashable, Sendable {
    /// The sentences.
    public let text: NeutralText

    /// A remedy of nothing but `text`.
    public init(_ text: NeutralText) { self.text = text }

    /// A remedy of nothing but `text`.
    public init(_ text: String) { self.text = NeutralText(text) }

    /// Set `topic`, to `value` where one is known.
    public static func set(_ topic: Topic, to value: String? = nil) -> Remedy { "Set \(.set(topic, to: value))." }

    /// Do `action`.
    public static func run(_ action: Action) -> Remedy { "Run \(.run(action))." }

    /// Correct a line of a file, counted from 1, or the file.
    public static func edit(_ file: String, line: Int? = nil) -> Remedy {
        line.map { "Correct line \($0) of \(file)." } ?? "Correct \(file)."
    }

    /// Those of `remedies` that there are, one after the other; nil without any.
    public static func all(_ remedies: Remedy?...) -> Remedy? {
        let texts = remedies.compactMap { $0?.text }
        return texts.isEmpty ? nil : Remedy(texts.joined(separator: " "))
    }

    /// One after the other.
    public static func + (left: Remedy, right: Remedy) -> Remedy { Remedy(left.text + right.text) }

    /// The settings that it speaks of, in their order.
    public var topics: [Topic] { text.topics }

    /// The sentences in the words of `vocabulary`.
    public func words(_ vocabulary: some Vocabulary) -> String { text.words(vocabulary) }
}

extension Remedy: ExpressibleByStringInterpolation {
    public init(stringLiteral text: String) { self.init(text) }
    public init(stringInterpolation interpolation: NeutralText.StringInterpolation) { self.init(interpolation.text) }
}

extension Remedy: NeutralTextConvertible, CustomStringConvertible {
    public var neutralText: NeutralText { text }
    public var description: String { text.description }
}

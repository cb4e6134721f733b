/// A text that does not know where it is shown: instead of what a setting or a command is called there, it holds the
/// setting or the command itself. A `Vocabulary` words it, once, at the edge where people read it.
///
/// It is written as any other text: `"\(.named(.stampsOfBars, "close")), but no bar is at the close"`.
public struct NeutralText: Hashable, Sendable {
    /// Something that each edge has its own words for.
    public enum Reference: Hashable, Sendable {
        /// A setting that something is said of, with its value where that counts.
        case named(Topic, String? = nil)
        /// A setting that is to be changed, with the value that it should get.
        case set(Topic, to: String? = nil)
        /// Something to be done.
        case run(Action)
    }

    /// A piece of a text.
    public enum Piece: Hashable, Sendable {
        case text(String)
        case reference(Reference)
    }

    /// The pieces; no two texts follow each other, and none is empty.
    public private(set) var pieces: [Piece] = []

    /// A text of nothing but `text`.
    public init(_ text: String) { append(text) }

    /// The settings that it speaks of, in their order.
    public var topics: [Topic] {
        pieces.compactMap {
            switch $0 {
            case .reference(.named(let topic, _)), .reference(.set(let topic, _)): topic
            default: nil
            }
        }
    }

    /// The text in the words of `vocabulary`.
    public func words(_ vocabulary: some Vocabulary) -> String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .reference(.named(let topic, let value)): vocabulary.name(of: topic, value)
            case .reference(.set(let topic, let value)): vocabulary.setting(topic, to: value)
            case .reference(.run(let action)): vocabulary.command(for: action)
            }
        }.joined()
    }

    mutating func append(_ text: String) {
        guard !text.isEmpty else { return }
        if case .text(let last)? = pieces.last {
            pieces[pieces.count - 1] = .text(last + text)
        } else {
            pieces.append(.text(text))
        }
    }

    mutating func append(_ text: NeutralText) {
        for piece in text.pieces {
            switch piece {
            case .text(let text): append(text)
            case .reference: pieces.append(piece)
            }
        }
    }

    mutating func append(_ reference: Reference) { pieces.append(.reference(reference)) }
}

extension NeutralText: CustomStringConvertible {
    /// The text in plain words, which say what a setting is for and not what it is called.
    public var description: String { words(PlainWords()) }
}

/// What has a neutral text: in another one it stays neutral.
public protocol NeutralTextConvertible {
    var neutralText: NeutralText { get }
}

extension NeutralText: NeutralTextConvertible {
    public var neutralText: NeutralText { self }
}

extension NeutralText: ExpressibleByStringInterpolation {
    public struct StringInterpolation: StringInterpolationProtocol, Sendable {
        var text = NeutralText("")

        public init(literalCapacity: Int, interpolationCount: Int) {}

        public mutating func appendLiteral(_ literal: String) { text.append(literal) }

        /// What each edge words in its own way.
        public mutating func appendInterpolation(_ reference: Reference) { text.append(reference) }

        /// Anything else as in a `String`; what is neutral stays so.
        public mutating func appendInterpolation<Value>(_ value: Value) {
            if let value = value as? any NeutralTextConvertible {
                text.append(value.neutralText)
            } else {
                text.append("\(value)")
            }
        }
    }

    public init(stringLiteral text: String) { self.init(text) }
    public init(stringInterpolation interpolation: StringInterpolation) { self = interpolation.text }
}

extension NeutralText {
    /// One after the other.
    public static func + (left: NeutralText, right: NeutralText) -> NeutralText {
        var all = left
        all.append(right)
        return all
    }
}

extension Sequence<NeutralText> {
    /// One after the other, with `separator` between them.
    public func joined(separator: String) -> NeutralText {
        var all = NeutralText("")
        for (index, text) in enumerated() {
            if index > 0 { all.append(separator) }
            all.append(text)
        }
        return all
    }
}

extension NeutralText {
    /// The text with `other` wherever `part` stood.
    public func replacing(_ part: String, with other: NeutralText) -> NeutralText {
        var all = NeutralText("")
        for piece in pieces {
            switch piece {
            case .reference(let reference): all.append(reference)
            case .text(let text):
                var rest = text[...]
                while !part.isEmpty, let place = rest.firstRange(of: part) {
                    all.append(String(rest[..<place.lowerBound]))
                    all.append(other)
                    rest = rest[place.upperBound...]
                }
                all.append(String(rest))
            }
        }
        return all
    }
}

/// A value in a log record: what JSON can hold.
public enum LogValue: Sendable, Hashable {
    case null
    case flag(Bool)
    case number(Double)
    case count(Int)
    case text(String)
    case list([LogValue])
    case fields([String: LogValue])

    /// A number, or null when there is none.
    package init(_ number: Double?) { self = number.map { .number($0) } ?? .null }

    /// A text, or null when there is none.
    package init(_ text: String?) { self = text.map { .text($0) } ?? .null }

    /// A count, or null when there is none.
    package init(_ count: Int?) { self = count.map { .count($0) } ?? .null }
}

extension LogValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByStringInterpolation {
    public init(stringLiteral text: String) { self = .text(text) }
    public init(integerLiteral count: Int) { self = .count(count) }
}

extension LogValue: Encodable {
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .flag(let flag): try container.encode(flag)
        // JSON knows no infinity.
        case .number(let number): try number.isFinite ? container.encode(number) : container.encodeNil()
        case .count(let count): try container.encode(count)
        case .text(let text): try container.encode(text)
        case .list(let values): try container.encode(values)
        case .fields(let fields): try container.encode(fields)
        }
    }
}

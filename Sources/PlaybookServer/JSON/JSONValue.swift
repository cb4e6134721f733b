/// A JSON document, in memory.
enum JSONValue: Sendable, Hashable {
    case null
    case flag(Bool)
    /// As it is spelled.
    case number(String)
    case text(String)
    case list([JSONValue])
    case fields([String: JSONValue])

    /// The value of a field; nil when there is none, or when this holds no fields.
    subscript(name: String) -> JSONValue? {
        if case .fields(let fields) = self { fields[name] } else { nil }
    }

    /// What kind of value this is, in words.
    var kind: String {
        switch self {
        case .null: "null"
        case .flag: "a boolean"
        case .number: "a number"
        case .text: "a string"
        case .list: "an array"
        case .fields: "an object"
        }
    }

    /// `first` with the fields of `second`, which count before.
    static func + (first: JSONValue, second: JSONValue) -> JSONValue {
        guard case .fields(let one) = first, case .fields(let other) = second else { return second }
        return .fields(one.merging(other) { $1 })
    }
}

// Not by nil: an optional value's nil must not turn into null.
extension JSONValue: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByStringInterpolation,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(booleanLiteral flag: Bool) { self = .flag(flag) }
    init(integerLiteral number: Int) { self = .number(String(number)) }
    init(stringLiteral text: String) { self = .text(text) }
    init(arrayLiteral values: JSONValue...) { self = .list(values) }
    init(dictionaryLiteral fields: (String, JSONValue)...) { self = .fields(Dictionary(uniqueKeysWithValues: fields)) }
}

extension JSONValue {
    /// The document as text: a field a line, sorted by name.
    var document: String {
        var text = ""
        write(to: &text, indent: "\n")
        return text
    }

    private func write(to text: inout String, indent: String) {
        switch self {
        case .null: text += "null"
        case .flag(let flag): text += flag ? "true" : "false"
        case .number(let number): text += number
        case .text(let string): Self.write(string, to: &text)
        case .list(let values):
            Self.write(values, "[", "]", to: &text, indent) { $0.write(to: &$1, indent: indent + "  ") }
        case .fields(let fields):
            Self.write(fields.sorted { $0.key < $1.key }, "{", "}", to: &text, indent) {
                Self.write($0.key, to: &$1)
                $1 += " : "
                $0.value.write(to: &$1, indent: indent + "  ")
            }
        }
    }

    private static func write<Element>(
        _ elements: [Element], _ start: String, _ end: String, to text: inout String, _ indent: String,
        element: (Element, inout String) -> Void
    ) {
        text += start
        for (index, next) in elements.enumerated() {
            text += (index == 0 ? "" : ",") + indent + "  "
            element(next, &text)
        }
        text += (elements.isEmpty ? "" : indent) + end
    }

    private static func write(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}

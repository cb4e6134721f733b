import PlaybookReading

/// Reads the JSON of requests.
enum JSONParser {
    typealias Failure = JSONReader.Failure

    /// The document that `bytes` hold.
    static func parse(_ bytes: [UInt8]) throws(Failure) -> JSONValue { JSONValue(try JSONReader.parse(bytes)) }

    /// `name` as a step of a JSON pointer.
    static func step(_ name: String) -> String { JSONReader.step(name) }
}

extension JSONValue {
    /// A document whose fields have no order.
    init(_ tree: JSONTree) {
        self =
            switch tree {
            case .null: .null
            case .flag(let flag): .flag(flag)
            case .number(let spelling): .number(spelling)
            case .text(let text): .text(text)
            case .list(let values): .list(values.map { JSONValue($0) })
            case .fields(let fields):
                .fields(Dictionary(fields.map { ($0.name, JSONValue($0.value)) }, uniquingKeysWith: { $1 }))
            }
    }
}

/// A value in a BSON document (bsonspec.org), as far as a journal or the server's answers need it.
enum BSONValue: Hashable, Sendable {
    case double(Double)
    case string(String)
    case document(BSONDocument)
    /// A document whose names are 0, 1, 2 …
    case array(BSONDocument)
    case objectID([UInt8])
    case bool(Bool)
    /// Milliseconds since 1970-01-01 00:00 UTC.
    case date(Int64)
    case null
    case int32(Int32)
    case int64(Int64)
    /// A value of another type: the type's number, and the value's bytes.
    case other(UInt8, [UInt8])

    /// An array of `values`.
    static func array(_ values: some Sequence<BSONValue>) -> BSONValue {
        var document = BSONDocument()
        for (index, value) in values.enumerated() { document.append(String(index), value) }
        return .array(document)
    }

    var string: String? { if case .string(let string) = self { string } else { nil } }
    var date: Int64? { if case .date(let date) = self { date } else { nil } }
    /// A document's or an array's content.
    var content: BSONDocument? {
        switch self {
        case .document(let content), .array(let content): content
        default: nil
        }
    }
}

/// A BSON document as bytes, built by appending.
struct BSONDocument: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    /// All of it: its length, the fields, a zero.
    private(set) var bytes: [UInt8]

    /// A document of bytes from elsewhere, which may be damaged.
    init(bytes: [UInt8]) { self.bytes = bytes }

    /// An empty document.
    init() { bytes = [5, 0, 0, 0, 0] }

    /// The fields in their order.
    init(dictionaryLiteral fields: (String, BSONValue)...) {
        self.init()
        for (name, value) in fields { append(name, value) }
    }

    /// Adds a field. Its name must not hold a zero.
    mutating func append(_ name: String, _ value: BSONValue) {
        bytes.removeLast()
        bytes.append(value.type)
        bytes += name.utf8
        bytes.append(0)
        switch value {
        case .double(let number): append(number.bitPattern)
        case .string(let text):
            append(Int32(text.utf8.count + 1))
            bytes += text.utf8
            bytes.append(0)
        case .document(let content), .array(let content): bytes += content.bytes
        case .objectID(let id): bytes += id
        case .bool(let flag): bytes.append(flag ? 1 : 0)
        case .date(let milliseconds): append(milliseconds)
        case .null: break
        case .other(_, let content): bytes += content
        case .int32(let number): append(number)
        case .int64(let number): append(number)
        }
        bytes.append(0)
        withUnsafeBytes(of: UInt32(bytes.count).littleEndian) { bytes.replaceSubrange(0..<4, with: $0) }
    }

    private mutating func append(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
    }
}

extension BSONValue {
    /// The number of its type.
    fileprivate var type: UInt8 {
        switch self {
        case .double: 0x01
        case .string: 0x02
        case .document: 0x03
        case .array: 0x04
        case .objectID: 0x07
        case .bool: 0x08
        case .date: 0x09
        case .null: 0x0A
        case .int32: 0x10
        case .int64: 0x12
        case .other(let type, _): type
        }
    }
}

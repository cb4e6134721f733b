/// Bytes that are not BSON.
struct BSONError: Error {}

extension BSONDocument {
    /// The fields in their order.
    ///
    /// - Throws: `BSONError` when the bytes are not BSON.
    func fields() throws(BSONError) -> [(name: String, value: BSONValue)] {
        var reader = BSONReader(bytes)
        return try reader.document()
    }

    /// The first value called `name`; nil when there is none.
    func value(_ name: String) -> BSONValue? { try? fields().first { $0.name == name }?.value }
}

/// Takes a document apart, checking every length.
private struct BSONReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(BSONError) -> [(name: String, value: BSONValue)] {
        guard Int(try integer(Int32.self)) == bytes.count else { throw BSONError() }
        var fields: [(name: String, value: BSONValue)] = []
        fields.reserveCapacity(48)
        while true {
            let type = try byte()
            if type == 0 { break }
            fields.append((try name(), try value(type)))
        }
        guard position == bytes.count else { throw BSONError() }
        return fields
    }

    private mutating func value(_ type: UInt8) throws(BSONError) -> BSONValue {
        switch type {
        case 0x01: return .double(Double(bitPattern: try integer(UInt64.self)))
        case 0x02: return .string(try string())
        case 0x03: return .document(BSONDocument(bytes: Array(try nested())))
        case 0x04: return .array(BSONDocument(bytes: Array(try nested())))
        case 0x07: return .objectID(Array(try take(12)))
        case 0x08: return .bool(try byte() != 0)
        case 0x09: return .date(try integer(Int64.self))
        case 0x0A: return .null
        case 0x10: return .int32(try integer(Int32.self))
        case 0x12: return .int64(try integer(Int64.self))
        default:
            let start = position
            try skip(type)
            return .other(type, Array(bytes[start..<position]))
        }
    }

    /// Passes a value that no journal has.
    private mutating func skip(_ type: UInt8) throws(BSONError) {
        switch type {
        case 0x05: _ = try take(Int(try integer(Int32.self)) + 1)  // binary, after its subtype
        case 0x06, 0x7F, 0xFF: break  // undefined, largest and smallest key
        case 0x0B: _ = (try name(), try name())  // regular expression
        case 0x0C: _ = (try string(), try take(12))  // pointer
        case 0x0D, 0x0E: _ = try string()  // code, symbol
        case 0x0F: _ = try nested()  // code with variables
        case 0x11: _ = try take(8)  // timestamp
        case 0x13: _ = try take(16)  // decimal
        default: throw BSONError()
        }
    }

    /// Bytes that begin with their number.
    private mutating func nested() throws(BSONError) -> ArraySlice<UInt8> {
        let start = position
        let count = Int(try integer(Int32.self))
        guard count >= 5 else { throw BSONError() }
        position = start
        return try take(count)
    }

    private mutating func string() throws(BSONError) -> String {
        let content = try take(Int(try integer(Int32.self)))
        guard content.last == 0, let text = String(validating: content.dropLast(), as: UTF8.self) else {
            throw BSONError()
        }
        return text
    }

    /// Text that ends with a zero.
    private mutating func name() throws(BSONError) -> String {
        guard let end = bytes[position...].firstIndex(of: 0),
            let text = String(validating: bytes[position..<end], as: UTF8.self)
        else { throw BSONError() }
        position = end + 1
        return text
    }

    private mutating func integer<Integer: FixedWidthInteger>(_: Integer.Type) throws(BSONError) -> Integer {
        var number: Integer = 0
        for byte in try take(Integer.bitWidth / 8).reversed() {
            number = number << 8 | Integer(truncatingIfNeeded: byte)
        }
        return number
    }

    private mutating func byte() throws(BSONError) -> UInt8 { try integer(UInt8.self) }

    private mutating func take(_ count: Int) throws(BSONError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= bytes.count - position else { throw BSONError() }
        defer { position += count }
        return bytes[position..<(position + count)]
    }
}

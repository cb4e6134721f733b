/// Reads Thrift's compact protocol from bytes that may be anything: each read is checked against the end.
struct ThriftReader {
    /// A field of a structure.
    struct Field {
        var id: Int
        var type: ThriftType
    }

    private let base: UnsafeRawPointer
    /// Where the first byte is in the file, for errors.
    private let origin: Int
    /// The next byte to read.
    private(set) var position: Int
    /// One past the last byte.
    let end: Int

    /// Structures within structures that are followed; Parquet's own are 6 deep.
    private static let deepest = 24

    init(_ base: UnsafeRawPointer, _ range: Range<Int>, origin: Int = 0) {
        self.base = base
        self.origin = origin
        position = range.lowerBound
        end = range.upperBound
    }

    func error(_ what: String) -> ParquetError { ParquetError("byte \(origin + position): \(what)") }

    mutating func byte() throws(ParquetError) -> UInt8 {
        guard position < end else { throw error("the structure is cut off") }
        defer { position += 1 }
        return base.load(fromByteOffset: position, as: UInt8.self)
    }

    mutating func unsigned() throws(ParquetError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = try byte()
            value |= UInt64(next & 0x7F) << shift
            if next < 0x80 { return value }
            shift += 7
            guard shift < 64 else { throw error("a number is longer than 64 bits") }
        }
    }

    mutating func signed() throws(ParquetError) -> Int64 {
        let raw = try unsigned()
        return Int64(bitPattern: raw >> 1) ^ -Int64(bitPattern: raw & 1)
    }

    /// The next field's head; nil at the structure's end. `last` is the id of the field before, 0 at the start.
    mutating func field(after last: inout Int) throws(ParquetError) -> Field? {
        let head = try byte()
        if head == 0 { return nil }
        guard let type = ThriftType(rawValue: head & 15) else { throw error("unknown type \(head & 15)") }
        let delta = Int(head >> 4)
        if delta == 0 {
            let id = try signed()
            guard let small = Int16(exactly: id) else { throw error("field number \(id) is out of range") }
            last = Int(small)
        } else {
            last += delta
            guard last <= Int(Int16.max) else { throw error("field number \(last) is out of range") }
        }
        return Field(id: last, type: type)
    }

    /// An integer of any width.
    mutating func integer(_ field: Field) throws(ParquetError) -> Int64 {
        switch field.type {
        case .int16, .int32, .int64: return try signed()
        case .byte: return Int64(Int8(bitPattern: try byte()))
        default: throw error("field \(field.id) is not an integer")
        }
    }

    mutating func int32(_ field: Field) throws(ParquetError) -> Int32 {
        let value = try integer(field)
        guard let narrow = Int32(exactly: value) else { throw error("field \(field.id) is out of range: \(value)") }
        return narrow
    }

    /// A count, length or offset: at least zero.
    mutating func size(_ field: Field) throws(ParquetError) -> Int {
        let value = try integer(field)
        guard value >= 0 else { throw error("field \(field.id) is negative: \(value)") }
        return Int(value)
    }

    func boolean(_ field: Field) throws(ParquetError) -> Bool {
        switch field.type {
        case .yes: true
        case .no: false
        default: throw error("field \(field.id) is not a boolean")
        }
    }

    /// The range of a binary field's bytes.
    mutating func binary(_ field: Field) throws(ParquetError) -> Range<Int> {
        guard field.type == .binary else { throw error("field \(field.id) is not a string") }
        return try bytes()
    }

    /// A text; bytes that are not UTF-8 are replaced.
    mutating func text(_ field: Field) throws(ParquetError) -> String {
        let range = try binary(field)
        return String(
            decoding: UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.count), as: UTF8.self)
    }

    /// A whole number of 64 bits in a binary field; nil if the field holds something else.
    mutating func word(_ field: Field) throws(ParquetError) -> Int64? {
        guard field.type == .binary else {
            try skip(field)
            return nil
        }
        let range = try bytes()
        guard range.count == 8 else { return nil }
        return Int64(littleEndian: (base + range.lowerBound).loadUnaligned(as: Int64.self))
    }

    private mutating func bytes() throws(ParquetError) -> Range<Int> {
        let count = try unsigned()
        guard count <= UInt64(end - position) else { throw error("a string of \(count) bytes does not fit") }
        defer { position += Int(count) }
        return position..<(position + Int(count))
    }

    /// The head of a list field of `element`s: how many follow. Each takes a byte at least.
    mutating func list(_ field: Field, of element: ThriftType) throws(ParquetError) -> Int {
        guard field.type == .list else { throw error("field \(field.id) is not a list") }
        let (count, type) = try listHead()
        guard count == 0 || type == element else { throw error("field \(field.id) is a list of something else") }
        return count
    }

    private mutating func listHead() throws(ParquetError) -> (count: Int, type: ThriftType) {
        let head = try byte()
        guard let type = ThriftType(rawValue: head & 15) else { throw error("unknown type \(head & 15)") }
        let count = head >> 4 == 15 ? try unsigned() : UInt64(head >> 4)
        guard count <= UInt64(end - position) else { throw error("a list of \(count) entries does not fit") }
        return (Int(count), type)
    }

    /// Goes past a field's value.
    mutating func skip(_ field: Field) throws(ParquetError) {
        if field.type != .yes && field.type != .no { try skip(field.type, depth: 0) }
    }

    private mutating func skip(_ type: ThriftType, depth: Int) throws(ParquetError) {
        guard depth < Self.deepest else { throw error("structures are nested too deep") }
        switch type {
        case .yes, .no, .byte: _ = try byte()
        case .int16, .int32, .int64: _ = try unsigned()
        case .double: try advance(8)
        case .uuid: try advance(16)
        case .binary: _ = try bytes()
        case .list, .set:
            let (count, element) = try listHead()
            for _ in 0..<count { try skip(element, depth: depth + 1) }
        case .map:
            let count = try unsigned()
            if count == 0 { return }
            guard count <= UInt64(end - position) else { throw error("a map of \(count) entries does not fit") }
            let types = try byte()
            guard let key = ThriftType(rawValue: types >> 4), let value = ThriftType(rawValue: types & 15) else {
                throw error("unknown types in a map")
            }
            for _ in 0..<count {
                try skip(key, depth: depth + 1)
                try skip(value, depth: depth + 1)
            }
        case .structure:
            var last = 0
            while let field = try field(after: &last) {
                if field.type != .yes && field.type != .no { try skip(field.type, depth: depth + 1) }
            }
        }
    }

    private mutating func advance(_ count: Int) throws(ParquetError) {
        guard count <= end - position else { throw error("the structure is cut off") }
        position += count
    }
}

/// Writes Thrift's compact protocol.
struct ThriftWriter {
    private(set) var bytes: [UInt8] = []
    private var last = 0
    private var outer: [Int] = []

    mutating func unsigned(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private mutating func signed(_ value: Int64) { unsigned(UInt64(bitPattern: (value << 1) ^ (value >> 63))) }

    private mutating func head(_ id: Int, _ type: ThriftType) {
        precondition(id > last && id - last < 16, "Parquet's fields are written in order")
        bytes.append(UInt8(id - last) << 4 | type.rawValue)
        last = id
    }

    mutating func int16(_ id: Int, _ value: Int16) {
        head(id, .int16)
        signed(Int64(value))
    }

    mutating func int32(_ id: Int, _ value: Int32) {
        head(id, .int32)
        signed(Int64(value))
    }

    mutating func int64(_ id: Int, _ value: Int) {
        head(id, .int64)
        signed(Int64(value))
    }

    mutating func boolean(_ id: Int, _ value: Bool) { head(id, value ? .yes : .no) }

    mutating func binary(_ id: Int, _ value: some Collection<UInt8>) {
        head(id, .binary)
        unsigned(UInt64(value.count))
        bytes.append(contentsOf: value)
    }

    mutating func text(_ id: Int, _ value: String) { binary(id, value.utf8) }

    mutating func structure(_ id: Int, _ body: (inout ThriftWriter) -> Void) {
        head(id, .structure)
        structure(body)
    }

    /// A structure that is not a field: the outermost, or an entry of a list.
    mutating func structure(_ body: (inout ThriftWriter) -> Void) {
        outer.append(last)
        last = 0
        body(&self)
        bytes.append(0)
        last = outer.removeLast()
    }

    mutating func list<Element>(
        _ id: Int, _ values: [Element], _ body: (inout ThriftWriter, Element) -> Void
    ) {
        listHead(id, .structure, values.count)
        for value in values { structure { body(&$0, value) } }
    }

    mutating func list(_ id: Int, _ values: [Int32]) {
        listHead(id, .int32, values.count)
        for value in values { signed(Int64(value)) }
    }

    mutating func list(_ id: Int, _ values: [String]) {
        listHead(id, .binary, values.count)
        for value in values {
            unsigned(UInt64(value.utf8.count))
            bytes.append(contentsOf: value.utf8)
        }
    }

    private mutating func listHead(_ id: Int, _ type: ThriftType, _ count: Int) {
        head(id, .list)
        if count < 15 {
            bytes.append(UInt8(count) << 4 | type.rawValue)
        } else {
            bytes.append(0xF0 | type.rawValue)
            unsigned(UInt64(count))
        }
    }
}

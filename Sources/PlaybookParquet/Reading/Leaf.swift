/// A column as it is stored.
struct Leaf {
    var column: ParquetColumn
    var type: PhysicalType
    /// Bytes a value takes; of `fixedLengthByteArray` as the file says, 0 for `byteArray`.
    var width: Int
    /// Whether integers are to be read as unsigned.
    var isUnsigned: Bool

    /// The name as an error shows it.
    var label: String { "column \(ParquetError.quoted(column.name))" }

    init(_ element: SchemaElement, name: String, isNested: Bool) throws(ParquetError) {
        guard let type = element.type else {
            throw ParquetError("column \(ParquetError.quoted(name)) has no physical type")
        }
        self.type = type
        switch type {
        case .boolean: width = 1
        case .int32, .float: width = 4
        case .int64, .double: width = 8
        case .int96: width = 12
        case .byteArray: width = 0
        case .fixedLengthByteArray:
            guard (1...0xFFFF).contains(element.typeLength) else {
                throw ParquetError("column \(ParquetError.quoted(name)): a length of \(element.typeLength) bytes")
            }
            width = element.typeLength
        }
        isUnsigned = false
        if case .integer(let isSigned) = element.logical {
            isUnsigned = !isSigned
        } else if let converted = element.converted, [.uint8, .uint16, .uint32, .uint64].contains(converted) {
            isUnsigned = true
        }
        column = ParquetColumn(
            name: name, kind: isNested ? .other("nested values") : Self.kind(element, type),
            isOptional: element.repetition == 1)
    }

    private static func kind(_ element: SchemaElement, _ type: PhysicalType) -> ParquetColumn.Kind {
        switch (type, element.logical, element.converted) {
        case (.int96, _, _): .timestamp(.nanoseconds, isUTC: false)
        case (.boolean, nil, nil): .boolean
        case (.float, nil, nil), (.double, nil, nil): .double
        case (.int64, .timestamp(let unit, let isUTC), _): .timestamp(unit, isUTC: isUTC)
        case (.int64, nil, .timestampMilliseconds): .timestamp(.milliseconds, isUTC: true)
        case (.int64, nil, .timestampMicroseconds): .timestamp(.microseconds, isUTC: true)
        case (.int32, .date, _), (.int32, nil, .date): .date
        case (.int32, .integer, _), (.int64, .integer, _), (.int32, nil, nil), (.int64, nil, nil): .integer
        case (.int32, nil, .uint8), (.int32, nil, .uint16), (.int32, nil, .uint32), (.int64, nil, .uint64),
            (.int32, nil, .int8), (.int32, nil, .int16), (.int32, nil, .int32), (.int64, nil, .int64):
            .integer
        case (.float, .decimal, _), (.double, .decimal, _), (.boolean, .decimal, _): .other("an odd decimal")
        case (_, .decimal(let scale), _): decimal(scale)
        case (.int32, nil, .decimal), (.int64, nil, .decimal), (.byteArray, nil, .decimal),
            (.fixedLengthByteArray, nil, .decimal):
            decimal(element.scale)
        case (.byteArray, .string, _), (.byteArray, nil, .utf8), (.byteArray, nil, .enumeration),
            (.byteArray, nil, .json):
            .string
        case (.int32, .timeOfDay(.milliseconds), _), (.int32, nil, .timeMilliseconds): .timeOfDay(.milliseconds)
        case (.int64, .timeOfDay(.microseconds), _), (.int64, nil, .timeMicroseconds): .timeOfDay(.microseconds)
        case (.int64, .timeOfDay(.nanoseconds), _): .timeOfDay(.nanoseconds)
        case (_, .other(let name), _): .other(name)
        case (_, .float16, _): .other("FLOAT16")
        case (_, nil, .interval): .other("INTERVAL")
        case (.byteArray, nil, nil): .other("BYTE_ARRAY")
        case (.fixedLengthByteArray, nil, nil): .other("FIXED_LEN_BYTE_ARRAY")
        default: .other("an odd annotation")
        }
    }

    private static func decimal(_ scale: Int32) -> ParquetColumn.Kind {
        (0...76).contains(scale) ? .decimal(scale: Int(scale)) : .other("a decimal of scale \(scale)")
    }
}

extension Leaf {
    /// The columns of a schema in the order of the file.
    static func all(of schema: [SchemaElement]) throws(ParquetError) -> [Leaf] {
        guard let root = schema.first else { throw ParquetError("the schema is empty") }
        var leaves: [Leaf] = []
        var next = 1
        for _ in 0..<root.childCount {
            try collect(schema, &next, prefix: "", depth: 0, into: &leaves)
        }
        guard next == schema.count else { throw ParquetError("the schema has entries that belong to nothing") }
        return leaves
    }

    private static func collect(
        _ schema: [SchemaElement], _ next: inout Int, prefix: String, depth: Int, into leaves: inout [Leaf]
    ) throws(ParquetError) {
        guard next < schema.count else { throw ParquetError("the schema is cut off") }
        guard depth < 16 else { throw ParquetError("the schema is nested too deep") }
        let element = schema[next]
        next += 1
        let name = prefix + element.name
        guard (0...2).contains(element.repetition) else {
            throw ParquetError("column \(ParquetError.quoted(name)): unknown repetition \(element.repetition)")
        }
        if element.childCount == 0 && element.type != nil {
            leaves.append(try Leaf(element, name: name, isNested: depth > 0 || element.repetition == 2))
            return
        }
        // A name is repeated before all that is within: a long one is left out.
        let inner = name.utf8.count <= 256 ? name + "." : "…."
        for _ in 0..<element.childCount {
            try collect(schema, &next, prefix: inner, depth: depth + 1, into: &leaves)
        }
    }
}

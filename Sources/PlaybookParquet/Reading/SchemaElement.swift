/// An entry of the schema: a column, or what columns are within.
struct SchemaElement {
    /// The newer annotation, as far as this codec knows it.
    enum LogicalType {
        case string, date, float16
        case decimal(scale: Int32)
        case timestamp(ParquetColumn.TimeUnit, isUTC: Bool)
        case timeOfDay(ParquetColumn.TimeUnit)
        case integer(isSigned: Bool)
        case other(String)
    }

    var type: PhysicalType?
    var typeLength = 0
    var repetition: Int32 = 0
    var name = ""
    var childCount = 0
    var converted: ConvertedType?
    var scale: Int32 = 0
    var logical: LogicalType?

    init(_ reader: inout ThriftReader) throws(ParquetError) {
        var last = 0
        while let field = try reader.field(after: &last) {
            switch field.id {
            case 1:
                let raw = try reader.int32(field)
                guard let known = PhysicalType(rawValue: raw) else {
                    throw reader.error("unknown physical type \(raw)")
                }
                type = known
            case 2: typeLength = try reader.size(field)
            case 3: repetition = try reader.int32(field)
            case 4: name = try reader.text(field)
            case 5: childCount = try reader.size(field)
            case 6: converted = ConvertedType(rawValue: try reader.int32(field))
            case 7: scale = try reader.int32(field)
            case 10: logical = try Self.logicalType(field, &reader)
            default: try reader.skip(field)
            }
        }
    }

    private static func logicalType(
        _ field: ThriftReader.Field, _ reader: inout ThriftReader
    ) throws(ParquetError) -> LogicalType? {
        guard field.type == .structure else { throw reader.error("the logical type is not a structure") }
        var result: LogicalType?
        var last = 0
        while let choice = try reader.field(after: &last) {
            guard choice.type == .structure else { throw reader.error("the logical type is not a structure") }
            switch choice.id {
            case 1, 4, 12:
                result = .string
                try reader.skip(choice)
            case 5: result = .decimal(scale: try decimalScale(&reader))
            case 6:
                result = .date
                try reader.skip(choice)
            case 7:
                result = try clock(&reader).unit.map { .timeOfDay($0) } ?? .other("times of an unknown unit")
            case 8:
                let (unit, isUTC) = try clock(&reader)
                result = unit.map { .timestamp($0, isUTC: isUTC) } ?? .other("timestamps of an unknown unit")
            case 10: result = .integer(isSigned: try isSigned(&reader))
            case 15:
                result = .float16
                try reader.skip(choice)
            default:
                let names = [2: "MAP", 3: "LIST", 11: "NULL", 13: "BSON", 14: "UUID"]
                result = .other(names[choice.id] ?? "logical type \(choice.id)")
                try reader.skip(choice)
            }
        }
        return result
    }

    private static func decimalScale(_ reader: inout ThriftReader) throws(ParquetError) -> Int32 {
        var scale: Int32 = 0
        var last = 0
        while let field = try reader.field(after: &last) {
            if field.id == 1 { scale = try reader.int32(field) } else { try reader.skip(field) }
        }
        return scale
    }

    private static func isSigned(_ reader: inout ThriftReader) throws(ParquetError) -> Bool {
        var signed = true
        var last = 0
        while let field = try reader.field(after: &last) {
            if field.id == 2 { signed = try reader.boolean(field) } else { try reader.skip(field) }
        }
        return signed
    }

    /// The unit of times or timestamps, if it is known, and whether they are said to be UTC.
    private static func clock(
        _ reader: inout ThriftReader
    ) throws(ParquetError) -> (unit: ParquetColumn.TimeUnit?, isUTC: Bool) {
        var isUTC = false
        var unit: ParquetColumn.TimeUnit?
        var last = 0
        while let field = try reader.field(after: &last) {
            switch field.id {
            case 1: isUTC = try reader.boolean(field)
            case 2:
                guard field.type == .structure else { throw reader.error("the unit of a time is not a structure") }
                var lastUnit = 0
                while let choice = try reader.field(after: &lastUnit) {
                    switch choice.id {
                    case 1: unit = .milliseconds
                    case 2: unit = .microseconds
                    case 3: unit = .nanoseconds
                    default: break
                    }
                    try reader.skip(choice)
                }
            default: try reader.skip(field)
            }
        }
        return (unit, isUTC)
    }
}

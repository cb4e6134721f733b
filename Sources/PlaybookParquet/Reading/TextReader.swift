/// Reads a column of strings.
struct TextReader {
    private var dictionary: [String] = []
    private var indices: [UInt32] = []
    /// Bytes that strings which repeat part of the one before may yet come to.
    private var budget: Int

    /// A reader of a column in a file of `fileSize` bytes.
    init(_ leaf: Leaf, fileSize: Int) throws(ParquetError) {
        budget = fileSize.multipliedClamped(by: 64).addingClamped(64 << 20)
        guard leaf.column.kind == .string else {
            throw ParquetError("\(leaf.column.kind.words) cannot be read as strings")
        }
    }

    /// Takes the dictionary of the row group's next pages.
    mutating func setDictionary(_ page: Page) throws(ParquetError) {
        guard page.encoding == .plain || page.encoding == .plainDictionary else {
            throw ParquetError("a dictionary in encoding \(page.encoding.name)")
        }
        dictionary = try Self.plain(page.values, page.valueCount)
    }

    /// Forgets the dictionary of the row group before.
    mutating func endRowGroup() { dictionary.removeAll(keepingCapacity: true) }

    /// The values of `page` that are there.
    mutating func read(_ page: Page) throws(ParquetError) -> [String] {
        let count = page.presentCount
        if count == 0 { return [] }
        switch page.encoding {
        case .plain: return try Self.plain(page.values, count)
        case .rleDictionary, .plainDictionary: return try lookUp(page.values, count)
        case .deltaLengthByteArray: return try Self.deltaLength(page.values, count)
        case .deltaByteArray: return try delta(page.values, count)
        default: throw ParquetError("encoding \(page.encoding.name) is not supported for strings")
        }
    }

    private static func text(_ start: UnsafeRawPointer, _ count: Int) throws(ParquetError) -> String {
        try text(UnsafeRawBufferPointer(start: start, count: count))
    }

    private static func text(_ bytes: UnsafeRawBufferPointer) throws(ParquetError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw ParquetError("a string is not UTF-8") }
        return text
    }

    private static func plain(_ bytes: UnsafeRawBufferPointer, _ count: Int) throws(ParquetError) -> [String] {
        guard count <= bytes.count / 4 else { throw ParquetError("\(bytes.count) bytes for \(count) strings") }
        var cursor = ByteCursor(bytes)
        var result: [String] = []
        result.reserveCapacity(count)
        for _ in 0..<count {
            let length = Int(UInt32(littleEndian: try cursor.take(4).loadUnaligned(as: UInt32.self)))
            result.append(try text(try cursor.take(length), length))
        }
        return result
    }

    private mutating func lookUp(_ bytes: UnsafeRawBufferPointer, _ count: Int) throws(ParquetError) -> [String] {
        guard let width = bytes.first else { throw ParquetError("the values are cut off") }
        if indices.count < count { indices = [UInt32](repeating: 0, count: count) }
        try indices.withUnsafeMutableBufferPointer { (indices) throws(ParquetError) in
            guard let start = indices.baseAddress else { return }
            let packed = UnsafeRawBufferPointer(rebasing: bytes[1...])
            try HybridRuns.decode(packed, width: Int(width), count: count, into: start)
        }
        var result: [String] = []
        result.reserveCapacity(count)
        for index in indices[..<count] {
            guard index < dictionary.count else {
                throw ParquetError("entry \(index) of a dictionary of \(dictionary.count)")
            }
            result.append(dictionary[Int(index)])
        }
        return result
    }

    /// Lengths at the beginning of `bytes`, and the bytes after them.
    private static func lengths(
        _ bytes: UnsafeRawBufferPointer, _ count: Int
    ) throws(ParquetError) -> (lengths: [Int64], rest: UnsafeRawBufferPointer) {
        var lengths = [Int64](repeating: 0, count: count)
        let used = try lengths.withUnsafeMutableBufferPointer { (target) throws(ParquetError) -> Int in
            guard let start = target.baseAddress else { return 0 }
            return try DeltaBinaryPacked.decode(bytes, count: count, into: start)
        }
        return (lengths, UnsafeRawBufferPointer(rebasing: bytes[used...]))
    }

    private static func deltaLength(_ bytes: UnsafeRawBufferPointer, _ count: Int) throws(ParquetError) -> [String] {
        let (lengths, rest) = try lengths(bytes, count)
        var cursor = ByteCursor(rest)
        var result: [String] = []
        result.reserveCapacity(count)
        for length in lengths {
            result.append(try text(try cursor.take(Int(length)), Int(length)))
        }
        return result
    }

    private mutating func delta(_ bytes: UnsafeRawBufferPointer, _ count: Int) throws(ParquetError) -> [String] {
        let (prefixes, afterPrefixes) = try Self.lengths(bytes, count)
        let (suffixes, rest) = try Self.lengths(afterPrefixes, count)
        var cursor = ByteCursor(rest)
        var value: [UInt8] = []
        var result: [String] = []
        result.reserveCapacity(count)
        for (prefix, suffix) in zip(prefixes, suffixes) {
            guard prefix >= 0, prefix <= value.count else { throw ParquetError("a prefix of \(prefix) bytes") }
            let added = UnsafeRawBufferPointer(start: try cursor.take(Int(suffix)), count: Int(suffix))
            value.removeLast(value.count - Int(prefix))
            value.append(contentsOf: added)
            budget -= value.count
            guard budget >= 0 else {
                throw ParquetError("the strings expand to more than the file's size makes likely")
            }
            result.append(
                try value.withUnsafeBufferPointer { (bytes) throws(ParquetError) in
                    try Self.text(UnsafeRawBufferPointer(bytes))
                })
        }
        return result
    }
}

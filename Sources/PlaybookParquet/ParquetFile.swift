/// A Parquet file in memory: what it holds, and its columns' values.
///
/// Reads flat columns, nullable or not, in data pages of either version, uncompressed or compressed with snappy, gzip
/// or zstd. The bytes may be anything: whatever is wrong with them is an error, and memory stays in proportion to their
/// number.
public struct ParquetFile: Sendable {
    /// Values of a column, one a row.
    public struct Values<Value: Sendable>: Sendable {
        /// The values; at a null, `nan`, 0 or "".
        public internal(set) var values: [Value]
        /// The rows, counted from 0, that are null; ascending.
        public internal(set) var nullRows: [Int]
    }

    /// Rows in the file.
    public let rowCount: Int
    /// The columns in the file's order.
    public let columns: [ParquetColumn]
    /// The caller's key-value metadata; of entries with the same key, the last.
    public let metadata: [String: String]
    /// Who wrote the file, as it says.
    public let createdBy: String?
    /// Whether the file bears a seal; `verifySeal` says whether that is intact.
    public let isSealed: Bool

    let bytes: [UInt8]
    let footer: Footer
    private let footerStart: Int
    private let isVerified: Bool

    /// A file of `bytes`.
    ///
    /// - Parameter sealed: Whether it has to bear an intact seal. Page checksums are not compared again then.
    /// - Throws: `ParquetError` if the footer cannot be understood, or the seal is wanted and missing or broken.
    public init(_ bytes: [UInt8], sealed: Bool = false) throws(ParquetError) {
        let size = bytes.count
        (footer, footerStart, isSealed) = try bytes.withUnsafeBufferPointer {
            (bytes) throws(ParquetError) -> (Footer, Int, Bool) in
            let file = UnsafeRawBufferPointer(bytes)
            guard size >= 12, let base = file.baseAddress, file[..<4].elementsEqual(parquetMagic) else {
                throw ParquetError("not a Parquet file: it does not begin with PAR1")
            }
            guard file[(size - 4)...].elementsEqual(parquetMagic) else {
                let encrypted = file[(size - 4)...].elementsEqual(Array("PARE".utf8))
                throw ParquetError(
                    encrypted
                        ? "the file is encrypted, which is not supported"
                        : "the file does not end with PAR1: it is damaged or cut off")
            }
            let length = Int(UInt32(littleEndian: file.loadUnaligned(fromByteOffset: size - 8, as: UInt32.self)))
            guard length <= size - 12 else {
                throw ParquetError("a footer of \(length) bytes does not fit into a file of \(size)")
            }
            let start = size - 8 - length
            if sealed { try Seal.verify(file, at: start - Seal.size) }
            do throws(ParquetError) {
                let footer = try Footer(base, start..<(size - 8), size: size)
                return (footer, start, Seal.isPresent(in: file, at: start - Seal.size))
            } catch {
                throw error.within("footer")
            }
        }
        self.bytes = bytes
        isVerified = sealed
        rowCount = footer.rowCount
        columns = footer.leaves.map(\.column)
        metadata = Dictionary(footer.metadata.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
        createdBy = footer.createdBy
    }

    /// Throws `ParquetError` if the file bears no seal, or is not as it was when it was sealed.
    public func verifySeal() throws(ParquetError) {
        try bytes.withUnsafeBufferPointer { (bytes) throws(ParquetError) in
            try Seal.verify(UnsafeRawBufferPointer(bytes), at: footerStart - Seal.size)
        }
    }

    /// The index of the column called `name`; nil if there is none.
    public func column(named name: String) -> Int? { columns.firstIndex { $0.name == name } }

    /// Column `index` as `Double`s: of floating-point numbers, whole numbers, and decimals (rounded once). Nulls are NaN.
    ///
    /// - Throws: `ParquetError`, also for a column of another kind.
    public func doubles(_ index: Int) throws(ParquetError) -> Values<Double> {
        var nullRows: [Int] = []
        let values: [Double] = try words(index, asDouble: true, &nullRows)
        return Values(values: values, nullRows: nullRows)
    }

    /// Column `index` as `Int64`s: whole numbers as they are, dates as days since 1970-01-01, booleans as 0 and 1, and
    /// timestamps of any unit as microseconds since 1970-01-01T00:00 (nanoseconds are rounded down). Nulls are 0.
    ///
    /// - Throws: `ParquetError`, also for a column of another kind and for values that do not fit.
    public func integers(_ index: Int) throws(ParquetError) -> Values<Int64> {
        var nullRows: [Int] = []
        let values: [Int64] = try words(index, asDouble: false, &nullRows)
        return Values(values: values, nullRows: nullRows)
    }

    /// Column `index` as strings. Nulls are "".
    ///
    /// - Throws: `ParquetError`, also for a column of another kind and for text that is not UTF-8.
    public func strings(_ index: Int) throws(ParquetError) -> Values<String> {
        let leaf = footer.leaves[index]
        var result = Values<String>(values: [], nullRows: [])
        try bytes.withUnsafeBufferPointer { (bytes) throws(ParquetError) in
            do throws(ParquetError) {
                var reader = try TextReader(leaf, fileSize: bytes.count)
                var pages = PageReader(UnsafeRawBufferPointer(bytes), leaf, checksChecksums: !isVerified)
                try eachPage(index, &pages) { (event, pages) throws(ParquetError) in
                    switch event {
                    case .dictionary(let page): try reader.setDictionary(page)
                    case .values(let page): Self.append(try reader.read(page), page, pages.presence, to: &result)
                    case .end: reader.endRowGroup()
                    }
                }
            } catch {
                throw error.within(leaf.label)
            }
        }
        return result
    }

    private static func append(
        _ present: [String], _ page: Page, _ presence: [UInt8], to result: inout Values<String>
    ) {
        if page.presentCount == page.valueCount {
            result.values += present
            return
        }
        var next = 0
        for index in 0..<page.valueCount {
            if presence[index] == 1 {
                result.values.append(present[next])
                next += 1
            } else {
                result.nullRows.append(result.values.count)
                result.values.append("")
            }
        }
    }

    /// What comes along when a column's pages are gone through.
    private enum Event {
        case dictionary(Page)
        case values(Page)
        case end
    }

    /// Goes through all pages of column `index`; errors are given the row group and the page's place.
    private func eachPage(
        _ index: Int, _ pages: inout PageReader, _ body: (Event, borrowing PageReader) throws(ParquetError) -> Void
    ) throws(ParquetError) {
        for (number, group) in footer.rowGroups.enumerated() {
            do throws(ParquetError) {
                try pages.begin(group.chunks[index], rowCount: group.rowCount)
                while let page = try pages.next() {
                    try body(page.isDictionary ? .dictionary(page) : .values(page), pages)
                }
                try body(.end, pages)
            } catch {
                throw error.within("row group \(number), page at byte \(pages.pageStart)")
            }
        }
    }

    /// Column `index` as 64-bit values.
    private func words<Value>(
        _ index: Int, asDouble: Bool, _ nullRows: inout [Int]
    ) throws(ParquetError) -> [Value] {
        let leaf = footer.leaves[index]
        return try bytes.withUnsafeBufferPointer { (bytes) throws(ParquetError) in
            do throws(ParquetError) {
                var reader = try WordReader(leaf, asDouble: asDouble)
                var pages = PageReader(UnsafeRawBufferPointer(bytes), leaf, checksChecksums: !isVerified)
                var nulls: [Int] = []
                let values = try [Value](unsafeUninitializedCapacity: rowCount) {
                    (target, count) throws(ParquetError) in
                    let words = UnsafeMutableRawBufferPointer(target).bindMemory(to: UInt64.self)
                    var filled = 0
                    try eachPage(index, &pages) { (event, pages) throws(ParquetError) in
                        switch event {
                        case .dictionary(let page): try reader.setDictionary(page)
                        case .values(let page):
                            guard let start = words.baseAddress, page.valueCount <= rowCount - filled else { return }
                            try reader.read(page, into: start + filled)
                            if page.presentCount < page.valueCount {
                                reader.spread(page, pages.presence, in: start + filled)
                                for row in 0..<page.valueCount where pages.presence[row] == 0 {
                                    nulls.append(filled + row)
                                }
                            }
                            filled += page.valueCount
                        case .end: reader.endRowGroup()
                        }
                    }
                    count = filled
                }
                nullRows = nulls
                return values
            } catch {
                throw error.within(leaf.label)
            }
        }
    }
}

/// A Parquet file: what it holds, and its columns' values.
///
/// Reads flat columns, nullable or not, in data pages of either version, uncompressed or compressed with snappy, gzip
/// or zstd. The bytes may be anything: whatever is wrong with them is an error, and memory stays in proportion to their
/// number.
public struct ParquetFile: Sendable {
    /// Values of a column, one a row.
    public struct Values<Value: Sendable>: Sendable {
        /// The values; at a null, `nan`, 0 or "".
        public internal(set) var values: [Value]
        /// The rows, counted from 0 at the first row asked for, that are null; ascending.
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

    let contents: Contents
    let footer: Footer
    private let footerStart: Int
    let isVerified: Bool

    /// Bytes at the end of a file that are read first: most footers are shorter.
    private static let tailSize = 64 << 10

    /// A file of `bytes`.
    ///
    /// - Parameter sealed: Whether it has to bear an intact seal. Page checksums are not compared again then.
    /// - Throws: `ParquetError` if the footer cannot be understood, or the seal is wanted and missing or broken.
    public init(_ bytes: [UInt8], sealed: Bool = false) throws(ParquetError) {
        let end = try bytes.withUnsafeBufferPointer { (bytes) throws(ParquetError) -> End in
            let file = UnsafeRawBufferPointer(bytes)
            let length = try Self.footerLength(head: file.prefix(4), tail: file, size: file.count)
            if sealed { try Seal.verify(file, at: file.count - 8 - length - Seal.size) }
            return try End(file, origin: 0, length)
        }
        self.init(.memory(bytes), end, isVerified: sealed)
    }

    /// A file whose bytes are read when they are needed.
    ///
    /// - Throws: `ParquetError` if the end of it cannot be read or understood.
    public init(reading source: any ParquetSource) throws(ParquetError) {
        let size = source.size
        var head: [UInt8] = []
        if size >= 12 {
            head = [0, 0, 0, 0]
            try head.withUnsafeMutableBufferPointer { (buffer) throws(ParquetError) in
                try source.read(at: 0, into: UnsafeMutableRawBufferPointer(buffer))
            }
        }
        var tail = try source.tail(from: max(0, size - Self.tailSize))
        let length = try Self.footerLength(head: head[...], tail: tail, size: size)
        // A seal may stand before it, and before that at least the head of the file.
        let needed = min(size, length + 8 + Seal.size + parquetMagic.count)
        if needed > tail.count { tail = try source.tail(from: size - needed) }
        let end = try tail.withUnsafeBufferPointer { (tail) throws(ParquetError) in
            try End(UnsafeRawBufferPointer(tail), origin: size - tail.count, length)
        }
        self.init(.source(source), end, isVerified: false)
    }

    /// What the end of a file tells.
    private struct End {
        let footer: Footer
        /// Where it begins in the file.
        let start: Int
        let isSealed: Bool

        /// Of the last bytes of a file, from byte `origin` on, with a footer of `length` bytes.
        init(_ tail: UnsafeRawBufferPointer, origin: Int, _ length: Int) throws(ParquetError) {
            let start = tail.count - 8 - length
            guard start >= 0, let base = tail.baseAddress else { throw ParquetError("the footer is cut off") }
            do throws(ParquetError) {
                footer = try Footer(base, start..<(tail.count - 8), origin: origin, size: origin + tail.count)
            } catch {
                throw error.within("footer")
            }
            self.start = origin + start
            isSealed = Seal.isPresent(in: tail, at: start - Seal.size)
        }
    }

    private init(_ contents: Contents, _ end: End, isVerified: Bool) {
        self.contents = contents
        self.isVerified = isVerified
        footer = end.footer
        footerStart = end.start
        isSealed = end.isSealed
        rowCount = footer.rowCount
        columns = footer.leaves.map(\.column)
        metadata = Dictionary(footer.metadata.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
        createdBy = footer.createdBy
    }

    /// The length of the footer of a file of `size` bytes, which begins with `head` and ends with `tail`.
    private static func footerLength(
        head: some Collection<UInt8>, tail: some RandomAccessCollection<UInt8>, size: Int
    ) throws(ParquetError) -> Int {
        guard size >= 12, tail.count >= 8, head.elementsEqual(parquetMagic) else {
            throw ParquetError("not a Parquet file: it does not begin with PAR1")
        }
        guard tail.suffix(4).elementsEqual(parquetMagic) else {
            let isEncrypted = tail.suffix(4).elementsEqual(Array("PARE".utf8))
            throw ParquetError(
                isEncrypted
                    ? "the file is encrypted, which is not supported"
                    : "the file does not end with PAR1: it is damaged or cut off")
        }
        let length = tail.suffix(8).prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
        guard length <= size - 12 else {
            throw ParquetError("a footer of \(length) bytes does not fit into a file of \(size)")
        }
        return length
    }

    /// Throws `ParquetError` if the file bears no seal, or is not as it was when it was sealed.
    public func verifySeal() throws(ParquetError) {
        try withBytes { (bytes) throws(ParquetError) in
            switch bytes {
            case .memory(let bytes): try Seal.verify(bytes, at: footerStart - Seal.size)
            case .source(let source):
                try source.tail(from: 0).withUnsafeBufferPointer { (bytes) throws(ParquetError) in
                    try Seal.verify(UnsafeRawBufferPointer(bytes), at: footerStart - Seal.size)
                }
            }
        }
    }

    /// Whether column `index` holds floating-point numbers of 32 bits, of which those above 16,777,216 are rounded.
    public func isSinglePrecision(_ index: Int) -> Bool { footer.leaves[index].type == .float }

    /// The index of the column called `name`; nil if there is none.
    public func column(named name: String) -> Int? { columns.firstIndex { $0.name == name } }
}

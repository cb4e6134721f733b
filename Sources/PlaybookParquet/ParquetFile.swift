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

    let bytes: [UInt8]
    let footer: Footer
    private let footerStart: Int
    let isVerified: Bool

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

    /// Whether column `index` holds floating-point numbers of 32 bits, of which those above 16,777,216 are rounded.
    public func isSinglePrecision(_ index: Int) -> Bool { footer.leaves[index].type == .float }

    /// The index of the column called `name`; nil if there is none.
    public func column(named name: String) -> Int? { columns.firstIndex { $0.name == name } }
}

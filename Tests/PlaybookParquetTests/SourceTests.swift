import PlaybookParquet
import Synchronization
import Testing

/// The bytes of a file, handed out as they are asked for.
final class PieceSource: ParquetSource {
    let bytes: [UInt8]
    let size: Int
    private let pieces = Mutex<[Range<Int>]>([])

    /// - Parameter size: how long the file is said to be; nil for the truth.
    init(bytes: [UInt8], size: Int? = nil) {
        self.bytes = bytes
        self.size = size ?? bytes.count
    }

    /// What was asked for.
    var asked: [Range<Int>] { pieces.withLock { $0 } }

    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ParquetError) {
        let range = offset..<(offset + buffer.count)
        pieces.withLock { $0.append(range) }
        guard range.upperBound <= bytes.count else { throw ParquetError("the file has become shorter") }
        buffer.copyBytes(from: bytes[range])
    }
}

@Suite("A file that is read piece by piece")
struct SourceTests {
    @Test(
        "gives what it gives in memory",
        arguments: [
            "arrow-v1", "arrow-v2", "arrow-required", "arrow-int96", "arrow-clocks", "duckdb-v1", "duckdb-v2",
        ])
    func same(name: String) throws {
        let bytes = try fixture(name)
        let (file, pieces) = (try ParquetFile(bytes), try ParquetFile(reading: PieceSource(bytes: bytes)))
        #expect(pieces.columns == file.columns)
        #expect(pieces.metadata == file.metadata)
        for (index, column) in file.columns.enumerated() {
            for rows in [0..<40, 3..<5, 24..<40] {
                switch column.kind {
                case .string:
                    #expect(try pieces.strings(index, rows: rows).values == file.strings(index, rows: rows).values)
                case .double, .decimal:
                    let (found, wanted) = (try pieces.doubles(index, rows: rows), try file.doubles(index, rows: rows))
                    #expect(found.values.map(\.bitPattern) == wanted.values.map(\.bitPattern))
                    #expect(found.nullRows == wanted.nullRows)
                default:
                    #expect(try pieces.integers(index, rows: rows).values == file.integers(index, rows: rows).values)
                }
            }
        }
    }

    @Test("is asked for no other columns and row groups than are wanted")
    func asked() throws {
        var writer = ParquetWriter()
        writer.rowsPerGroup = 10_000
        let values = (0..<30_000).map { Double($0 * 7_919 % 30_011) }
        let bytes = writer.encode([.init("a", .doubles(values)), .init("b", .doubles(values.reversed()))])
        let source = PieceSource(bytes: bytes)
        let file = try ParquetFile(reading: source)
        let before = source.asked.count
        #expect(try file.doubles(0, rows: 10_000..<10_010).values == Array(values[10_000..<10_010]))
        let asked = source.asked[before...]
        #expect(asked.count == 1)
        #expect((asked.first?.count ?? .max) < bytes.count / 4)
    }

    @Test("may have columns of many pages, longer than what is read at a time", arguments: [1_000, 300_000])
    func manyPages(rowsPerGroup: Int) throws {
        var writer = ParquetWriter()
        writer.rowsPerGroup = rowsPerGroup
        var random = Random(state: 5)
        let values = (0..<300_000).map { _ in Double.random(in: 0..<1, using: &random) }
        let bytes = writer.encode([.init("a", .doubles(values)), .init("b", .doubles(values.map { $0.rounded() }))])
        #expect(bytes.count > 2_000_000)
        let file = try ParquetFile(reading: PieceSource(bytes: bytes))
        for rows in [0..<300_000, 65_000..<66_000, 131_071..<200_000, 299_999..<300_000] {
            #expect(try file.doubles(0, rows: rows).values == Array(values[rows]))
            #expect(try file.doubles(1, rows: rows).values == values[rows].map { $0.rounded() })
        }
    }

    @Test("may have a footer longer than what is read first, and a seal before it")
    func longFooter() throws {
        let text = String(repeating: "0123456789", count: 20_000)
        let bytes = ParquetWriter().encode([.init("a", .doubles([1, 2]))], metadata: [("text", text)])
        let file = try ParquetFile(reading: PieceSource(bytes: bytes))
        #expect(file.metadata["text"]?.count == text.count)
        #expect(try file.doubles(0).values == [1, 2])
        let isSealed = file.isSealed
        #expect(isSealed)
        try file.verifySeal()
        var damaged = bytes
        damaged[5] ^= 1
        let other = try ParquetFile(reading: PieceSource(bytes: damaged))
        #expect(throws: ParquetError.self) { try other.verifySeal() }
    }

    @Test("is refused when its end is not there any more, and so is a column")
    func shorter() throws {
        let bytes = ParquetWriter().encode([.init("a", .doubles([1, 2]))])
        #expect(throws: ParquetError("the file has become shorter")) {
            try ParquetFile(reading: PieceSource(bytes: bytes, size: bytes.count + 9))
        }
        for count in 0..<12 {
            #expect(throws: ParquetError.self) {
                try ParquetFile(reading: PieceSource(bytes: Array(bytes.prefix(count))))
            }
        }
    }
}

import Foundation
import PlaybookCore
import PlaybookParquet
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

@Suite("A Parquet file on the disk")
struct ParquetFileSourceTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("that is cut off while it is read is refused, and known to have changed")
    func cutOff() throws {
        let values = (0..<50_000).map { Double($0 * 7_919 % 50_021) }
        let path = try folder.write("a.parquet", ParquetWriter().encode([.init("a", .doubles(values))]))
        let source = try ParquetFileSource(path)
        let file = try ParquetFile(reading: source)
        #expect(try file.doubles(0).values == values)
        #expect(source.isUnchanged)
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.truncate(atOffset: 1000)
        try handle.close()
        let error = #expect(throws: ParquetError.self) { try file.doubles(0) }
        #expect(error?.description.contains("the file has become shorter") == true)
        #expect(!source.isUnchanged)
        #expect(source.problem == nil)
    }
}

import Foundation
import PlaybookParquet
import Testing

/// The bytes of a file in `Tests/Fixtures/parquet`.
func fixture(_ name: String) throws -> [UInt8] {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return Array(try Data(contentsOf: tests.appending(path: "Fixtures/parquet/\(name).parquet")))
}

/// Files that pyarrow and DuckDB wrote; `Tests/Fixtures/parquet/make.py` says what is in them.
@Suite struct ForeignFileTests {
    static let start: Int64 = 1_704_205_800_000_000

    /// Column `name` of a file of 40 rows, of which each seventh is null if `nullable`.
    private func expect(_ file: ParquetFile, _ name: String, nullable: Bool, _ value: (Int64) -> Int64) throws {
        let result = try file.integers(try #require(file.column(named: name)))
        let nulls = nullable ? stride(from: 3, to: 40, by: 7).map(\.self) : []
        #expect(result.nullRows == nulls, "\(name)")
        #expect(result.values == (0..<40).map { nulls.contains($0) ? 0 : value(Int64($0)) }, "\(name)")
    }

    private func expect(_ file: ParquetFile, _ name: String, nullable: Bool, _ value: (Double) -> Double) throws {
        let result = try file.doubles(try #require(file.column(named: name)))
        let nulls = nullable ? stride(from: 3, to: 40, by: 7).map(\.self) : []
        #expect(result.nullRows == nulls, "\(name)")
        let wanted = (0..<40).map { nulls.contains($0) ? Double.nan : value(Double($0)) }
        #expect(result.values.map(\.bitPattern) == wanted.map(\.bitPattern), "\(name)")
    }

    @Test(arguments: [
        ("arrow-v1", true), ("arrow-v2", true), ("arrow-required", false), ("duckdb-v1", true), ("duckdb-v2", true),
    ])
    func everyColumnIsRead(_ name: String, nullable: Bool) throws {
        let file = try ParquetFile(fixture(name))
        #expect(file.rowCount == 40)
        #expect(!file.isSealed)
        #expect(throws: ParquetError.self) { try file.verifySeal() }
        let kinds = Dictionary(uniqueKeysWithValues: file.columns.map { ($0.name, $0.kind) })
        #expect(kinds["time"] == .timestamp(.microseconds, isUTC: true))
        #expect(kinds["day"] == .date)
        #expect(kinds["price"] == .double)
        #expect(kinds["money"] == .decimal(scale: 2))
        #expect(kinds["unsigned"] == .integer)
        #expect(kinds["flag"] == .boolean)
        #expect(kinds["text"] == .string)
        try expect(file, "time", nullable: nullable) { (row: Int64) in Self.start + row * 120_000_000 }
        try expect(file, "milli", nullable: nullable) { (row: Int64) in Self.start + row * 120_000_000 }
        try expect(file, "day", nullable: nullable) { (row: Int64) in 19_724 + row }
        try expect(file, "whole", nullable: nullable) { (row: Int64) in row * row * 1_000_000_007 - 5 }
        try expect(file, "unsigned", nullable: nullable) { (row: Int64) in 4_000_000_000 + row }
        try expect(file, "flag", nullable: nullable) { (row: Int64) in row % 3 == 0 ? 1 : 0 }
        try expect(file, "price", nullable: nullable) { (row: Double) in
            100 + row.truncatingRemainder(dividingBy: 9) / 4
        }
        try expect(file, "single", nullable: nullable) { (row: Double) in row / 2 }
        try expect(file, "unsigned", nullable: nullable) { (row: Double) in 4_000_000_000 + row }
        try expect(file, "money", nullable: nullable) { (row: Double) in (row * 101 - 50) / 100 }
        try expect(file, "wide", nullable: nullable) { (row: Double) in (row * 101 - 50) / 100 }
        let texts = try file.strings(try #require(file.column(named: "text")))
        let words = ["SPY", "", "é", "longer than fifteen bytes"]
        let wanted = (0..<40).map { row in nullable && row % 7 == 3 ? "" : words[row % 4] }
        #expect(texts.values == wanted)
        #expect(texts.nullRows.count == (nullable ? 6 : 0))
    }

    @Test func julianDaysAreRead() throws {
        let file = try ParquetFile(fixture("arrow-int96"))
        #expect(file.columns[0].kind == .timestamp(.nanoseconds, isUTC: false))
        try expect(file, "time", nullable: true) { (row: Int64) in Self.start + row * 120_000_000 }
    }

    @Test func timesOfDayAreRead() throws {
        let file = try ParquetFile(fixture("arrow-clocks"))
        let kinds = file.columns.map(\.kind)
        #expect(kinds == [.timeOfDay(.milliseconds), .timeOfDay(.microseconds), .timeOfDay(.nanoseconds)])
        for name in ["clock_ms", "clock_us", "clock_ns"] {
            try expect(file, name, nullable: true) { (row: Int64) in (34_200 + 120 * row) * 1_000_000 }
        }
        #expect(
            throws: ParquetError("column \"clock_us\": times of day cannot be read as numbers")
        ) { try file.doubles(1) }
        #expect(
            throws: ParquetError("column \"clock_us\": times of day cannot be read as timestamps")
        ) { try file.seconds(1) }
    }

    @Test func whatIsWithinOtherColumnsIsPassedOver() throws {
        let file = try ParquetFile(fixture("arrow-nested"))
        #expect(file.columns[0].kind == .other("nested values"))
        #expect(throws: ParquetError("column \"list.list.element\": nested values cannot be read as numbers")) {
            try file.doubles(0)
        }
        #expect(try file.doubles(1).values == [1.5, 2.5, 3.5])
    }

    @Test func otherCompressionIsNamed() throws {
        let file = try ParquetFile(fixture("arrow-brotli"))
        #expect(
            throws: ParquetError("column \"price\": row group 0, page at byte 4: compression BROTLI is not supported")
        ) { try file.doubles(0) }
    }

    @Test func aDamagedPageIsSeen() throws {
        var bytes = try fixture("arrow-v1")
        bytes[60] ^= 1
        let file = try ParquetFile(bytes)
        #expect(throws: ParquetError.self) { try file.integers(0) }
    }
}

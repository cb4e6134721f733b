import PlaybookCore
import PlaybookParquet
import Testing

@Suite("Some rows of a Parquet file")
struct RowRangeTests {
    @Test(
        "are what a cut of all rows is, nulls among them",
        arguments: ["arrow-v1", "arrow-v2", "arrow-required", "arrow-clocks", "duckdb-v1", "duckdb-v2"])
    func foreign(name: String) throws {
        let file = try ParquetFile(fixture(name))
        for (index, column) in file.columns.enumerated() {
            for rows in [0..<40, 0..<1, 3..<4, 5..<23, 17..<40, 39..<40, 12..<12] {
                switch column.kind {
                case .string:
                    let all = try file.strings(index)
                    let found = try file.strings(index, rows: rows)
                    #expect(found.values == Array(all.values[rows]), "\(column.name) \(rows)")
                    #expect(found.nullRows == Self.cut(all.nullRows, rows), "\(column.name) \(rows)")
                case .double, .decimal:
                    let all = try file.doubles(index)
                    let found = try file.doubles(index, rows: rows)
                    let bits = all.values[rows].map(\.bitPattern)
                    #expect(found.values.map(\.bitPattern) == bits, "\(column.name) \(rows)")
                    #expect(found.nullRows == Self.cut(all.nullRows, rows), "\(column.name) \(rows)")
                case .integer, .date, .timeOfDay, .timestamp, .boolean:
                    let all = try file.integers(index)
                    let found = try file.integers(index, rows: rows)
                    #expect(found.values == Array(all.values[rows]), "\(column.name) \(rows)")
                    #expect(found.nullRows == Self.cut(all.nullRows, rows), "\(column.name) \(rows)")
                case .other: continue
                }
            }
        }
    }

    private static func cut(_ nulls: [Int], _ rows: Range<Int>) -> [Int] {
        nulls.filter(rows.contains).map { $0 - rows.lowerBound }
    }

    @Test("are found across row groups and pages, wherever the cuts lie")
    func groups() throws {
        let count = 150_000
        var writer = ParquetWriter()
        writer.rowsPerGroup = 100_000
        let values = (0..<count).map { Double($0 * 7 % 1_000) }
        let file = try ParquetFile(writer.encode([ParquetWriter.Column("price", .doubles(values))]))
        // Pages hold 65,536 rows.
        let edges = [0, 1, 65_535, 65_536, 65_537, 99_999, 100_000, 100_001, count - 1, count]
        for start in edges {
            for end in edges where end >= start {
                let found = try file.doubles(0, rows: start..<end).values
                #expect(found == Array(values[start..<end]), "\(start)..<\(end)")
            }
        }
        #expect(try file.doubles(0, rows: (count - 2)..<(count + 5)).values == Array(values[(count - 2)...]))
    }

    @Test("are not decompressed when nobody asks for them")
    func damaged() throws {
        var writer = ParquetWriter()
        writer.rowsPerGroup = 1000
        let values = (0..<3000).map { Double($0 * 7_919 % 3001) }
        var bytes = writer.encode([ParquetWriter.Column("price", .doubles(values))])
        bytes[40] ^= 0xFF
        let file = try ParquetFile(bytes)
        #expect(throws: ParquetError.self) { try file.doubles(0) }
        #expect(throws: ParquetError.self) { try file.doubles(0, rows: 999..<1001) }
        #expect(try file.doubles(0, rows: 1000..<3000).values == Array(values[1000...]))
    }

    @Test("Seconds are rounded down, before 1970 too")
    func seconds() throws {
        let times: [Int64] = [-1_000_001, -1_000_000, -1, 0, 999_999, 1_000_000, 1_500_000]
        let file = try ParquetFile(ParquetWriter().encode([ParquetWriter.Column("time", .timestamps(times))]))
        #expect(try file.seconds(0).values == [-2, -1, -1, 0, 0, 1, 1])
        #expect(file.statedSeconds(0) == -2...1)
        let numbers = try ParquetFile(ParquetWriter().encode([ParquetWriter.Column("time", .integers(times))]))
        #expect(throws: ParquetError.self) { try numbers.seconds(0) }
        #expect(numbers.statedSeconds(0) == nil)
    }

    @Test("Bars of several files come into one set of columns, and what is wrong is said of its file")
    func pieces() throws {
        func bars(_ range: Range<Int>) -> BarColumns {
            var bars = BarColumns()
            for index in range {
                let price = 100 + Double(index % 97)
                bars.append(
                    Bar(
                        time: Int64(index) * 120, open: price, high: price + 1, low: price - 1, close: price,
                        volume: Double(index)))
            }
            return bars
        }
        let whole = bars(0..<50_000)
        let files = try [0..<20_000, 20_000..<20_000, 20_000..<50_000].map {
            try BarFile.open(BarFile.encode(bars($0), metadata: []))
        }
        var pieces = files.map { BarColumnsReader.Piece($0, BarFile.columns, rows: 0..<$0.rowCount) }
        #expect(try BarColumnsReader.read(pieces).bars == whole)
        pieces[0].rows = 19_000..<20_000
        pieces[2].rows = 0..<7
        #expect(try BarColumnsReader.read(pieces, wantsWholeSeconds: true).bars == whole.slice(19_000..<20_007))

        let columns: [ParquetWriter.Column] = [
            .init("timestamp", .timestamps([0, 120_000_001])), .init("open", .doubles([1, 1])),
            .init("high", .doubles([1, 1])), .init("low", .doubles([1, 1])), .init("close", .doubles([1, 1])),
            .init("volume", .doubles([1, 1])),
        ]
        let odd = try ParquetFile(ParquetWriter().encode(columns))
        pieces[1] = BarColumnsReader.Piece(odd, BarFile.columns, rows: 0..<2)
        let failure = #expect(throws: BarColumnsReader.Failure.self) {
            try BarColumnsReader.read(pieces, wantsWholeSeconds: true)
        }
        #expect(failure?.piece == 1)
        #expect(failure?.error.description == "column \"timestamp\", row 1: 120000001 µs is not a whole second")
    }
}

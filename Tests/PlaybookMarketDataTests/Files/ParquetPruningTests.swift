import PlaybookTestSupport
import Foundation
import PlaybookCore
import PlaybookMarketData
import PlaybookParquet
import Testing

@Suite("Some dates of a large Parquet file")
struct ParquetPruningTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Four sessions of November 2024, Monday to Thursday, each from 9:30 to 16:00 in New York.
    private static let days = ["2024-11-04", "2024-11-05", "2024-11-06", "2024-11-07"]

    private static func bars() -> BarColumns {
        var bars = BarColumns()
        for day in 0..<4 {
            let open = 1_730_730_600 + Int64(day) * 86_400
            for bar in 0..<195 {
                bars.append(.quiet(open + Int64(bar) * 120, 100 + Double(day), volume: 10))
            }
        }
        return bars
    }

    private func write(_ bars: BarColumns, rowsPerGroup: Int, stated: (Int64, Int64)? = nil) throws {
        var writer = ParquetWriter()
        writer.rowsPerGroup = rowsPerGroup
        let times = bars.times.map { $0 * 1_000_000 }
        var bytes = writer.encode(ParquetFileTests.columns(time: .timestamps(times), bars: bars))
        if let stated {
            // Every least and largest time that the footer states.
            for start in stride(from: 0, to: bars.count, by: rowsPerGroup) {
                let group = bars.times[start..<min(start + rowsPerGroup, bars.count)]
                bytes = Self.replaced(bytes, group[group.startIndex] * 1_000_000, stated.0 * 1_000_000)
                bytes = Self.replaced(bytes, group[group.endIndex - 1] * 1_000_000, stated.1 * 1_000_000)
            }
        }
        try folder.write("QQQ_2Min.parquet", bytes)
    }

    /// `bytes` with another number in place of `number`, in all places after the pages.
    private static func replaced(_ bytes: [UInt8], _ number: Int64, _ other: Int64) -> [UInt8] {
        var data = Data(bytes)
        let pattern = withUnsafeBytes(of: number.littleEndian) { Data($0) }
        let length = bytes.suffix(8).prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
        let footer = bytes.count - 8 - length
        while let range = data.range(of: pattern, in: footer..<data.count) {
            data.replaceSubrange(range, with: withUnsafeBytes(of: other.littleEndian) { Data($0) })
        }
        return Array(data)
    }

    private func read(_ first: Int, _ last: Int, defects: DefectLog? = nil) async throws -> IntradayBars {
        try await FilesSource(directory: folder.path, defects: defects).intradayBars(
            of: .of("QQQ"), timeframe: .minutes(2), from: .of(Self.days[first]), through: .of(Self.days[last]))
    }

    /// What every stretch of days is, row groups and statistics being as they are.
    private func expectAll() async throws {
        let bars = Self.bars()
        for first in 0..<4 {
            for last in first..<4 {
                let found = try await read(first, last)
                #expect(found.bars == bars.slice(first * 195..<(last + 1) * 195), "days \(first) to \(last)")
                #expect(found.coverage == (try .of(Self.days[0]))...(try .of(Self.days[3])))
            }
        }
    }

    @Test("are all its bars of those dates, wherever row groups end", arguments: [1000, 195, 194, 100, 7])
    func groups(rows: Int) async throws {
        try write(Self.bars(), rowsPerGroup: rows)
        try await expectAll()
    }

    @Test(
        "are right with statistics that are wrong or senseless",
        arguments: [
            // Long before all windows; within the second day; far too wide; the larger one first.
            (0, 60), (1_730_820_600, 1_730_820_720), (0, 4_000_000_000), (1_730_820_720, 1_730_820_600),
        ] as [(Int64, Int64)], [1000, 195, 100])
    func wrongStatistics(stated: (Int64, Int64), rows: Int) async throws {
        try write(Self.bars(), rowsPerGroup: rows, stated: stated)
        let path = "\(folder.path)/QQQ_2Min.parquet"
        let file = try ParquetFile(Array(try Data(contentsOf: URL(filePath: path))))
        #expect(file.statedSeconds(0) == (stated.0 <= stated.1 ? stated.0...stated.1 : nil))
        try await expectAll()
    }

    @Test("are refused when the times of the file are out of order, be it elsewhere")
    func disorder() async throws {
        var bars = Self.bars()
        bars.times.swapAt(700, 701)
        try write(bars, rowsPerGroup: 195)
        let error = await playbookError { try await read(0, 1) }
        #expect(error?.code == .badData)
        #expect(error?.message.contains("row 702") == true, "\(error?.message ?? "")")
    }

    @Test("are refused when a bar among them is wrong; one elsewhere is told by a check of the whole file")
    func wrongBar() async throws {
        var bars = Self.bars()
        bars.low[700] = 200
        try write(bars, rowsPerGroup: 100)
        let error = await playbookError { try await read(3, 3) }
        #expect(error?.code == .badData)
        #expect(error?.message.contains("row 701") == true, "\(error?.message ?? "")")
        #expect(try await read(0, 1).bars.count == 390)
        let defects = DefectLog()
        _ = try await read(0, 1, defects: defects)
        #expect(defects.all.map(\.message).contains { $0.contains("row 701") })
    }

    @Test("have high and low widened where a close lies outside them by a rounding")
    func widened() async throws {
        var bars = Self.bars()
        bars.close[10] = bars.high[10].nextUp
        try write(bars, rowsPerGroup: 100)
        let found = try await read(0, 0)
        #expect(found.bars.count == 195)
        #expect(found.bars.high[10] == bars.close[10])
    }
}

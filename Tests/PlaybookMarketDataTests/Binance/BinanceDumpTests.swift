import PlaybookCore
import PlaybookGzip
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

@Suite("A month's file of Binance")
struct BinanceDumpTests {
    // 2024-01-01T00:00:00Z is 1704067200.
    static let first = "1704067200000,42283.58,42298.62,42261.02,42298.61,35.92724,1704067259999,1519032.2,1327,1,2,0"
    static let second = "1704067260000,42298.62,42320,42298.61,42320,21.16779,1704067319999,895580.3,1348,1,2,0"
    static let header = "open_time,open,high,low,close,volume,close_time,quote_volume,count,a,b,ignore"

    static let bars = [
        Bar(time: 1_704_067_200, open: 42283.58, high: 42298.62, low: 42261.02, close: 42298.61, volume: 35.92724),
        Bar(time: 1_704_067_260, open: 42298.62, high: 42320, low: 42298.61, close: 42320, volume: 21.16779),
    ]

    static func micro(_ line: String) -> String {
        line.replacing("1704067200000", with: "1704067200000000").replacing("1704067259999", with: "1704067259999999")
            .replacing("1704067260000", with: "1704067260000000").replacing("1704067319999", with: "1704067319999999")
    }

    @Test(
        "is read with or without names, in milliseconds or microseconds, in any order, each bar once",
        arguments: [
            "\(first)\n\(second)\n", "\(first)\n\(second)", "\(header)\n\(first)\n\(second)\n",
            "\(first)\r\n\(second)\r\n",
            "\(header)\n\(micro(first))\n\(micro(second))\n", "\(micro(first))\n\(second)\n", "\(second)\n\(first)\n",
            "\(first)\n\(first)\n\(second)\n\(first)\n\n",
        ])
    func spellings(text: String) throws {
        #expect(try BinanceDump.bars(csv: Array(text.utf8)).all == Self.bars)
    }

    @Test("has numbers of any length")
    func numbers() throws {
        let line =
            "1704067200000,0.00000012,0.00000120000000000000,1.2e-7,0.00000013,123456789012.12345678,1704067259999,0"
        let bars = try BinanceDump.bars(csv: Array(line.utf8)).all
        #expect(
            bars == [
                Bar(
                    time: 1_704_067_200, open: 0.00000012, high: 0.0000012, low: 0.00000012, close: 0.00000013,
                    volume: 123_456_789_012.12345678)
            ])
    }

    @Test("has numbers with the eight decimals that Binance writes, and other than digits nowhere among them")
    func eightDecimals() throws {
        var generator = SeededGenerator(seed: 8)
        for number in 0..<2_000 {
            let whole = Int.random(in: 0..<[10, 1_000, 10_000_000, 100_000_000][number % 4], using: &generator)
            let digits = (0..<8).map { _ in "\(Int.random(in: 0...9, using: &generator))" }.joined()
            let text = "\(whole).\(digits)"
            let line = "1704067200000,\(text),1,1,1,\(text),1704067259999,0"
            let bars = try BinanceDump.bars(csv: Array(line.utf8)).all
            #expect(bars.map(\.open) == [Double(text)] && bars.map(\.volume) == [Double(text)], "\(text)")
        }
        // But for those and an exponent.
        for byte in UInt8(0x20)...0xFF where !"0123456789eE".utf8.contains(byte) {
            for place in 0..<8 {
                var text = Array("1704067200000,7.12345678,1,1,1,1,1704067259999,0".utf8)
                text[16 + place] = byte
                #expect(throws: BinanceDump.Defect.self, "\(byte) at \(place)") { try BinanceDump.bars(csv: text) }
            }
        }
    }

    @Test(
        "is refused with the line",
        arguments: [
            (
                "\(first)\n\(first.replacing("35.92724", with: "36"))\n",
                "lines 1 and 2 have different klines of 2024-01-01T00:00:00Z"
            ),
            ("\(first)\n1704067260000,1,2\n", "line 2 is not a kline: '1704067260000,1,2'"),
            ("\(first)\n\(header)\n", "line 2 is not a kline: 'open_time,open,high,low,close,volume,clo…'"),
            ("1704067200,1,1,1,1,1,1704067259,0\n", "line 1 is not a kline: '1704067200,1,1,1,1,1,1704067259,0'"),
            (
                "1704067200001,1,1,1,1,1,1704067259999,0\n",
                "line 1 is not a kline: '1704067200001,1,1,1,1,1,1704067259999,0'"
            ),
            (
                "1704067200000,1,x,1,1,1,1704067259999,0",
                "line 1 is not a kline: '1704067200000,1,x,1,1,1,1704067259999,0'"
            ),
            (
                "1704067200000,1,-1,1,1,1,1704067259999,0",
                "line 1 is not a kline: '1704067200000,1,-1,1,1,1,1704067259999,0'"
            ),
            (
                "1704067200000,1,1,1,1,1,1704067200000,0",
                "line 1 is not a kline: '1704067200000,1,1,1,1,1,1704067200000,0'"
            ),
        ])
    func refused(text: String, message: String) {
        let defect = #expect(throws: BinanceDump.Defect.self) { try BinanceDump.bars(csv: Array(text.utf8)) }
        #expect(defect?.message == message)
    }

    @Test("holds one CSV of its own name")
    func member() throws {
        let text = Array("\(Self.first)\n\(Self.second)\n".utf8)
        #expect(try BinanceDump.bars(Zip.archive([("X-1m-2024-01.csv", text)]), name: "X-1m-2024-01").all == Self.bars)
        for files in [[("X-1m-2024-02.csv", text)], [("X-1m-2024-01.csv", text), ("README", [])], []] {
            let defect = #expect(throws: BinanceDump.Defect.self) {
                try BinanceDump.bars(Zip.archive(files), name: "X-1m-2024-01")
            }
            #expect(defect?.message.hasSuffix("not X-1m-2024-01.csv") == true)
        }
        let defect = #expect(throws: BinanceDump.Defect.self) {
            try BinanceDump.bars(Array("<html>".utf8), name: "X-1m-2024-01")
        }
        #expect(defect?.message.contains("too few") == true)
    }
}

/// Makes zip archives.
enum Zip {
    /// An archive of deflated files.
    static func archive(_ files: [(name: String, bytes: [UInt8])]) throws -> [UInt8] {
        func number(_ value: Int, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        var bytes: [UInt8] = []
        var directory: [UInt8] = []
        for (name, content) in files {
            // A gzip member is a header of ten bytes, what a zip archive holds, and eight bytes.
            let deflated = Array(try Gzip.compress(content).dropFirst(10).dropLast(8))
            let checksum = Int(content.withUnsafeBytes { Gzip.crc32($0) })
            let common =
                number(20, 2) + number(0, 2) + number(8, 2) + number(0, 4) + number(checksum, 4)
                + number(deflated.count, 4) + number(content.count, 4) + number(name.utf8.count, 2) + number(0, 2)
            directory +=
                number(0x0201_4B50, 4) + number(20, 2) + common + number(0, 10) + number(bytes.count, 4) + name.utf8
            bytes += number(0x0403_4B50, 4) + common + name.utf8 + deflated
        }
        return bytes + directory + number(0x0605_4B50, 4) + number(0, 4) + number(files.count, 2)
            + number(files.count, 2)
            + number(directory.count, 4) + number(bytes.count, 4) + number(0, 2)
    }
}

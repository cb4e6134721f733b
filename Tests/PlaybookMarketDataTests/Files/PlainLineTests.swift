import PlaybookTestSupport
import PlaybookCore
import Testing

@testable import PlaybookMarketData

@Suite("The fast way through a plain line")
struct PlainLineTests {
    private let file: BarText

    init() throws { file = try BarText() }

    private func plain(_ line: String, header: String = BarText.header) throws -> Bar? {
        let header = Array(header.utf8)
        let format = try header.withUnsafeBufferPointer {
            try TextLayout(head: $0, symbol: nil, options: FileOptions())
        }
        var parser = PlainLineParser(format, symbol: nil)
        return parser.bar(on: Array(line.utf8))
    }

    @Test("is taken by plain lines")
    func taken() throws {
        let bar = Bar(time: 1_730_730_600, open: 100.25, high: 102, low: 99.5, close: 101, volume: 5_000)
        #expect(try plain("2024-11-04T14:30:00Z,100.25,102,99.5,101,5000") == bar)
        #expect(
            try plain("SPY\t5000\t101\t99.5\t102\t100.25\t2024-11-04T14:30:00Z", header: "x\tv\tc\tl\th\to\tt") == bar)
        #expect(
            try plain("100.25;102;2024-11-04T14:30:00Z;99.5;101;;5000;", header: "o;h;t;l;c;vwap;v;note") == bar)
    }

    @Test(
        "leaves anything else to the reader that knows all spellings and says what is wrong",
        arguments: [
            "", ",", "2024-11-04T14:30:00Z", "2024-11-04T14:30:00Z,100,102,99,101",
            "2024-11-04T14:30:00Z,100,102,99,101,", "2024-11-04T14:30:00Z,100,102,99,101,5000,",
            "2024-11-04T14:30:00Z,100,102,99,101,5000,7", "2024-11-04T14:30:00Z 100,102,99,101,5000",
            "2024-11-04 14:30:00Z,100,102,99,101,5000", "2024-11-04T14:30:00+00:00,100,102,99,101,5000",
            "2024-11-04T14:30:00.0Z,100,102,99,101,5000", "2024-11-04T14:30:00,100,102,99,101,5000",
            "2024-02-30T14:30:00Z,100,102,99,101,5000", "2024-11-04T24:00:00Z,100,102,99,101,5000",
            "2024-11-04T14:60:00Z,100,102,99,101,5000", "2024-11-04T14:30:60Z,100,102,99,101,5000",
            "2024-11-04T1:30:00Z ,100,102,99,101,5000", "1730730600,100,102,99,101,5000",
            "\"2024-11-04T14:30:00Z\",100,102,99,101,5000", "2024-11-04T14:30:00Z,\"100\",102,99,101,5000",
            "2024-11-04T14:30:00Z, 100,102,99,101,5000", "2024-11-04T14:30:00Z,100,102,99,101,5000 ",
            "2024-11-04T14:30:00Z,1e2,102,99,101,5000", "2024-11-04T14:30:00Z,-100,102,99,101,5000",
            "2024-11-04T14:30:00Z,+100,102,99,101,5000", "2024-11-04T14:30:00Z,.5,102,99,101,5000",
            "2024-11-04T14:30:00Z,1.2.3,102,99,101,5000", "2024-11-04T14:30:00Z,1234567890123456,102,99,101,5000",
            "2024-11-04T14:30:00Z,123456789012345.6,102,99,101,5000", "2024-11-04T14:30:00Z,nan,102,99,101,5000",
        ])
    func left(line: String) throws {
        #expect(try plain(line) == nil)
    }

    @Test("reads what the slow way reads")
    func agreement() async throws {
        var random = SeededGenerator(seed: 3)
        var plainText = BarText.header + "\n"
        var quotedText = plainText
        var time: Int64 = 1_700_000_000
        for _ in 0..<1_500 {
            time += Int64.random(in: 3_601...90_000, using: &random)
            let low = Double(Int.random(in: 100...99_999_999, using: &random)) / 1e4
            let prices = [low * 1.01, low * 1.03, low, low * 1.02]
            let volume = Int.random(in: 0...99_999_999, using: &random)
            plainText += "\(BarColumns.zulu(time)),\(prices.map { "\($0)" }.joined(separator: ",")),\(volume)\n"
            quotedText +=
                "\"\(BarColumns.zulu(time))\",\(prices.map { "\"\($0)\"" }.joined(separator: ",")),\(volume)\n"
        }
        let bars = try await file.read(plainText).bars
        #expect(bars.count == 1_500)
        #expect(try await file.read(quotedText).bars == bars)
    }
}

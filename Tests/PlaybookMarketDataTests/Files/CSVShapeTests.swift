import PlaybookCore
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

@Suite("A bar file's lines")
struct CSVShapeTests {
    private let file: BarText
    private let lines = [
        BarText.header, "2024-11-04T14:30:00Z,10,12,9,11,100", "2024-11-04T14:32:00Z,11,13,10,12,200",
        "2024-11-04T14:34:00Z,12,14,11,13,300",
    ]
    private let bars = [
        Bar(time: 1_730_730_600, open: 10, high: 12, low: 9, close: 11, volume: 100),
        Bar(time: 1_730_730_720, open: 11, high: 13, low: 10, close: 12, volume: 200),
        Bar(time: 1_730_730_840, open: 12, high: 14, low: 11, close: 13, volume: 300),
    ]

    init() throws { file = try BarText() }

    @Test("end in a line feed or in CR LF, the last one perhaps in nothing", arguments: ["\n", "\r\n"], ["", "end"])
    func lineEnds(end: String, last: String) async throws {
        let text = lines.joined(separator: end) + (last.isEmpty ? "" : end)
        #expect(try await file.read(text).bars.all == bars)
    }

    @Test("may be blank", arguments: ["\n", "\r\n"])
    func blankLines(end: String) async throws {
        let text = lines.joined(separator: end + end + end) + end + end
        #expect(try await file.read(text).bars.all == bars)
        let error = await playbookError { try await file.read(text + "x" + end) }
        #expect(error?.message.hasPrefix("\(file.path):12: ") == true, "blank lines count: \(error?.message ?? "")")
    }

    @Test("may begin with a byte-order mark")
    func byteOrderMark() async throws {
        #expect(try await file.read([0xEF, 0xBB, 0xBF] + Array(lines.joined(separator: "\n").utf8)).bars.all == bars)
    }

    @Test("are not there in an empty file")
    func emptyFile() async {
        let error = await playbookError { try await file.read("") }
        #expect(error?.code == .badData)
        #expect(error?.message == "\(file.path):1: the file is empty")
    }

    @Test("are no bars when there is only a header", arguments: ["", "\n", "\r\n", "\n\n"])
    func headerOnly(end: String) async throws {
        let contents = try await file.read(BarText.header + end)
        #expect(contents.bars.count == 0)
        #expect(contents.first == nil && contents.last == nil)
    }

    @Test("tell the extent of the file and are kept within the window asked for")
    func window() async throws {
        let path = try file.folder.write("QQQ_2Min.csv", lines.joined(separator: "\n"))
        let contents = try await TextBarReader(path: path).read(
            window: 1_730_730_601..<1_730_730_840, expectedBars: 1)
        #expect(contents.bars.all == [bars[1]])
        #expect(contents.first == bars.first?.time)
        #expect(contents.last == bars.last?.time)
    }

    @Test("may be almost a mebibyte long")
    func longLine() async throws {
        let padding = String(repeating: "x", count: LineReader.longestLine - 100)
        let text = "\(lines[0]),note\n\(lines[1]),\(padding)\n\(lines[2]),\(padding)\n\(lines[3]),short"
        #expect(try await file.read(text).bars.all == bars)
    }

    @Test("must not be longer than a mebibyte", arguments: [1, 3])
    func tooLongLine(number: Int) async throws {
        var lines = lines
        lines[number - 1] += String(repeating: "7", count: LineReader.longestLine)
        for end in ["", "\n", "\nmore\n"] {
            let error = await playbookError { try await file.read(lines[..<number].joined(separator: "\n") + end) }
            #expect(error?.code == .badData)
            #expect(error?.message == "\(file.path):\(number): the line is longer than 1048576 bytes")
        }
    }

    @Test("are the same wherever the reading buffer ends", arguments: [997, 1_000, 1_021])
    func bufferBoundaries(width: Int) async throws {
        // Three buffers' worth of lines of odd lengths.
        var text = lines[0] + ",note\n"
        var expected: [Bar] = []
        for index in 0..<(3 * LineReader.longestLine / width) {
            let time = 1_700_000_000 + Int64(index) * 120
            let price = Double(100 + index % 7)
            expected.append(Bar(time: time, open: price, high: price, low: price, close: price, volume: Double(index)))
            let line = "\(time),\(price),\(price),\(price),\(price),\(index),"
            text += line + String(repeating: "x", count: width - line.utf8.count) + (index % 2 == 0 ? "\n" : "\r\n")
        }
        #expect(try await file.read(text).bars.all == expected)
    }
}

import PlaybookCore
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

/// Files beyond 4 MiB are read in two halves at the same time.
@Suite("A large bar file")
struct LargeBarFileTests {
    private let file: BarText
    /// Lines of this length, most of it a column that is not read, make a file of a bit more than 4 MiB.
    private static let width = 4_000
    private static let count = 1_080

    init() throws { file = try BarText() }

    private static func bar(_ index: Int) -> Bar {
        let price = Double(100 + index % 7)
        return Bar(
            time: 1_700_000_000 + Int64(index) * 120, open: price, high: price, low: price, close: price,
            volume: Double(index))
    }

    private static func line(_ index: Int, width: Int = width) -> [UInt8] {
        let bar = bar(index)
        let start = Array("\(bar.time),\(bar.open),\(bar.high),\(bar.low),\(bar.close),\(index),".utf8)
        return start + [UInt8](repeating: UInt8(ascii: "x"), count: width - 1 - start.count) + [UInt8(ascii: "\n")]
    }

    /// The file's lines, the first of them the header.
    private static func lines() -> [[UInt8]] {
        [Array((BarText.header + ",note\n").utf8)] + (0..<count).map { line($0) }
    }

    private func bytes(_ lines: [[UInt8]]) -> [UInt8] {
        var bytes: [UInt8] = []
        for line in lines { bytes += line }
        return bytes
    }

    @Test("is read whole, wherever its middle lies", arguments: [0, 1, 1_999, 2_000, 3_999])
    func middle(shift: Int) async throws {
        // The middle moves by half of what the first line is longer.
        var lines = Self.lines()
        lines[1] = Self.line(0, width: Self.width + 2 * shift)
        let bytes = bytes(lines)
        #expect(bytes.count > 4 << 20)
        let contents = try await file.read(bytes)
        #expect(contents.bars == BarColumns((0..<Self.count).map(Self.bar)))
        #expect(contents.first == Self.bar(0).time)
        #expect(contents.last == Self.bar(Self.count - 1).time)
    }

    @Test("is cut to the window asked for", arguments: [0..<10, 500..<600, 1_070..<1_080])
    func window(range: Range<Int>) async throws {
        let path = try file.folder.write("QQQ_2Min.csv", bytes(Self.lines()))
        let contents = try await TextBarReader(path: path).read(
            window: Self.bar(range.lowerBound).time..<Self.bar(range.upperBound).time, expectedBars: range.count)
        #expect(contents.bars == BarColumns(range.map(Self.bar)))
        #expect(contents.first == Self.bar(0).time)
        #expect(contents.last == Self.bar(Self.count - 1).time)
    }

    @Test(
        "has wrong lines found by their number in the file", arguments: [1, 540, 541, 1_080])
    func wrongLine(number: Int) async throws {
        var lines = Self.lines()
        lines[number] = lines[number].map { $0 == UInt8(ascii: ".") ? UInt8(ascii: "!") : $0 }
        let error = await playbookError { try await file.read(bytes(lines)) }
        #expect(error?.code == .badData)
        #expect(error?.message.hasPrefix("\(file.path):\(number + 1): open is '10") == true)
    }

    @Test("has its order checked across the middle", arguments: 539...541)
    func order(number: Int) async throws {
        var doubled = Self.lines()
        doubled.insert(doubled[number], at: number)
        let double = await playbookError { try await file.read(bytes(doubled)) }
        #expect(double?.message.hasPrefix("\(file.path):\(number + 2): a second bar at ") == true)
        var swapped = Self.lines()
        swapped.swapAt(number, number + 1)
        let order = await playbookError { try await file.read(bytes(swapped)) }
        #expect(order?.message.hasPrefix("\(file.path):\(number + 2): bar ") == true)
    }

    @Test("has every wrong line logged once, in order")
    func defects() async throws {
        var lines = Self.lines()
        let wrong = [3, 400, 541, 700, 1_079]
        for number in wrong { lines[number] = Array("nonsense\n".utf8) }
        let path = try file.folder.write("QQQ_2Min.csv", bytes(lines))
        let log = DefectLog()
        let reader = TextBarReader(path: path, onDefect: { log.note($0) })
        let contents = try await reader.read(window: .min..<(.max), expectedBars: 2_000)
        #expect(contents.bars == BarColumns((0..<Self.count).filter { !wrong.contains($0 + 1) }.map(Self.bar)))
        #expect(log.all.map { $0.message.dropFirst(path.count + 1).prefix { $0 != ":" } } == wrong.map { "\($0 + 1)" })
    }

    @Test("may have all its bars in one half", arguments: [true, false])
    func emptyHalf(isLeft: Bool) async throws {
        let header = Self.lines()[0]
        let bars = bytes((0..<520).map { Self.line($0) })
        let blank = Array(String(repeating: "\r\n", count: 1_100_000).utf8)
        let contents = try await file.read(header + (isLeft ? blank + bars : bars + blank))
        #expect(contents.bars == BarColumns((0..<520).map(Self.bar)))
        #expect(contents.first == Self.bar(0).time)
        #expect(contents.last == Self.bar(519).time)
    }

    @Test("may have one line that is too long")
    func tooLong() async throws {
        var lines = Self.lines()
        lines[700] = Self.line(699, width: LineReader.longestLine + 2)
        let error = await playbookError { try await file.read(bytes(lines)) }
        #expect(error?.message == "\(file.path):701: the line is longer than 1048576 bytes")
    }
}

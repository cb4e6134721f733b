import Foundation
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

@Suite("Lines of a file, many at a time")
struct LineReaderTests {
    /// Lines of all lengths, some longer than what is read at a time, the last without an end.
    private static func text(_ random: inout SeededGenerator) -> [UInt8] {
        var text: [UInt8] = []
        for number in 0..<400 {
            let length = number % 97 == 5 ? Int.random(in: 250_000...600_000, using: &random) : number % 7
            text += [UInt8](repeating: UInt8(ascii: "a") + UInt8(number % 26), count: length)
            text += number % 3 == 0 ? Array("\r\n".utf8) : Array("\n".utf8)
        }
        return text + Array("end".utf8)
    }

    private static func read(_ path: String, _ range: Range<Int>) throws -> [UInt8] {
        var reader = try LineReader.lines(of: path, at: range)
        var read: [UInt8] = []
        while let lines = try reader.next() {
            #expect(!lines.isEmpty)
            read += lines
        }
        return read
    }

    /// Whether both are the same bytes: in tests, which are not optimised, soon enough for millions of them.
    private static func areEqual(_ one: [UInt8], _ other: ArraySlice<UInt8>) -> Bool {
        one.withUnsafeBytes { one in
            other.withUnsafeBytes { other in
                guard one.count == other.count, let start = one.baseAddress else { return one.count == other.count }
                return memcmp(start, other.baseAddress!, one.count) == 0
            }
        }
    }

    @Test("are those that start within a range, each once, wherever ranges meet")
    func ranges() throws {
        var random = SeededGenerator(seed: 7)
        let text = Self.text(&random)
        let folder = try TemporaryFolder()
        let path = try folder.write("lines", text)
        let lineEnds = text.indices.filter { text[$0] == UInt8(ascii: "\n") }
        let first = lineEnds[0] + 1
        for _ in 0..<40 {
            var cuts = (0..<3).map { _ in Int.random(in: first..<text.count, using: &random) }
            // Beside the end of a line, too.
            cuts += cuts.compactMap { cut in lineEnds.first { $0 >= cut } }.map {
                $0 + Int.random(in: 0...1, using: &random)
            }
            let ends = ([first] + cuts.filter { $0 > first && $0 < text.count } + [text.count]).sorted()
            let pieces = try zip(ends, ends.dropFirst()).map { try Self.read(path, $0..<$1) }
            var whole: [UInt8] = []
            for piece in pieces { whole += piece }
            #expect(Self.areEqual(whole, text[first...]))
            // A piece starts where a line does.
            for (piece, start) in zip(pieces, ends) where !piece.isEmpty {
                let line = lineEnds.first { $0 >= start - 1 }.map { $0 + 1 }
                #expect(piece.prefix(50) == text[(line ?? text.count)...].prefix(50))
            }
        }
    }

    @Test("are refused where one is longer than the buffer")
    func tooLong() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(
            "long", Array("a\n".utf8) + [UInt8](repeating: 98, count: LineReader.longestLine + 1))
        #expect(throws: LineReader.LineTooLong.self) { try Self.read(path, 1..<1_000_000) }
    }
}

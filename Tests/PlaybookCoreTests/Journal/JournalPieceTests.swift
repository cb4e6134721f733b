import PlaybookTestSupport
import Testing

@testable import PlaybookCore

@Suite("Rewriting a journal's text in pieces")
struct JournalPieceTests {
    /// A text in memory.
    private struct Text: DivisibleText {
        let bytes: [UInt8]
        var size: Int { bytes.count }

        func open(at offset: Int) -> (UnsafeMutableRawBufferPointer) throws -> Int {
            JournalCSV.source(Array(bytes[offset...]))
        }
    }

    private static func rewritten(
        _ new: [JournalRecord], _ text: [UInt8], pieceSize: Int
    ) async throws -> (JournalRewrite, [UInt8]) {
        var output: [UInt8] = []
        let rewrite = try await JournalRewrite(new, dividing: Text(bytes: text), pieceSize: pieceSize) { output += $0 }
        return (rewrite, output)
    }

    private static func records() throws -> [JournalRecord] {
        var all: [JournalRecord] = []
        for day in 10...28 {
            for symbol in ["IWM", "QQQ", "SPY"] {
                // Some fields are in quotes, and have quotes or line ends within.
                let notes = ["plain", "a, \(day)", "two\nlines", "say \"\(day)\""][(day + symbol.utf8.count) % 4]
                all.append(try JournalMergeTests.record("2013-10-\(day)", symbol: symbol, id: "p1", notes: notes))
            }
        }
        return all
    }

    @Test("gives what one go gives, wherever pieces end", arguments: 0..<30 as Range<UInt64>)
    func asInOneGo(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let all = try Self.records()
        let share = Int.random(in: 1...20, using: &random)
        let old = all.filter { _ in Int.random(in: 0..<20, using: &random) != 0 }
        let new = all.filter { _ in Int.random(in: 0..<20, using: &random) < share }
        let text = JournalCSV.bytes(old)
        var output: [UInt8] = []
        let whole = try JournalRewrite(new, { JournalCSV.source(text) }) { output += $0 }
        var divided = 0
        for pieceSize in [text.count / 2, text.count / 5, 2000, 1000] {
            do {
                let (rewrite, pieces) = try await Self.rewritten(new, text, pieceSize: pieceSize)
                #expect(pieces == output)
                #expect(rewrite.outcomes == whole.outcomes)
                #expect(rewrite.vanished == whole.vanished)
                #expect(rewrite.isChange == whole.isChange && rewrite.isUpgrade == whole.isUpgrade)
                #expect(rewrite.rows == old.count && rewrite.upgraded == whole.upgraded)
                divided += 1
            } catch is JournalRewrite.NotDivisible {
                // A piece ended within a field, or there was no line's end in it.
            }
        }
        #expect(divided > 0 || new.isEmpty)
    }

    @Test("rows that no new row belongs between go through as they stand")
    func untouched() throws {
        let old = try Self.records()
        let text = Array(JournalCSV.bytes(old).drop { $0 != UInt8(ascii: "\n") }.dropFirst())
        let piece = JournalPiece(text, .current)
        #expect(piece.untouched?.count == old.count)
        #expect(piece.untouched?.first == old.first)
        #expect(piece.untouched?.last == old.last)
        #expect(JournalPiece.dates(text).map { "\($0.lowerBound) \($0.upperBound)" } == "2013-10-10 2013-10-28")
    }

    @Test("what is not as this program writes it is looked at row by row")
    func notVerbatim() async throws {
        let old = try Self.records()
        let text = String(decoding: JournalCSV.bytes(old), as: UTF8.self)
        let changed = Array(text.replacing(",QQQ,", with: ", qqq,", maxReplacements: 1).utf8)
        let new = [try JournalMergeTests.record("2013-10-29", symbol: "QQQ", id: "p1", notes: "")]
        let (rewrite, output) = try await Self.rewritten(new, changed, pieceSize: 1 << 16)
        #expect(rewrite.upgraded == 1 && rewrite.isUpgrade)
        #expect(output == JournalCSV.bytes(old + new))
    }

    @Test("a text that is wrong, cut or not sorted is left to one go")
    func leftToOneGo() async throws {
        let old = try Self.records()
        let new = [try JournalMergeTests.record("2013-10-29", symbol: "QQQ", id: "p1", notes: "")]
        let text = JournalCSV.bytes(old)
        for wrong in [text.dropLast(), text + Array("2013-10-29,QQQ\n".utf8), text + text.suffix(1)] {
            await #expect(throws: JournalRewrite.NotDivisible.self) {
                try await Self.rewritten(new, Array(wrong), pieceSize: 1 << 14)
            }
        }
        let unsorted = JournalCSV.bytes(Array(old.reversed()))
        await #expect(throws: JournalRewrite.NotSorted.self) {
            try await Self.rewritten(new, unsorted, pieceSize: 1 << 14)
        }
        let doubled = JournalCSV.bytes(old + [old[old.count - 1]])
        await #expect(throws: JournalRewrite.NotDivisible.self) {
            try await Self.rewritten(new, doubled, pieceSize: 1 << 14)
        }
    }

    @Test("a row that stands twice, at the end of one piece and the start of the next, is seen")
    func doubledAcrossPieces() async throws {
        // Without quotes, so that a piece may end behind any line.
        let old = try Self.records().filter { $0[.notes] == "plain" }
        let new = [try JournalMergeTests.record("2013-10-29", symbol: "QQQ", id: "p1", notes: "")]
        for index in old.indices {
            var doubled = old
            doubled.insert(old[index], at: index)
            await #expect(throws: JournalRewrite.NotDivisible.self) {
                try await Self.rewritten(new, JournalCSV.bytes(doubled), pieceSize: 600)
            }
        }
        #expect(try await Self.rewritten(new, JournalCSV.bytes(old), pieceSize: 600).0.rows == old.count)
    }
}

import PlaybookTestSupport
import Testing

@testable import PlaybookCore

@Suite("Rewriting a journal's text")
struct JournalRewriteTests {
    private static func rewritten(_ new: [JournalRecord], _ text: [UInt8]) throws -> (JournalRewrite, [UInt8]) {
        var output: [UInt8] = []
        let rewrite = try JournalRewrite(new, { JournalCSV.source(text) }) { output += $0 }
        return (rewrite, output)
    }

    @Test("gives what merging in memory gives, in whatever order new rows come", arguments: 0..<20 as Range<UInt64>)
    func anyOrder(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var all: [JournalRecord] = []
        for day in 7...11 {
            for symbol in ["IWM", "QQQ", "SPY"] {
                for id in ["p1", "p2"] {
                    let date = "2013-10-\(day < 10 ? "0" : "")\(day)"
                    all.append(try JournalMergeTests.record(date, symbol: symbol, id: id, notes: "a, \(day)"))
                }
            }
        }
        let old = all.filter { _ in Bool.random(using: &random) }
        var new = all.filter { _ in Bool.random(using: &random) }
        // Of a row that is there twice the last counts.
        if let first = new.first { new.append(first) }
        if seed > 0 { new.shuffle(using: &random) }
        let merge = try JournalMerge(existing: old, new: new)
        let (rewrite, text) = try Self.rewritten(new, JournalCSV.bytes(old))
        #expect(try JournalCSV.records(text) == merge.records)
        #expect(text == JournalCSV.bytes(merge.records))
        #expect(rewrite.outcomes == merge.outcomes)
        #expect(rewrite.isChange == merge.isChange)
        #expect(rewrite.rows == old.count)
    }
}

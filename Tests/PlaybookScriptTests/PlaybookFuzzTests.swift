import Foundation
import PlaybookScript
import PlaybookTestSupport
import Testing

@Suite("Damaged playbook files")
struct PlaybookFuzzTests {
    /// A few thousand; a million in `make trust`.
    private static var count: Int { Int(ProcessInfo.processInfo.environment["FUZZ_PLAYBOOKS"] ?? "") ?? 4000 }

    private static let words = [
        "close", "high[1]", "sma(close, 20)", "entry", "R", "since(pullback).low", "first(30m).high", "daily.",
        "bars(15Min).",
        "between", "crosses above", "and", "not", "(", ")", "[", "]", "{", "}", ",", ":", "#", "- ", "\n", "  ", "\t",
        "%",
        "10:30", "15m", "2%", "1e9", "999999999999", "0", "-1", "\"", "'", "&a", "*a", "!x", "<<", "|", ">", "é",
        "\u{0}",
        "setups:", "setup:", "steps:", "when:", "true", "null",
    ]

    private static func corpus() -> [[UInt8]] {
        let texts =
            BuiltInPlaybooks.names.compactMap(BuiltInPlaybooks.text)
            + PlaybookTemplates.names.compactMap { PlaybookTemplates.text($0, named: "x") }
        let json =
            #"{"playbook": "t", "summary": "s", "values": {"a": "sma(close, 5)"}, "setup": {"steps": [{"up": {"when": "close > a", "#
            + #""quality": "position > 0.5"}}], "stop": "entry - 1", "targets": [{"at": "entry + R", "share": "50%"}]}, "#
            + #""limits": {"trades": 2}}"#
        return (texts + [json, json]).map { Array($0.utf8) }
    }

    private static func damaged(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            let length = min(Int.random(in: 0...12, using: &random), bytes.count - place)
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes.removeSubrange(place..<place + length)
            case 1: bytes.insert(contentsOf: words[Int.random(in: 0..<words.count, using: &random)].utf8, at: place)
            case 2 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 3:
                let from = Int.random(in: 0...(bytes.count - length), using: &random)
                bytes.insert(contentsOf: Array(bytes[from..<from + length]), at: place)
            case 4:
                // A line to somewhere else.
                let line = bytes[place...].prefix { $0 != 0x0A }
                bytes.insert(contentsOf: Array(line) + [0x0A], at: Int.random(in: 0...bytes.count, using: &random))
            default:
                let word = Array(words[Int.random(in: 0..<words.count, using: &random)].utf8)
                bytes.replaceSubrange(place..<place + length, with: word)
            }
        }
        return bytes
    }

    @Test("are read, or refused with the place of everything that is wrong, in no time")
    func damage() {
        let corpus = Self.corpus()
        var random = SeededGenerator(seed: 24)
        var (read, refused) = (0, 0)
        var slowest = Duration.zero
        for _ in 0..<Self.count {
            let bytes = Self.damaged(corpus[Int.random(in: 0..<corpus.count, using: &random)], &random)
            let start = ContinuousClock.now
            do throws(ScriptError) {
                let script = try Script(bytes)
                read += 1
                // What can be read can be made into a plan, and is kept as a text that can be read.
                if (try? script.playbook()) == nil || (try? Script(Array(script.canonicalText.utf8))) == nil {
                    Issue.record("no plan or no text: \(String(decoding: bytes, as: UTF8.self))")
                }
            } catch {
                refused += 1
                if error.findings.isEmpty || error.findings.contains(where: { $0.message.isEmpty }) {
                    Issue.record("no reason: \(String(decoding: bytes, as: UTF8.self))")
                }
            }
            slowest = max(slowest, ContinuousClock.now - start)
        }
        #expect(read > Self.count / 50 && refused > Self.count / 4)
        #expect(slowest < .seconds(5))
    }
}

import PlaybookTestSupport
import FoundationEssentials
import PlaybookCore
import Testing

@testable import PlaybookMarketData

@Suite("A page of bars, cut, spoilt and compared")
struct AlpacaBarPageFuzzTests {
    @Test("that is cut off anywhere is refused as cut off")
    func truncation() throws {
        let bars = try [Bar.quiet("2024-11-04T14:30:00Z", 1.5), .quiet("2024-11-04T14:32:00Z", 101.25)]
        let page = Array(AlpacaText.page([("QQQ", bars), ("SPY", bars)], next: "QVBQTHxN\\u003d").utf8)
        _ = try AlpacaBarPage(page)
        for length in page.indices {
            let error = #expect(throws: (any Error).self, "\(length) bytes") {
                try AlpacaBarPage(Array(page[..<length]))
            }
            if let malformed = error as? JSONScanner.Malformed { #expect(malformed.byte <= length) }
        }
    }

    @Test("with bytes changed, added and taken away is never taken for JSON when it is none")
    func mutations() throws {
        struct Anything: Decodable { init(from decoder: any Decoder) throws {} }
        var random = SeededGenerator(seed: 5)
        let bars = try [Bar.quiet("2024-11-04T14:30:00Z", 1.5), .quiet("2024-11-04T14:32:00Z", 101.25)]
        let page = Array(AlpacaText.page([("QQQ", bars), ("SPY", [])], next: "QVBQ").utf8)
        let alphabet = Array("{}[]\":,0123456789.eE+-tfn \n\\ux".utf8) + [0, 0x1F, 0x7F, 0x80, 0xFF]
        var accepted = 0
        for _ in 0..<6_000 {
            var bytes = page
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                let byte = alphabet.randomElement(using: &random) ?? 0
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = byte
                case 1: bytes.insert(byte, at: place)
                default: bytes.remove(at: place)
                }
            }
            guard (try? AlpacaBarPage(bytes)) != nil else { continue }
            accepted += 1
            // Escapes and encodings of what is not read are not looked into.
            guard bytes.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "\\") }) else { continue }
            #expect(throws: Never.self, "\(String(decoding: bytes, as: UTF8.self))") {
                _ = try JSONDecoder().decode(Anything.self, from: Data(bytes))
            }
        }
        #expect(accepted > 300, "too few to mean anything: \(accepted)")
    }

    @Test("holds what another decoder finds in it")
    func differential() throws {
        struct Page: Decodable {
            struct Bar: Decodable { let t: String, o, h, l, c, v: Double }
            let bars: [String: [Bar]]
            let nextPageToken: String?

            enum CodingKeys: String, CodingKey {
                case bars
                case nextPageToken = "next_page_token"
            }
        }
        var random = SeededGenerator(seed: 21)
        for _ in 0..<200 {
            let text = random.page()
            let page = try AlpacaBarPage(text: text)
            let other = try JSONDecoder().decode(Page.self, from: Data(text.utf8))
            #expect(page.nextPageToken == other.nextPageToken)
            #expect(Set(page.pieces.map(\.symbol.name)) == Set(other.bars.keys))
            for piece in page.pieces {
                let expected = try #require(other.bars[piece.symbol.name])
                let times = try expected.map { try Instant.seconds($0.t) }
                #expect(piece.bars.times == times)
                for (column, values) in [
                    (piece.bars.open, expected.map(\.o)), (piece.bars.high, expected.map(\.h)),
                    (piece.bars.low, expected.map(\.l)), (piece.bars.close, expected.map(\.c)),
                    (piece.bars.volume, expected.map(\.v)),
                ] { #expect(column.map(\.bitPattern) == values.map(\.bitPattern)) }
            }
        }
    }
}

extension SeededGenerator {
    /// A page of random symbols, bars, spaces, orders and extra fields.
    fileprivate mutating func page() -> String {
        var pieces: [String] = []
        for name in ["QQQ", "SPY", "BRK.B", "BF-B"] where Bool.random(using: &self) {
            let bars = (0..<Int.random(in: 0...6, using: &self)).map { _ in bar() }
            pieces.append("\"\(name)\"\(space()):\(space())[\(bars.joined(separator: space() + ","))\(space())]")
        }
        var fields = ["\"bars\":{\(pieces.joined(separator: "," + space()))\(space())}"]
        if Bool.random(using: &self) {
            fields.append(
                "\"next_page_token\":\(["null", "\"a\\/b\\u003d\"", "\"\""].randomElement(using: &self) ?? "")")
        }
        if Bool.random(using: &self) { fields.append("\"other\"\(space()):{\"bars\":[\(number())]}") }
        return "\(space()){\(fields.shuffled(using: &self).joined(separator: space() + ","))}\(space())"
    }

    private mutating func bar() -> String {
        let time = Instant(secondsSinceEpoch: Int64.random(in: 900_000_000...1_900_000_000, using: &self))
        var fields = ["o", "h", "l", "c", "v"].map { name in "\"\(name)\":\(space())\(number())" }
        fields.append("\"t\":\"\(time)\"")
        if Bool.random(using: &self) { fields.append("\"n\":\(number())") }
        return "{\(space())\(fields.shuffled(using: &self).joined(separator: space() + ","))}"
    }

    private mutating func number() -> String {
        switch Int.random(in: 0..<4, using: &self) {
        case 0: "\(Int.random(in: -5...2_000_000_000, using: &self))"
        case 1: "\(Double(Int.random(in: 1...99_999_999, using: &self)) / 10_000)"
        case 2: "\(Double.random(in: 0...1e9, using: &self))"
        // Written by hand: a number as small as 0.00001 would be printed with an exponent of its own.
        default: "0.\(Int.random(in: 0...999_999_999, using: &self))e\(Int.random(in: -20...20, using: &self))"
        }
    }

    private mutating func space() -> String { ["", "", "", " ", "\n\t", "\r\n  "].randomElement(using: &self) ?? "" }
}

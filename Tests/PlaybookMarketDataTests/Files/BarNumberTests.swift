import PlaybookTestSupport
import PlaybookCore
import Testing

@testable import PlaybookMarketData

@Suite("A number in a bar file")
struct BarNumberTests {
    /// The bits that are read from `text`, and whether the fast way read it; nil when it is not a number.
    private func bits(_ text: String) throws -> (value: UInt64?, isPlain: Bool) {
        let header = Array(BarText.header.utf8)
        let format = try header.withUnsafeBufferPointer {
            try TextLayout(head: $0, symbol: nil, options: FileOptions())
        }
        var parser = PlainLineParser(format, symbol: nil)
        let line = Array("2024-11-04T14:30:00Z,\(text),102,99,101,5000".utf8)
        if let bar = parser.bar(on: line) { return (bar.open.bitPattern, true) }
        var text = text
        return (text.withUTF8 { DecimalParser.parse($0) }?.bitPattern, false)
    }

    @Test(
        "is what Double makes of it",
        arguments: [
            "0", "1", "00", "007", "0.1", "1.", ".5", "0.", "-0", "-1.5", "+2", "1e3", "1E-3", "1e22", "1e23", "4.35",
            "123456789012345", "999999999999999", "9007199254740993", "0.000000000000001", "0.1234567890123456",
            "0.30000000000000004", "2.2250738585072014e-308", "1e400", "-1e400", "1e-400", "184467440737095516151",
            "000000000000000000000000000000000000001.25", "nan", "inf", "-inf", "", ".", "-", "+", "e5", "1e", "1e+",
            "--1", "1..2", "1.2.3", "1 5", " 1", "1 ", "1_000", "0x", "$5", "5%", "٣", "1\0", "12345678901234.5",
            "123456789012345.", "1234567890123456.", "99999999999999999999", "0.00000000000000001",
        ])
    func spellings(text: String) throws {
        #expect(try bits(text).value == Double(text)?.bitPattern)
    }

    @Test("is what Double makes of it to the last bit, however many digits it has")
    func randomSpellings() throws {
        var random = SeededGenerator(seed: 1)
        var differences: [String] = []
        for _ in 0..<15_000 {
            let text = randomDecimal(&random)
            if try bits(text).value != Double(text)?.bitPattern { differences.append(text) }
        }
        #expect(differences == [])
    }

    @Test("is read the fast way, and right, when it is an ordinary price")
    func prices() throws {
        var random = SeededGenerator(seed: 2)
        var differences: [String] = []
        for _ in 0..<5_000 {
            let units = Int.random(in: 1...99_999_999_999, using: &random)
            let decimals = Int.random(in: 0...6, using: &random)
            let digits = String(repeating: "0", count: max(0, decimals + 1 - "\(units)".count)) + "\(units)"
            let text = digits.dropLast(decimals) + (decimals > 0 ? "." + digits.suffix(decimals) : "")
            let (value, isPlain) = try bits(String(text))
            if !isPlain || value != Double(text)?.bitPattern { differences.append(String(text)) }
        }
        #expect(differences == [])
    }

    @Test("is not looked for in more than 64 bytes")
    func longest() throws {
        #expect(try bits(String(repeating: "0", count: 63) + "5").value == 5.0.bitPattern)
        #expect(try bits(String(repeating: "0", count: 64) + "5").value == nil)
    }

    private func randomDecimal(_ random: inout SeededGenerator) -> String {
        func digits(_ range: ClosedRange<Int>) -> String {
            (0..<Int.random(in: range, using: &random)).map { _ in
                String(UInt8.random(in: 0...9, using: &random))
            }.joined()
        }
        var text = ["", "", "", "", "-", "+"].randomElement(using: &random) ?? ""
        text += digits(0...20)
        if Bool.random(using: &random) { text += "." + digits(0...20) }
        if UInt8.random(in: 0..<8, using: &random) == 0 {
            text += ["e", "E", "e-", "e+"].randomElement(using: &random) ?? ""
            text += digits(0...3)
        }
        return text
    }
}

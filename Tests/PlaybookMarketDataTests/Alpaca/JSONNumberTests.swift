import PlaybookTestSupport
import PlaybookCore
import Testing

@testable import PlaybookMarketData

@Suite("A number in JSON")
struct JSONNumberTests {
    /// What the scanner makes of `text` as a number and nothing else.
    static func number(_ text: String) throws -> Double {
        try Array(text.utf8).withUnsafeBufferPointer { bytes in
            var scanner = JSONScanner(bytes)
            let value = try scanner.number()
            try scanner.finish()
            return value
        }
    }

    @Test(
        "is read to the bit",
        arguments: [
            "0", "-0", "0.0", "-0.0", "1", "10", "168", "168.05", "0.1", "0.30000000000000004", "1e3", "1E3", "1e+3",
            "1.5e-3", "-1.25E-10", "123456789012345", "1234567890123456", "12345678901234567890", "9007199254740993",
            "0.000001", "0e5", "0.0e-5", "5e-324", "2.2250738585072011e-308", "1.7976931348623157e308", "1e-400",
            "179769313486231570000000000000", "0.100000000000000005551115123125782702118158340454",
        ])
    func forms(text: String) throws {
        let expected = try #require(Double(text))
        #expect(try Self.number(text).bitPattern == expected.bitPattern)
        #expect(try Self.number(" \t\r\n\(text)\n").bitPattern == expected.bitPattern)
    }

    @Test("of any digits, point and exponent is read to the bit")
    func random() throws {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<5_000 {
            var text = Int.random(in: 0..<4, using: &random) == 0 ? "-" : ""
            text += random.digits(upTo: 18, leadingZero: false)
            if Bool.random(using: &random) { text += "." + random.digits(upTo: 18, leadingZero: true) }
            if Int.random(in: 0..<4, using: &random) == 0 {
                text += ["e", "E", "e+", "E-", "e-"].randomElement(using: &random) ?? ""
                text += "\(Int.random(in: 0...250, using: &random))"
            }
            let expected = try #require(Double(text), "\(text)")
            guard expected.isFinite else { continue }
            #expect(try Self.number(text).bitPattern == expected.bitPattern, "\(text)")
        }
    }

    @Test(
        "of another spelling is none",
        arguments: [
            "", "-", "+1", "01", "-01", "00", "01.5", "1.", "1.e5", ".5", "-.5", "1e", "1e+", "1e1.5", "1.2.3", "--1",
            "1-2", "0x10", "nan", "NaN", "Infinity", "-Infinity", "1e400", "-1e400", "1_000", "1,000", "\"1\"", "true",
            "null", "1 2", "e5",
        ])
    func refused(text: String) {
        #expect(throws: JSONScanner.Malformed.self) { try Self.number(text) }
    }
}

extension SeededGenerator {
    /// One to `count` decimal digits.
    mutating func digits(upTo count: Int, leadingZero: Bool) -> String {
        let length = Int.random(in: 1...count, using: &self)
        if !leadingZero, length == 1 { return "\(Int.random(in: 0...9, using: &self))" }
        return (0..<length).map { place in
            "\(Int.random(in: place == 0 && !leadingZero ? 1...9 : 0...9, using: &self))"
        }.joined()
    }
}

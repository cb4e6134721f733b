import Foundation
import PlaybookCore
import PlaybookTestSupport
import Testing

@Suite("Numbers in the journal")
struct JournalNumberTests {
    /// What C's printf makes of a number, without trailing zeros or a minus sign before zero.
    static func reference(_ number: Double) -> String {
        var text = String(format: "%.6f", number)
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text == "-0" ? "0" : text
    }

    static func compare(_ numbers: some Sequence<Double>, sourceLocation: SourceLocation = #_sourceLocation) {
        var wrong: [String] = []
        for number in numbers {
            for signed in [number, -number] where journalNumber(signed) != reference(signed) {
                wrong.append("\(signed): \(journalNumber(signed)) instead of \(reference(signed))")
            }
        }
        let count = wrong.count
        #expect(count == 0, "\(wrong.prefix(5))", sourceLocation: sourceLocation)
    }

    @Test(
        "have up to six decimals and no trailing noise",
        arguments: [
            (0, "0"), (-0.0, "0"), (1, "1"), (-1, "-1"), (100.75, "100.75"), (0.1 + 0.2, "0.3"), (1e-6, "0.000001"),
            (-0.0000004, "0"), (0.0000006, "0.000001"), (1234.5678901, "1234.56789"), (-2.5, "-2.5"), (20, "20"),
            (100.000001, "100.000001"), (99.9999996, "100"), (1e8, "100000000"),
            (999_999_999.999999, "999999999.999999"),
            (0.00102, "0.00102"), (1e12, "1000000000000"), (-1e9, "-1000000000"),
        ])
    func examples(number: Double, text: String) {
        #expect(journalNumber(number) == text)
    }

    @Test("round as C does, on numbers of every size")
    func random() {
        var random = SeededGenerator(seed: 91)
        var numbers: [Double] = []
        for _ in 0..<4_000 {
            let exponent = Double.random(in: -9..<9, using: &random)
            numbers.append(min(pow(10, exponent), 999_999_999) * random.unit())
        }
        for _ in 0..<4_000 { numbers.append((random.unit() * 1e9).rounded() / 1e6) }
        for _ in 0..<2_000 { numbers.append((random.unit() * 100_000).rounded() / 100) }
        Self.compare(numbers)
    }

    @Test("round halves to even, and what lies next to a half to its own side")
    func ties() {
        // An odd number of 128ths has exactly seven decimals, of which the last is a 5.
        var numbers: [Double] = []
        for whole in [0.0, 1, 99, 12_345, 999_999, 99_999_999] {
            for odd in stride(from: 1, to: 128, by: 2) {
                let tie = whole + Double(odd) / 128
                numbers += [tie, tie.nextUp, tie.nextDown]
            }
        }
        Self.compare(numbers)
        #expect(journalNumber(1.0 / 128) == "0.007812")
        #expect(journalNumber(3.0 / 128) == "0.023438")
        // As good as a half in decimal, but a little above or below in binary.
        let halves: [Double] = (0..<20_000).map { (Double($0) + 0.5) / 1_000_000 }
        Self.compare(halves)
        Self.compare(halves.prefix(2_000).map { 100 + $0 })
    }
}

import Testing

@testable import PlaybookParquet

@Suite struct ShortestDecimalTests {
    @Test("numbers of 32 bits are read as the decimals they were made of")
    func decimals() {
        for text in [
            "0.1", "399.98", "168.05", "4001.2751", "0.0001", "1", "16777215", "123456.7", "0.00001234", "1e-7",
        ] {
            let number = Float(text) ?? .nan
            #expect(ShortestDecimal.double(number) == Double(text), "\(text)")
            #expect(ShortestDecimal.double(-number) == Double("-" + text))
        }
        #expect(ShortestDecimal.double(.infinity) == .infinity)
        #expect(ShortestDecimal.double(.nan).isNaN)
        #expect(ShortestDecimal.double(123_456_792) == 123_456_790)
    }

    @Test("each is the shortest decimal that rounds to the number")
    func agreesWithDescription() {
        var state: UInt32 = 19
        for _ in 0..<50_000 {
            state = state &* 1_664_525 &+ 1_013_904_223
            let number = Float(bitPattern: state & 0x7FFF_FFFF)
            guard number.isFinite else { continue }
            #expect(ShortestDecimal.double(number) == Double(number.description))
        }
        for cents in stride(from: 1, to: 400_000, by: 7) {
            let price = Double(cents) / 100
            #expect(ShortestDecimal.double(Float(price)) == Double(Float(price).description))
        }
    }
}

import PlaybookCore
import Testing

/// The values here were computed by a program of their own from the definition. They must never change: journals hold
/// them.
@Suite("Stable digest")
struct StableDigestTests {
    @Test("of nothing is the same for ever, and another one for another seed")
    func empty() {
        #expect(StableDigest().value == 0x9ca0_66f1_a4ab_2eea)
        #expect(StableDigest(seed: 0).value == 0x9ca0_66f1_a4ab_2eea)
        #expect(StableDigest(seed: 7).value == 0x12b5_6a21_36f8_4755)
    }

    @Test("of words, numbers and texts is the same for ever")
    func pinned() {
        var word = StableDigest()
        word.add(UInt64(42))
        #expect(word.value == 0x4f1b_71eb_2760_af4f)
        var number = StableDigest()
        number.add(1.5)
        #expect(number.value == 0x3372_1bf3_5f77_72ee)
        var text = StableDigest()
        text.add("QQQ")
        #expect(text.value == 0x99f9_955c_81ac_1ec0)
        var accent = StableDigest()
        accent.add("é")
        #expect(accent.value == 0xc896_f0b7_95c6_a10a)
    }

    @Test("is written as its first 12 hexadecimal digits, with leading zeros")
    func shortText() {
        #expect(StableDigest().shortText == "9ca066f1a4ab")
        var sawLeadingZero = false
        for seed in UInt64(0)..<200 {
            let digest = StableDigest(seed: seed)
            let digits = String(digest.value, radix: 16)
            let whole = String(repeating: "0", count: 16 - digits.count) + digits
            #expect(digest.shortText == String(whole.prefix(12)))
            sawLeadingZero = sawLeadingZero || whole.hasPrefix("0")
        }
        #expect(sawLeadingZero)
    }

    @Test("depends on the order, and on where one text ends and the next begins")
    func order() {
        func digest(_ texts: String...) -> UInt64 {
            var digest = StableDigest()
            for text in texts { digest.add(text) }
            return digest.value
        }
        let all = [digest("ab", "c"), digest("a", "bc"), digest("abc"), digest("c", "ab"), digest("abc", "")]
        #expect(Set(all).count == all.count)
    }

    @Test("tells a number from its negative and from its neighbour")
    func bits() {
        func digest(_ number: Double) -> UInt64 {
            var digest = StableDigest()
            digest.add(number)
            return digest.value
        }
        let numbers = [0.1, -0.1, 0.1.nextUp, 0.1.nextDown, 0, -0.0]
        #expect(Set(numbers.map(digest)).count == numbers.count)
    }
}

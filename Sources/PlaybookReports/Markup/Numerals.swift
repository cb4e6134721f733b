import PlaybookCore

/// Numbers as pages show them: U+2212 as minus, groups of three digits, a fixed count of decimals, halves to even.
enum Numerals {
    /// A number with so many decimals.
    static func fixed(_ number: Double, _ decimals: Int) -> String {
        guard number.isFinite else { return "–" }
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let units = (abs(number) * scale).rounded(.toNearestOrEven)
        guard units < 1e18 else { return minus("\(number)") }
        return text(Int64(units), decimals, isNegative: number < 0 && units != 0)
    }

    /// `units` with so many of its digits behind the point, written from the last to the first.
    private static func text(_ units: Int64, _ decimals: Int, isNegative: Bool) -> String {
        var (whole, rest) = (1, units)
        for _ in 0..<decimals { rest /= 10 }
        while rest >= 10 {
            whole += 1
            rest /= 10
        }
        let length = (isNegative ? 3 : 0) + whole + (whole - 1) / 3 + (decimals > 0 ? decimals + 1 : 0)
        return String(unsafeUninitializedCapacity: length) { text in
            var (place, rest) = (length, units)
            func add(_ byte: UInt8) {
                place -= 1
                text[place] = byte
            }
            for digit in 0..<whole + decimals {
                if digit == decimals, decimals > 0 { add(UInt8(ascii: ".")) }
                if digit > decimals, (digit - decimals) % 3 == 0 { add(UInt8(ascii: ",")) }
                add(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
                rest /= 10
            }
            if isNegative { for byte in "\u{2212}".utf8.reversed() { add(byte) } }
            return length
        }
    }

    /// A number with its sign; none before 0.
    static func signed(_ number: Double, _ decimals: Int) -> String {
        let text = fixed(number, decimals)
        let isZero = text.utf8.allSatisfy { "0.,".utf8.contains($0) }
        return number > 0 && !isZero ? "+" + text : text
    }

    /// What large numbers are told in beside a picture: thousands from 100,000 on, millions from 100 million on.
    static func unit(of most: Double) -> (size: Double, suffix: String) {
        abs(most) >= 1e8 ? (1e6, "M") : abs(most) >= 1e5 ? (1e3, "k") : (1, "")
    }

    /// An amount of money beside a picture, short enough for its margin: `+41.61`, `+12,345`, `+1,234k`.
    static func brief(_ amount: Double) -> String {
        let unit = unit(of: amount)
        return signed(amount / unit.size, unit.size > 1 ? 0 : decimals(ofMoney: [amount])) + unit.suffix
    }

    /// A share, 0 to 1, in percent without its sign.
    static func percent(_ share: Double, _ decimals: Int = 1) -> String { fixed(share * 100, decimals) }

    /// A number as it is, without trailing zeros.
    static func plain(_ number: Double) -> String { minus(journalNumber(number)) }

    /// `text` with the minus that is as wide as a plus.
    static func minus(_ text: String) -> String { String(text.map { $0 == "-" ? "\u{2212}" : $0 }) }

    /// `text` with a proper minus where one stands before a number, and not within a word or a date.
    static func minus(first text: String) -> String { text.first == "-" ? "\u{2212}" + text.dropFirst() : text }

    /// `text` with a proper minus before each number in it: `-0.32 to 1.16`, not the dash of `no-edge` or of a date; and
    /// `±` for `+-`.
    static func minus(within text: String) -> String {
        var told = ""
        var before: Character = " "
        var characters = text[...]
        while let character = characters.popFirst() {
            let next = characters.first
            if character == "+", next == "-" {
                characters.removeFirst()
                told.append("±")
            } else if character == "-", " (=".contains(before), next?.isNumber ?? false {
                told.append("\u{2212}")
            } else {
                told.append(character)
            }
            before = character
        }
        return told
    }

    /// A whole number in groups of three digits.
    static func count(_ number: Int) -> String { fixed(Double(number), 0) }

    /// `1 session`, `2,266 sessions`.
    static func counted(_ count: Int, _ noun: String) -> String {
        Self.count(count) + " " + noun + (count == 1 ? "" : "s")
    }

    /// How many decimals amounts of money of these sizes want: cents below 1,000 USD.
    static func decimals(ofMoney numbers: [Double]) -> Int { numbers.contains { abs($0) >= 1_000 } ? 0 : 2 }

    /// How many decimals prices of trades are shown with.
    static func decimals(ofPricesIn trades: [ClosedTrade]) -> Int {
        let least = trades.map(\.entry).min() ?? 1
        return least >= 5 ? 2 : least >= 0.1 ? 4 : 6
    }
}

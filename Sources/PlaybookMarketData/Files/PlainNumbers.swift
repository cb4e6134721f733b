import PlaybookCore

/// Reads decimal numbers in the plainest spelling fast: `168`, `168.05`.
struct PlainDecimal: Sendable {
    static let shared = PlainDecimal()

    /// 10^0 to 10^15.
    private let powers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ]

    /// Digits with at most one point among them, at most 15: both operands are then exact, so that the one division
    /// rounds correctly (W. Clinger, "How to Read Floating Point Numbers Accurately", 1990).
    @inline(__always)
    func parse(_ position: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Double? {
        let start = position
        var digits: UInt64 = 0
        while position < end {
            let digit = position[0] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            digits = digits &* 10 &+ UInt64(digit)
            position += 1
        }
        guard position > start else { return nil }
        guard position < end, position[0] == UInt8(ascii: ".") else {
            return position - start <= 15 ? Double(digits) : nil
        }
        position += 1
        let point = position
        while position < end {
            let digit = position[0] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            digits = digits &* 10 &+ UInt64(digit)
            position += 1
        }
        guard position - start <= 16 else { return nil }
        return Double(digits) / powers[position - point]
    }
}

/// Reads instants in the plainest spelling fast.
struct PlainTime {
    // Bars of a day follow each other: a day is taken apart once.
    private var cachedDate: (UInt64, UInt16)?
    private var cachedMidnight: Int64 = 0

    /// `YYYY-MM-DDTHH:MM:SSZ`.
    @inline(__always)
    mutating func parse(_ text: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Int64? {
        guard end - text >= 20, text[10] == UInt8(ascii: "T"), text[13] == UInt8(ascii: ":"),
            text[16] == UInt8(ascii: ":"), text[19] == UInt8(ascii: "Z")
        else { return nil }
        let raw = UnsafeRawPointer(text)
        let date = (raw.loadUnaligned(as: UInt64.self), raw.loadUnaligned(fromByteOffset: 8, as: UInt16.self))
        if cachedDate.map({ $0 == date }) != true {
            guard text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-") else { return nil }
            let (century, year, month) = (pair(text), pair(text + 2), pair(text + 5))
            // A pair above 99 is not a number, so this is not a date.
            guard max(century, year) < 100,
                let day = CivilDate(year: Int(century * 100 + year), month: Int(month), day: Int(pair(text + 8)))
            else { return nil }
            cachedDate = date
            cachedMidnight = Int64(day.daysSinceEpoch) * 86_400
        }
        let hour = pair(text + 11)
        let minute = pair(text + 14)
        let second = pair(text + 17)
        guard hour < 24, minute < 60, second < 60 else { return nil }
        return cachedMidnight + hour * 3600 + minute * 60 + second
    }

    /// The two-digit number at `text`; 1000 or more when it is none.
    @inline(__always)
    private func pair(_ text: UnsafePointer<UInt8>) -> Int64 {
        let tens = Int64(text[0] &- UInt8(ascii: "0"))
        let ones = Int64(text[1] &- UInt8(ascii: "0"))
        return tens < 10 && ones < 10 ? tens * 10 + ones : 1000
    }
}

/// Reads decimal numbers exactly as `Double(String)` would, faster.
enum DecimalParser {
    /// 10^0 to 10^22, the powers of ten that a Double holds exactly.
    private static let powers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// The number that the field spells; nil when it spells none.
    @inline(__always)
    static func parse(_ field: UnsafeBufferPointer<UInt8>) -> Double? {
        var digits: UInt64 = 0
        var count = 0
        var fraction = 0
        var seenPoint = false
        for byte in field {
            let digit = byte &- UInt8(ascii: "0")
            if digit < 10 {
                digits = digits &* 10 &+ UInt64(digit)
                count += 1
                if seenPoint { fraction += 1 }
            } else if byte == UInt8(ascii: "."), !seenPoint {
                seenPoint = true
            } else {
                return slow(field)
            }
        }
        // Up to 15 digits both operands are exact, so that the one division rounds correctly (W. Clinger, "How to Read
        // Floating Point Numbers Accurately", 1990).
        guard count > 0, count <= 15 else { return slow(field) }
        return fraction == 0 ? Double(digits) : Double(digits) / powers[fraction]
    }

    /// Signs, exponents, many digits.
    @inline(never)
    private static func slow(_ field: UnsafeBufferPointer<UInt8>) -> Double? {
        guard field.count <= 64 else { return nil }
        return Double(String(decoding: field, as: UTF8.self))
    }
}

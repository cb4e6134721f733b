/// How many decimals the journal gives prices: 6, or 10 where the session opens below 0.1.
public enum PriceDecimals: Int, Sendable {
    case six = 6
    case ten = 10

    /// The decimals of a session that opens at `open`.
    public init(sessionOpen open: Double) { self = abs(open) < 0.1 ? .ten : .six }

    fileprivate var scale: Double { self == .six ? 1_000_000 : 10_000_000_000 }
    /// Above this a number is written with all its digits: its last decimal is not known anyway.
    fileprivate var limit: Double { self == .six ? 1e9 : 1e5 }
}

/// The whole number of units of the last decimal that a number is rounded to: its exact value, halves to even, as C's
/// `%.6f`; nil for numbers too large to have such decimals.
private func journalUnits(_ magnitude: Double, _ decimals: PriceDecimals) -> Int64? {
    guard magnitude < decimals.limit else { return nil }
    // `scaled + error` is the exact product, so the comparison with one half is exact too.
    let scaled = magnitude * decimals.scale
    let error = (-scaled).addingProduct(magnitude, decimals.scale)
    let floor = scaled.rounded(.down)
    let overHalf = (scaled - floor - 0.5) + error
    var units = Int64(floor)
    if overHalf > 0 || (overHalf == 0 && units % 2 == 1) { units += 1 }
    return units
}

/// A number as the journal holds it: `journalNumber` of it, read back.
public func journalRounded(_ number: Double, _ decimals: PriceDecimals = .six) -> Double {
    guard let units = journalUnits(abs(number), decimals) else { return number }
    if units == 0 { return 0 }
    // Both are exact, so the quotient is the double nearest to the decimal, which is what reading its text gives.
    let rounded = Double(units) / decimals.scale
    return number < 0 ? -rounded : rounded
}

/// A number as the journal writes it: its exact value rounded to 6 decimals (halves to even, as C's `%.6f`), without
/// trailing zeros or a minus sign before zero.
public func journalNumber(_ number: Double, _ decimals: PriceDecimals = .six) -> String {
    var bytes: [UInt8] = []
    appendJournalNumber(number, decimals, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
}

/// Adds a number as the journal writes it.
func appendJournalNumber(_ number: Double, _ decimals: PriceDecimals, to bytes: inout [UInt8]) {
    guard let units = journalUnits(abs(number), decimals) else {
        bytes += decimalText(number).utf8
        return
    }
    guard units != 0 else {
        bytes.append(UInt8(ascii: "0"))
        return
    }
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    let (whole, rest) = units.quotientAndRemainder(dividingBy: Int64(decimals.scale))
    appendDigits(UInt64(whole), atLeast: 1, to: &bytes)
    guard rest != 0 else { return }
    var fraction = UInt64(rest)
    var width = decimals.rawValue
    while fraction % 10 == 0 {
        fraction /= 10
        width -= 1
    }
    bytes.append(UInt8(ascii: "."))
    appendDigits(fraction, atLeast: width, to: &bytes)
}

/// Adds a whole number in at least so many digits.
func appendDigits(_ number: UInt64, atLeast width: Int, to bytes: inout [UInt8]) {
    var rest = number
    var digits: (UInt64, UInt64, UInt64) = (0, 0, 0)
    withUnsafeMutableBytes(of: &digits) { buffer in
        var start = buffer.count
        var written = 0
        while rest != 0 || written < max(width, 1) {
            start -= 1
            buffer[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
            written += 1
        }
        bytes += buffer[start...]
    }
}

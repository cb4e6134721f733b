/// Decimals to binary: `unscaled` / 10^`scale`, correctly rounded.
enum DecimalValue {
    /// The powers of ten that a `Double` holds exactly.
    private static let exactPowers: [Double] = (0...22).map { exponent in
        (0..<exponent).reduce(1.0) { power, _ in power * 10 }
    }

    static func double(_ unscaled: Int64, scale: Int) -> Double {
        // Both sides of the division are exact, so that it rounds once.
        if unscaled.magnitude <= 1 << 53 && scale < exactPowers.count { return Double(unscaled) / exactPowers[scale] }
        return text(unscaled, scale)
    }

    /// From a big-endian number in two's complement, as byte arrays hold it.
    static func double(_ bytes: UnsafeRawBufferPointer, scale: Int) throws(ParquetError) -> Double {
        guard let first = bytes.first else { throw ParquetError("a decimal of no bytes") }
        let fill: UInt8 = first >= 0x80 ? 0xFF : 0
        var significant = bytes[...]
        while significant.count > 16, significant.first == fill { significant = significant.dropFirst() }
        guard significant.count <= 16, ((significant.first ?? 0) >= 0x80) == (fill == 0xFF) else {
            throw ParquetError("a decimal of more than 128 bits")
        }
        var value: Int128 = fill == 0 ? 0 : -1
        for byte in significant { value = value << 8 | Int128(byte) }
        if let small = Int64(exactly: value) { return double(small, scale: scale) }
        return text(value, scale)
    }

    private static func text(_ unscaled: some BinaryInteger, _ scale: Int) -> Double {
        // A number with an exponent is always understood.
        Double("\(unscaled)e-\(scale)") ?? .nan
    }
}

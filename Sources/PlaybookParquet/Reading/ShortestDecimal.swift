/// Reads a 32-bit floating-point number as the decimal that it was made of.
enum ShortestDecimal {
    /// 10^0 to 10^7, each exact.
    private static let powers: [Double] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7]

    /// The `Double` nearest to the shortest decimal that rounds to `number`: 0.1 of `Float` becomes 0.1, not
    /// 0.10000000149011612. It is what a text file of the same numbers holds.
    static func double(_ number: Float) -> Double {
        let exact = Double(number)
        // Below 2^24 the shortest decimal has no digits after those that are tried; of as many, the nearest is the one.
        guard number.magnitude < 0x1p24 else { return number.isFinite ? slowly(number) : exact }
        for power in powers {
            let candidate = (exact * power).rounded(.toNearestOrEven) / power
            if Float(candidate) == number { return candidate }
        }
        return slowly(number)
    }

    private static func slowly(_ number: Float) -> Double { Double(number.description) ?? Double(number) }
}

extension Double {
    /// Whether this lies above `other` by more than rounding: a price and an average of prices that are equal in decimal
    /// arithmetic differ in the last binary places, and equal is not above. One part in 10^12 is about a thousand
    /// times the rounding error of a mean over 200 closes and a millionth of a tick.
    @inline(__always)
    func isAbove(_ other: Double) -> Bool { self - other > 1e-12 * abs(other) }

    /// Whether this lies below `other` by more than rounding: see `isAbove`.
    @inline(__always)
    func isBelow(_ other: Double) -> Bool { other - self > 1e-12 * abs(other) }
}

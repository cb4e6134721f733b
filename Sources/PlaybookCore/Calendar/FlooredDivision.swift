extension FixedWidthInteger {
    /// The quotient rounded towards negative infinity; the divisor must be positive.
    @inline(__always)
    func flooredQuotient(by divisor: Self) -> Self {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// The remainder from 0 up to the divisor, which must be positive.
    @inline(__always)
    func flooredRemainder(by divisor: Self) -> Self {
        let remainder = self % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }
}

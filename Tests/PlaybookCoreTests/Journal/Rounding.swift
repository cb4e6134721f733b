/// Whether a number of the journal is `exact`, rounded to its six decimals.
func isRounded(_ number: Double?, _ exact: Double?) -> Bool {
    guard let number, let exact else { return number == nil && exact == nil }
    return abs(number - exact) <= 5.000001e-7
}

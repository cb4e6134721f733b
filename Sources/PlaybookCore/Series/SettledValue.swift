/// A number or condition that is unknown up to a bar of the session and one value from there on.
struct SettledValue {
    /// Its session, as the bank counts those it has opened.
    var session = 0
    /// The bar from which on it is known; -1 where bars are missing, so that each bar has to be looked at.
    var from = -1
    /// A condition is 1 or 0; NaN for an unknown one.
    var value = Double.nan

    func number(_ bar: Int) -> Double { bar >= from ? value : .nan }

    func truth(_ bar: Int) -> Bool? { bar >= from && !value.isNaN ? value == 1 : nil }

    func firstTrue(in bars: Range<Int>) -> Int? {
        let first = max(bars.lowerBound, from)
        return value == 1 && first < bars.upperBound ? first : nil
    }
}

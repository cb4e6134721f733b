/// When two numbers are equal: when they differ by at most 1e-9 x max(|a|, |b|, min(1, p)), p the last close before the
/// session, or its first open where there is none. Equal is neither above nor below: a price and an average of prices that
/// are equal in decimal arithmetic differ in the last binary places.
public struct Equality: Sendable, Hashable {
    /// Numbers smaller than this are taken for as large: min(1, p).
    public let floor: Double

    /// The equality of a session before which the price was `price`.
    public init(price: Double) { floor = price < 1 ? price : 1 }

    /// Whether `one` lies above `other` by more than equal numbers may differ.
    @inline(__always)
    public func isAbove(_ one: Double, _ other: Double) -> Bool {
        one > other && one - other > 1e-9 * max(abs(one), abs(other), floor)
    }

    /// Whether `one` lies below `other` by more than equal numbers may differ.
    @inline(__always)
    public func isBelow(_ one: Double, _ other: Double) -> Bool { isAbove(other, one) }

    /// Whether two numbers differ by no more than equal numbers may.
    @inline(__always)
    func isEqual(_ one: Double, _ other: Double) -> Bool { !isAbove(one, other) && !isAbove(other, one) }

    /// The whole number at or below `number`; a number equal to a whole number is that one.
    func floor(_ number: Double) -> Double {
        let nearest = (number + 0.5).rounded(.down)
        return isEqual(number, nearest) ? nearest : number.rounded(.down)
    }
}

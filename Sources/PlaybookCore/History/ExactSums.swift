/// Sums over runs of prices in a few instructions each, and exact: the order of summation, and with it where a series
/// begins, cannot matter.
///
/// Prices are kept as whole units and as fractions in units of 2^-52, in running sums of integers; a difference of two
/// running sums is right even when they have overflowed. A run may have up to 1024 prices.
struct ExactSums: Sendable {
    private var whole: [Int64] = [0]
    private var fraction: [Int64] = [0]

    /// - Parameter prices: above 0, below 2^52.
    init(_ prices: [Double]) {
        whole.reserveCapacity(prices.count + 1)
        fraction.reserveCapacity(prices.count + 1)
        for (index, price) in prices.enumerated() {
            let floor = price.rounded(.down)
            whole.append(whole[index] &+ Int64(floor))
            fraction.append(fraction[index] &+ Int64((price - floor) * 0x1p52))
        }
    }

    /// The sum of the prices at `range`.
    func sum(_ range: Range<Int>) -> Double {
        Double(whole[range.upperBound] &- whole[range.lowerBound])
            + Double(fraction[range.upperBound] &- fraction[range.lowerBound]) * 0x1p-52
    }
}

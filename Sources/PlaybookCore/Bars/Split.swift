/// A share split. Prices before its date are divided by `ratio` when they are compared with prices from that date on.
public struct Split: Hashable, Sendable {
    /// The first session traded at the new price.
    public let date: CivilDate
    /// New shares for one old share: 10 for a 10:1 split, 0.1 for a 1:10 reverse split. Above 0.
    public let ratio: Double

    /// A split of `ratio` new shares for one old one, effective at the open of `date`.
    public init(date: CivilDate, ratio: Double) {
        self.date = date
        self.ratio = ratio
    }
}

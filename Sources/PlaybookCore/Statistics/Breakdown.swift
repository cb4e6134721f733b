/// The trades of one group, for instance those entered from 10:10 to 10:20.
public struct Breakdown: Sendable, Hashable {
    /// The group's name.
    public let group: String
    /// How many trades.
    public let trades: Int
    /// Share of trades that won, 0 to 1.
    public let winRate: Double?
    /// Mean R; nil without stops.
    public let expectancy: Double?
    /// Sum of net P&L in USD.
    public let net: Double

    init(_ group: String, _ trades: [ClosedTrade]) {
        self.group = group
        self.trades = trades.count
        winRate = PlaybookCore.winRate(trades)
        expectancy = PlaybookCore.expectancy(trades)
        net = trades.reduce(0) { $0 + $1.net }
    }

    /// By ten-minute bucket of the entry time, ascending.
    public static func byEntryBucket(_ trades: [ClosedTrade]) -> [Breakdown] {
        Dictionary(grouping: trades, by: \.entryBucket).sorted { $0.key < $1.key }.map { Breakdown($0.key, $0.value) }
    }

    /// By tercile of ATR / entry price: the trades sorted by it and cut into three groups whose sizes differ by one at
    /// the most, the lowest first. Equal values keep the order of entry. Empty with fewer than three trades.
    ///
    /// Source: R. Hyndman and Y. Fan, "Sample Quantiles in Statistical Packages" (1996), for cutting by rank.
    public static func byTrueRangeTercile(_ trades: [ClosedTrade]) -> [Breakdown] {
        let known = trades.enumerated().filter { $0.element.trueRangeFraction != nil }
            .sorted {
                ($0.element.trueRangeFraction ?? 0, $0.offset) < ($1.element.trueRangeFraction ?? 0, $1.offset)
            }
            .map(\.element)
        guard known.count >= 3 else { return [] }
        return ["low", "middle", "high"].enumerated().map { third, name in
            Breakdown(name, Array(known[(known.count * third / 3)..<(known.count * (third + 1) / 3)]))
        }
    }
}

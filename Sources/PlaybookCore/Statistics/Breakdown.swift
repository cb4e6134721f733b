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

    /// By ten-minute bucket of the entry time, ascending; those after midnight come behind those before it.
    ///
    /// - Parameter nextDay: whether each trade was entered after its session's midnight; empty for none.
    public static func byEntryBucket(_ trades: [ClosedTrade], nextDay: [Bool] = []) -> [Breakdown] {
        let late = Set(zip(trades, nextDay).filter(\.1).map(\.0.entryBucket))
        return groups(trades, by: trades.map(\.entryBucket)) { ((late.contains($0) ? "~" : "") + $0, $0) }
    }

    /// Long and short, those there are.
    public static func bySide(_ trades: [ClosedTrade]) -> [Breakdown] {
        groups(trades, by: trades.map(\.side.rawValue)) { ($0, $0) }
    }

    /// By how they ended, ascending by name.
    public static func byExitReason(_ trades: [ClosedTrade]) -> [Breakdown] {
        groups(trades, by: trades.map(\.exitReason)) { ($0, $0) }
    }

    /// By the playbook's setup, ascending by name; empty where no trade tells its setup.
    ///
    /// - Parameter setups: the setup of each trade.
    public static func bySetup(_ trades: [ClosedTrade], setups: [String]) -> [Breakdown] {
        setups.allSatisfy(\.isEmpty) ? [] : groups(trades, by: setups) { ($0, $0) }
    }

    /// By calendar month, `2025-01`, ascending.
    ///
    /// - Parameter dates: the session of each trade.
    public static func byMonth(_ trades: [ClosedTrade], dates: [CivilDate]) -> [Breakdown] {
        groups(trades, by: dates.map(Month.init)) { ($0, $0.description) }
    }

    /// By day of the week, `mon` to `sun`, those there are.
    ///
    /// - Parameter dates: the session of each trade.
    public static func byWeekday(_ trades: [ClosedTrade], dates: [CivilDate]) -> [Breakdown] {
        groups(trades, by: dates.map(\.weekday)) { (($0.rawValue + 6) % 7, $0.shortName.lowercased()) }
    }

    /// By R-multiple, in steps of 1 R from below -1 to 3 and more; groups without a trade between others are there too.
    /// Empty without R-multiples.
    public static func byR(_ trades: [ClosedTrade]) -> [Breakdown] {
        let known = trades.filter { $0.rMultiple != nil }
        // One that is stopped out at its stop has -1, give or take what rounding leaves.
        let places = known.map { max(-2, min(3, Int((($0.rMultiple ?? 0) + 1e-9).rounded(.down)))) }
        guard let first = places.min(), let last = places.max() else { return [] }
        return (first...last).map { place in
            let name =
                switch place {
                case -2: "below -1 R"
                case 3: "3 R and more"
                default: "\(place) to \(place + 1) R"
                }
            return Breakdown(name, zip(known, places).filter { $0.1 == place }.map(\.0))
        }
    }

    /// The trades of each key, in the order of what `place` gives first, by the name that it gives second.
    private static func groups<Key: Hashable>(
        _ trades: [ClosedTrade], by keys: [Key], _ place: (Key) -> (some Comparable, String)
    ) -> [Breakdown] {
        Dictionary(grouping: zip(keys, trades), by: \.0).map { (place($0.key), $0.value.map(\.1)) }
            .sorted { $0.0.0 < $1.0.0 }.map { Breakdown($0.0.1, $0.1) }
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

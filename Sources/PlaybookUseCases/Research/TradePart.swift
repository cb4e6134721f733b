import PlaybookCore
package import PlaybookResearch

/// The trades of some of a run's units.
package struct TradePart: Sendable {
    /// The units, symbol by symbol, then set by set.
    package let units: Range<Int>
    /// For each unit its trades; nil where the set is refused.
    package let trades: [[TradeOutcome]?]

    package init(units: Range<Int>, trades: [[TradeOutcome]?]) { (self.units, self.trades) = (units, trades) }

    /// The trades of some of its units.
    package func trades(of units: Range<Int>) -> ArraySlice<[TradeOutcome]?> {
        trades[units.lowerBound - self.units.lowerBound..<units.upperBound - self.units.lowerBound]
    }
}

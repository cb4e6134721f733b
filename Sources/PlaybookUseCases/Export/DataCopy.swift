public import PlaybookCore

/// A table that bars are put into.
package protocol BarTable: Sendable {
    /// Where it is.
    var location: String { get }
    /// Puts a symbol's bars in the place of those that are there, in one transaction.
    ///
    /// - Parameter source: what the bars' column `source` says.
    func put(_ bars: BarColumns, of symbol: Symbol, _ timeframe: Timeframe, source: String) async throws
}

/// The use case behind `data copy`: a source's bars into the table `bars` of a PostgreSQL database. Safe to repeat.
public struct DataCopy: Sendable {
    private let table: any BarTable
    private let market: MarketData
    private let symbols: [Symbol]
    private let timeframe: Timeframe
    private let dates: ClosedRange<CivilDate>

    /// A copy of the symbols' bars.
    package init(
        to table: any BarTable, market: MarketData, symbols: [Symbol], timeframe: Timeframe,
        dates: ClosedRange<CivilDate>
    ) {
        (self.table, self.market, self.symbols) = (table, market, symbols)
        (self.timeframe, self.dates) = (timeframe, dates)
    }

    /// What was copied of a symbol.
    public struct Copied: Sendable {
        public let symbol: Symbol
        public let bars: Int
        public let warnings: [NeutralText]
    }

    /// Copies the bars, symbol by symbol, each in one transaction.
    ///
    /// - Returns: where they are, and how many of each symbol.
    /// - Throws: a `PlaybookError`.
    public func run() async throws -> (location: String, copied: [Copied]) {
        var copied: [Copied] = []
        for symbol in symbols {
            let (found, used, _) = try await market.settled { market in
                var request = HistoryRequest(
                    symbol: symbol, sessions: dates, playbooks: [], timeframe: timeframe)
                request.sourceTimeframe = timeframe
                return try await HistoryLoader(source: market.source).load(request)
            }
            try await table.put(found.bars, of: symbol, timeframe, source: used.source.label)
            copied.append(
                Copied(symbol: symbol, bars: found.bars.count, warnings: found.warnings.map(\.neutralText)))
        }
        return (table.location, copied)
    }
}

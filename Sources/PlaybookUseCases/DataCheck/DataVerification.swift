package import PlaybookCore

/// The use case behind `data verify`: whether the files that bars in the cache came from are still those published.
public struct DataVerification: Sendable {
    private let market: any BarProvider
    private let symbols: @Sendable () throws -> [Symbol]?

    /// A comparison for the chosen source.
    ///
    /// - Parameter symbols: the symbols to look at; nil for all that are in the cache.
    package init(_ market: any BarProvider, symbols: @escaping @Sendable () throws -> [Symbol]?) {
        (self.market, self.symbols) = (market, symbols)
    }

    /// Looks at each symbol that is named; without any, at all that are in the cache.
    ///
    /// - Throws: a `PlaybookError` when the source publishes no digests, or does not answer.
    public func run() async throws -> Result {
        guard let cached = try market.marketData().cached else {
            throw PlaybookError(
                .usage, "the chosen source has no cache whose files could be compared",
                nextStep: .set(.source, to: "binance"))
        }
        let symbols: [Symbol]
        if let named = try self.symbols() {
            symbols = named
        } else {
            symbols = Set(try await cached.inventory(of: nil).entries.map(\.symbol)).sorted()
        }
        var findings: [(symbol: Symbol, verification: CacheVerification)] = []
        for symbol in symbols { findings.append((symbol, try await cached.verification(of: symbol))) }
        return Result(location: cached.location, findings: findings)
    }

    /// What was found.
    public struct Result: Sendable {
        package let location: String
        package let findings: [(symbol: Symbol, verification: CacheVerification)]

        /// Whether no file is another by now.
        public var isClean: Bool { findings.allSatisfy(\.verification.changes.isEmpty) }
    }
}

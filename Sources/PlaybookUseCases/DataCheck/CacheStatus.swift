package import PlaybookCore

/// The use case behind `data status`: what the cache holds.
public struct CacheStatus: Sendable {
    private let read: @Sendable (Set<Symbol>?) async throws -> CacheInventory
    private let location: String
    private let markets: [Market]

    /// A look at a cache.
    ///
    /// - Parameters:
    ///   - location: where it is.
    ///   - markets: those that symbols may be of.
    ///   - read: reads and checks its files, of some symbols or of all.
    package init(
        location: String, markets: [Market], read: @escaping @Sendable (Set<Symbol>?) async throws -> CacheInventory
    ) {
        (self.location, self.markets, self.read) = (location, markets, read)
    }

    /// What is there.
    public struct Result: Sendable {
        package let inventory: CacheInventory
        package let location: String

        /// Whether no file is damaged.
        public var isSound: Bool { inventory.damagedSplits.isEmpty && inventory.entries.allSatisfy(\.damaged.isEmpty) }
    }

    /// Reads it.
    ///
    /// - Parameter symbols: the symbols to look at, separated by commas, with their bars before the open; those that name no
    ///   market on any; nil for all.
    /// - Throws: a `PlaybookError`.
    public func run(_ symbols: String?) async throws -> Result {
        let symbols = try symbols.map { (text) throws(PlaybookError) in
            do {
                return try symbolSet(text)
            } catch {
                throw PlaybookError(.usage, "--symbol: \(error)")
            }
        }
        return Result(inventory: try await read(symbols), location: location)
    }

    private func symbolSet(_ text: String) throws -> Set<Symbol> {
        var found: Set<Symbol> = []
        for word in text.split(separator: ",", omittingEmptySubsequences: false) {
            // Tickers of that market have every character that there may be.
            let named = try Symbol.list(word, markets: [.roundTheClock] + markets)
            let wanted = named.flatMap { symbol in
                word.contains("@") ? [symbol] : markets.compactMap { Symbol(symbol.name, market: $0) }
            }
            found.formUnion(wanted + wanted.compactMap(\.inPremarket))
        }
        return found
    }
}

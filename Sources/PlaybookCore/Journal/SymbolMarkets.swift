/// Which market each symbol of a journal is traded on; a symbol has one market in a journal.
public struct SymbolMarkets: Sendable {
    private let named: [String: Market]
    private let all: [Market]

    /// - Parameters:
    ///   - symbols: those whose markets are known.
    ///   - all: the known markets, of which rows name one; the first is the default.
    public init(_ symbols: some Sequence<Symbol> = [], among all: [Market] = Market.all) {
        named = Dictionary(symbols.map { ($0.name, $0.market) }) { first, _ in first }
        self.all = all
    }

    /// The market of a symbol.
    ///
    /// - Parameter noted: what rows of the symbol say, where it has any.
    public func market(of symbol: String, noted: String? = nil) -> Market {
        if let market = named[symbol] { return market }
        if let noted, let market = all.first(where: { $0.id == noted }) { return market }
        return all.first ?? .xnys
    }

    /// The markets that a journal's rows may be of, the usual one first.
    public var markets: [Market] { all }
}

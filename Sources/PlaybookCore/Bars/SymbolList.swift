/// A word of a list of ticker symbols that is none.
public struct NoSymbol: Error, Hashable, Sendable, CustomStringConvertible {
    /// The word, as far as it is worth showing: 40 characters.
    public let word: String

    /// The markets that it could have named, where what is wrong is the market.
    private let markets: [String]?

    init(_ word: Substring, markets: [Market]) {
        self.word = String(word.prefix(40))
        let named = word.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let isElsewhere =
            named.count == 2 && Symbol(named[0]) != nil
            && !markets.contains { $0.id.lowercased() == named[1].lowercased() }
        self.markets = isElsewhere ? markets.map(\.id) : nil
    }

    public var description: String {
        if let markets {
            return "'\(word)' is of an unknown market: write \(markets.joined(separator: " or ")) behind the @"
        }
        return
            "'\(word)' is not a ticker symbol: letters, digits, '.' and '-', at most 15, the first a letter or digit; "
            + "'/' only on a market that has such tickers: BTC/USD@24x7"
    }
}

extension Symbol {
    /// The symbols of a list as users write it, `QQQ, SPY`: in the order given, each once.
    ///
    /// A symbol with a space in it is refused, never joined to another one.
    ///
    /// - Parameters:
    ///   - spacesSeparate: whether spaces separate symbols too, and commas may be doubled, as in files of symbols.
    ///   - markets: the known markets; a symbol that names none is of the first.
    /// - Throws: the first word that is not a symbol.
    public static func list(
        _ text: some StringProtocol, spacesSeparate: Bool = false, markets: [Market] = Market.all
    ) throws(NoSymbol) -> [Symbol] {
        let text = Substring(text)
        let words =
            spacesSeparate
            ? text.split { $0 == "," || $0.isWhitespace } : text.split(separator: ",", omittingEmptySubsequences: false)
        var symbols: [Symbol] = []
        for word in words {
            var name = word.drop { $0 == " " }
            while name.last == " " { name.removeLast() }
            guard let symbol = Symbol(name, markets: markets) else { throw NoSymbol(word, markets: markets) }
            if !symbols.contains(symbol) { symbols.append(symbol) }
        }
        return symbols
    }
}

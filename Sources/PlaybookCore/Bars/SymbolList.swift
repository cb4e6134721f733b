/// A word of a list of ticker symbols that is none.
public struct NoSymbol: Error, Hashable, Sendable, CustomStringConvertible {
    /// The word, as far as it is worth showing: 40 characters.
    public let word: String

    public var description: String {
        "'\(word)' is not a ticker symbol: letters, digits, '.' and '-', at most 15, the first a letter or digit"
    }
}

extension Symbol {
    /// The symbols of a list as users write it, `QQQ, SPY`: in the order given, each once.
    ///
    /// A symbol with a space in it is refused, never joined to another one.
    ///
    /// - Parameter spacesSeparate: whether spaces separate symbols too, and commas may be doubled, as in files of symbols.
    /// - Throws: the first word that is no symbol.
    public static func list(_ text: some StringProtocol, spacesSeparate: Bool = false) throws(NoSymbol) -> [Symbol] {
        let text = Substring(text)
        let words =
            spacesSeparate
            ? text.split { $0 == "," || $0.isWhitespace } : text.split(separator: ",", omittingEmptySubsequences: false)
        var symbols: [Symbol] = []
        for word in words {
            var name = word.drop { $0 == " " }
            while name.last == " " { name.removeLast() }
            guard let symbol = Symbol(name) else { throw NoSymbol(word: String(word.prefix(40))) }
            if !symbols.contains(symbol) { symbols.append(symbol) }
        }
        return symbols
    }
}

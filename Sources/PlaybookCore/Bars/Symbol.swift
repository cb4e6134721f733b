/// A ticker symbol in upper case, and the market that it is traded on.
///
/// A ticker consists of letters, digits, `.`, `-` and `/`.
public struct Symbol: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The ticker, for instance `QQQ`, `BRK.B` or `BTC/USD`.
    public let name: String

    /// Where it is traded.
    public let market: Market

    /// Nil when `text` is not a ticker: empty, longer than 15 characters, not starting and ending with a letter or digit
    /// (`.` and `-` may end it), or holding other characters.
    public init?(_ text: some StringProtocol, market: Market = .xnys) {
        // Letters of ASCII only: others have upper cases that are letters of another symbol.
        let bytes = text.utf8.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) ? $0 - 32 : $0 }
        guard bytes.withUnsafeBytes(Self.isName) else { return nil }
        name = String(decoding: bytes, as: UTF8.self)
        self.market = market
    }

    /// A ticker as users write it, with its market behind `@` or without it: `QQQ`, `BTC-USD@24x7`.
    ///
    /// Nil when it is not a valid ticker, and when the market is unknown. Tickers of US stocks have no `/`: it may be a path.
    ///
    /// - Parameter markets: the known markets; a symbol that names none is of the first.
    public init?(_ text: some StringProtocol, markets: [Market]) {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let named = parts.count < 2 ? markets.first : markets.first { $0.id.lowercased() == parts[1].lowercased() }
        guard let name = parts.first, let named, !named.isUnitedStates || !name.contains("/") else { return nil }
        self.init(name, market: named)
    }

    /// Whether bytes are a ticker as it is written, in upper case.
    static func isName(_ bytes: UnsafeRawBufferPointer) -> Bool {
        func isAlphanumeric(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        guard (1...15).contains(bytes.count), isAlphanumeric(bytes[0]) else { return false }
        for byte in bytes where !isAlphanumeric(byte) {
            guard byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") else {
                return false
            }
        }
        return bytes[bytes.count - 1] != UInt8(ascii: "/")
    }

    /// The same ticker before the open, where its market has a premarket.
    public var inPremarket: Symbol? { market.premarket.flatMap { Symbol(name, market: $0) } }

    /// The ticker alone.
    public var description: String { name }

    /// The ticker as part of a file or object name: `_`, which no ticker has, stands for `/`.
    public var fileName: String { Self.fileName(of: name) }

    /// The same for the name of a ticker.
    public static func fileName(of name: String) -> String {
        name.utf8.contains(UInt8(ascii: "/")) ? String(name.map { $0 == "/" ? "_" : $0 }) : name
    }

    /// The ticker with its market behind `@` where that is not the usual one.
    public var qualifiedName: String { market.isUsual ? name : "\(name)@\(market.id)" }

    public static func < (left: Symbol, right: Symbol) -> Bool {
        left.name == right.name ? left.market.id < right.market.id : left.name < right.name
    }
}

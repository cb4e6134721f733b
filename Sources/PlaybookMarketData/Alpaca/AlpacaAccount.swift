/// Who asks Alpaca, where, and for which feed.
public struct AlpacaAccount: Sendable {
    /// The API key's id and its secret.
    let keyID: String
    let secretKey: String
    /// `iex` (free), `sip` or another that the subscription has.
    public let feed: String
    /// Where bars and corporate actions are, without a `/` at the end.
    let dataURL: String
    /// Where the calendar is, without a `/` at the end.
    let tradingURL: String

    /// An account.
    public init(keyID: String, secretKey: String, feed: String, dataURL: String, tradingURL: String) {
        self.keyID = keyID
        self.secretKey = secretKey
        self.feed = feed
        self.dataURL = dataURL
        self.tradingURL = tradingURL
    }
}

extension AlpacaAccount: CustomStringConvertible, CustomReflectable {
    /// Without the keys.
    public var description: String { "Alpaca feed \(feed) at \(dataURL)" }

    public var customMirror: Mirror { Mirror(self, children: []) }
}

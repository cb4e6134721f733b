/// The length of a bar.
public struct Timeframe: Hashable, Sendable, CustomStringConvertible {
    /// Length in seconds; a daily bar is 86,400 whatever the session's length.
    public let seconds: Int64

    /// A bar of `minutes` minutes.
    public static func minutes(_ minutes: Int) -> Timeframe { Timeframe(seconds: Int64(minutes) * 60) }

    /// The timeframe that `text` names: `1Day`, or a number of minutes, `1Min` and so on, up to a full session of US stocks; nil for anything else.
    public init?(_ text: some StringProtocol) {
        if text == "1Day" {
            self = .day
            return
        }
        guard text.hasSuffix("Min"), let minutes = Int(text.dropLast(3)),
            (1...Market.xnys.hours.minutes).contains(minutes),
            String(minutes) == text.dropLast(3)
        else { return nil }
        self = .minutes(minutes)
    }

    private init(seconds: Int64) { self.seconds = seconds }

    /// The longest bars of which bars of both lengths can be made.
    func commonDivisor(with other: Timeframe) -> Timeframe {
        var (one, rest) = (seconds, other.seconds)
        while rest != 0 { (one, rest) = (rest, one % rest) }
        return Timeframe(seconds: one)
    }

    /// One bar a session.
    public static let day = Timeframe(seconds: 86_400)

    /// `1Min`, `2Min`, `1Day`: the spelling of file names and data vendors.
    public var description: String { self == .day ? "1Day" : "\(seconds / 60)Min" }
}

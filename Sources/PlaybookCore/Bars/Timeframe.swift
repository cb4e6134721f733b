/// The length of a bar.
public struct Timeframe: Hashable, Sendable, CustomStringConvertible {
    /// Length in seconds; a daily bar is 86,400 whatever the session's length.
    public let seconds: Int64

    /// A bar of `minutes` minutes.
    public static func minutes(_ minutes: Int) -> Timeframe { Timeframe(seconds: Int64(minutes) * 60) }

    /// One bar a session.
    public static let day = Timeframe(seconds: 86_400)

    /// `1Min`, `2Min`, `1Day`: the spelling of file names and data vendors.
    public var description: String { self == .day ? "1Day" : "\(seconds / 60)Min" }
}

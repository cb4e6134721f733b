#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Which bars a backtest needs: the sessions asked for, and how much before them.
public struct HistoryRequest: Sendable, Hashable {
    /// Whose bars.
    public var symbol: Symbol
    /// Length of the bars.
    public var timeframe: Timeframe
    /// First and last session date asked for.
    public var sessions: ClosedRange<CivilDate>
    /// Sessions before the first one that bar indicators start with.
    public var warmUpSessions: Int
    /// Sessions before the first one within which daily bars matter.
    public var dailyLookBack: Int
    /// Length of the bars that the source is asked for; it divides `timeframe` and each of `resolve`.
    public var sourceTimeframe: Timeframe
    /// Lengths of the finer bars that decide what a bar leaves open, each once; they divide `timeframe`.
    public var resolve: [Timeframe] = []
    /// Whether the bars before a session's open are read.
    public var readsPremarket = false
    /// How many bars each average needs before its start does not matter any more.
    public var settling: [Settling] = []
    /// Whether bars that are not there may still come: those of today's session.
    public var mayStillCome = false
    /// What time it is: a session that closed less than four hours before it must be whole. Nil: all are taken as they are.
    public var now: Instant?
}

extension HistoryRequest {
    /// How long an average takes to forget its start.
    public struct Settling: Sendable, Hashable {
        /// The indicator's name.
        public let name: String
        /// After this many bars the start's weight is at most a millionth.
        public let bars: Int

        /// An indicator of this name that takes this many bars.
        public init(name: String, bars: Int) {
            self.name = name
            self.bars = bars
        }

        /// The weight of the start after `count` bars, as it decays by the same factor with each.
        func startWeight(after count: Int) -> Double { exp(Self.logarithm * Double(count) / Double(bars)) }

        /// Bars until the weight of the start of an average, `(1 - weight)^n`, is at most a millionth.
        static func bars(weight: Double) -> Int {
            weight < 1 ? Int((logarithm / log(1 - weight)).rounded(.up)) : 1
        }

        /// The logarithm of a millionth.
        static let logarithm = -13.815510557964274
    }
}

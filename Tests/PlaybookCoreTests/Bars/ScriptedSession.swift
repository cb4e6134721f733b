import PlaybookCore
import Testing

/// Open, high, low and close of a hand-made bar.
struct Candle: Equatable {
    var open, high, low, close: Double

    init(_ open: Double, _ high: Double, _ low: Double, _ close: Double) {
        (self.open, self.high, self.low, self.close) = (open, high, low, close)
    }

    /// Opens and closes at `price`, an eighth above its low and below its high: its true range after another one at the
    /// same price is 0.25.
    static func quiet(_ price: Double) -> Candle { Candle(price, price + 0.125, price - 0.125, price) }
}

/// A session of 2-minute bars that a test makes by hand: quiet at one price until told otherwise.
struct ScriptedSession {
    let session: TradingSession
    private var candles: [Candle?]

    /// A session of quiet bars. Fails the test when the exchange was closed on `date`.
    init(_ date: String, price: Double = 100, sourceLocation: SourceLocation = #_sourceLocation) throws {
        session = try #require(TradingCalendar.nyse.session(on: try .of(date)), sourceLocation: sourceLocation)
        candles = Array(repeating: .quiet(price), count: session.minutes / 2)
    }

    /// The bar that opens at `time`, New York; nil when it is missing.
    subscript(time: String) -> Candle? {
        get { candles[place(time)] }
        set { candles[place(time)] = newValue }
    }

    /// Makes the bars from `time` on quiet ones at `price`.
    mutating func hold(_ price: Double, from time: String) {
        for index in place(time)..<candles.count { candles[index] = .quiet(price) }
    }

    /// Takes away the bars from one time through another.
    mutating func remove(_ first: String, through last: String? = nil) {
        for index in place(first)...place(last ?? first) { candles[index] = nil }
    }

    /// Takes away the last bars until `count` are left.
    mutating func keepFirst(_ count: Int) {
        for index in count..<candles.count { candles[index] = nil }
    }

    func append(to bars: inout BarColumns) {
        for (index, candle) in candles.enumerated() {
            guard let candle else { continue }
            bars.append(
                Bar(
                    time: session.open.secondsSinceEpoch + Int64(index) * 120, open: candle.open, high: candle.high,
                    low: candle.low, close: candle.close, volume: 100))
        }
    }

    private func place(_ time: String) -> Int {
        guard let time = TimeOfDay(time) else { preconditionFailure("\(time) is not a time") }
        return (time.minutes - 570) / 2
    }
}

extension ScriptedSession {
    /// A session that DP20 enters. It is quiet at 100 until three bars from `time` on make the setup, and at 100.75
    /// afterwards:
    ///
    ///     bar           close   EMA20 - 100                              TR    ATR14
    ///     before        100     0                                        0.25  0.25
    ///     pullback       99     (19 x 0 - 2) / 21            = -0.095238  1.25  (13 x 0.25 + 2.5) / 15     = 0.383333
    ///     reversal      100.75  (19 x -0.095238 + 1.5) / 21 = -0.014739  2.25  (13 x 0.383333 + 4.5) / 15 = 0.632222
    ///     confirmation  100.75  (19 x -0.014739 + 1.5) / 21 =  0.058093  0.5   (13 x 0.632222 + 1) / 15   = 0.614593
    ///
    /// The reversal's strength is (100.75 - 98.75) / (101 - 98.75) = 0.889. The entry is at 100.75, the stop
    /// 1.2 x 0.614593 = 0.737511 below it, at 100.012489.
    static func withSetup(
        _ date: String, pullback time: String = "10:02", sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> ScriptedSession {
        var session = try ScriptedSession(date, sourceLocation: sourceLocation)
        let first = session.place(time)
        session.candles[first] = Setup.pullback
        session.candles[first + 1] = Setup.reversal
        session.candles[first + 2] = Setup.confirmation
        for index in (first + 3)..<session.candles.count { session.candles[index] = .quiet(Setup.entry) }
        return session
    }

    /// The bars and numbers of `withSetup`.
    enum Setup {
        static let pullback = Candle(100, 100.125, 98.875, 99)
        static let reversal = Candle(99, 101, 98.75, 100.75)
        static let confirmation = Candle(100.75, 101, 100.5, 100.75)
        static let entry = 100.75
        static let average = 100.058_093_078_501_24
        static let trueRange = 0.614_592_592_592_592_6
        static let stopDistance = 0.737_511_111_111_111_1
    }
}

/// Whether two numbers agree to a billionth: what a calculation by hand and one in binary may differ by.
func isClose(_ number: Double?, _ other: Double, within tolerance: Double = 1e-9) -> Bool {
    guard let number else { return false }
    return abs(number - other) <= tolerance
}

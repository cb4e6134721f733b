import PlaybookCore
import Testing

@testable import PlaybookMarketData

/// Alpaca's answers, as a test spells them out.
enum AlpacaText {
    /// A bar as Alpaca writes it.
    static func bar(_ bar: Bar) -> String {
        "{\"t\":\"\(Instant(secondsSinceEpoch: bar.time))\",\"o\":\(bar.open),\"h\":\(bar.high),\"l\":\(bar.low),"
            + "\"c\":\(bar.close),\"v\":\(bar.volume),\"n\":7,\"vw\":\(bar.close)}"
    }

    /// A page of bars of many symbols.
    static func page(_ pieces: [(String, [Bar])], next: String? = nil) -> String {
        let bars = pieces.map { "\"\($0.0)\":[\($0.1.map(bar).joined(separator: ","))]" }.joined(separator: ",")
        return "{\"bars\":{\(bars)},\"next_page_token\":\(next.map { "\"\($0)\"" } ?? "null")}"
    }
}

extension AlpacaBarPage {
    /// The page that `text` is.
    init(text: String) throws { try self.init(Array(text.utf8)) }
}

extension Bar {
    /// A bar at an instant such as 2024-11-04T14:30:00Z, an eighth around `price`.
    static func quiet(_ time: String, _ price: Double = 100, volume: Double = 100) throws -> Bar {
        quiet(try Instant.seconds(time), price, volume: volume)
    }

    /// A bar an eighth around `price`.
    static func quiet(_ time: Int64, _ price: Double = 100, volume: Double = 100) -> Bar {
        Bar(time: time, open: price, high: price + 0.125, low: price - 0.125, close: price, volume: volume)
    }
}

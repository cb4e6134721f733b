import PlaybookCore
import PlaybookHTTP
import Synchronization

/// Asks Yahoo's chart service, one request after the other.
final class YahooClient: Sendable {
    private let client: KeylessClient
    private let dataURL: String
    private let clock: any WallClock
    private let histories = Mutex<[Symbol: History]>([:])
    private let flights = SingleFlight<Symbol>()
    /// Requests go one after the other.
    private let line = SingleFlight<Int>()

    /// A symbol's daily bars and splits of all time.
    struct History: Sendable {
        let bars: BarColumns
        let splits: [Split]
        fileprivate let fetchedAt: Instant
    }

    init(client: KeylessClient, dataURL: String, clock: any WallClock) {
        self.client = client
        self.dataURL = dataURL
        self.clock = clock
    }

    /// Without one like a browser's Yahoo answers 429 to everything.
    static let userAgent =
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36"

    /// What Yahoo calls a symbol: `BRK-B`.
    static func name(of symbol: Symbol) -> String { String(symbol.name.map { $0 == "." ? "-" : $0 }) }

    /// How long daily bars and splits that were fetched stand for those there are, in seconds.
    private static let freshness: Int64 = 600

    /// Daily bars, adjusted for splits as of now, and all splits there are: both in one request, asked up to now, for only
    /// splits within the range asked for are told.
    func history(of symbol: Symbol) async throws -> History {
        let usual = Symbol(symbol.name) ?? symbol
        return try await flights.run(usual) {
            let now = clock.now()
            if let known = histories.withLock({ $0[usual] }),
                (0..<Self.freshness).contains(now.secondsSinceEpoch - known.fetchedAt.secondsSinceEpoch)
            {
                return known
            }
            let first = Market.xnys.clock.midnight(of: Market.xnys.calendar.supportedDates.lowerBound)
            let chart = try await chart(
                of: symbol, interval: "1d", first..<(now.secondsSinceEpoch + 1), withPremarket: false)
            let history = History(
                bars: chart.bars,
                splits: chart.splits.map {
                    Split(
                        date: Market.xnys.clock.date(of: Instant(secondsSinceEpoch: $0.time)), ratio: $0.ratio)
                }, fetchedAt: now)
            histories.withLock { $0[usual] = history }
            return history
        }
    }

    /// The one-minute bars that open within `range` and are over, adjusted for splits as of now.
    ///
    /// - Parameter range: of at most 8 days.
    func minutes(of symbol: Symbol, _ range: Range<Int64>) async throws -> BarColumns {
        let chart = try await chart(
            of: symbol, interval: "1m", range, withPremarket: symbol.market.isPremarket)
        let now = clock.now().secondsSinceEpoch
        var bars = chart.bars
        // The last element may be the price of this moment, with its stamp, even beyond the range.
        let times = bars.times
        bars.drop { times[$0] % 60 != 0 || times[$0] + 60 > now || !range.contains(times[$0]) }
        return bars
    }

    private func chart(
        of symbol: Symbol, interval: String, _ range: Range<Int64>, withPremarket: Bool
    ) async throws -> YahooChart {
        let name = Self.name(of: symbol)
        let query = [
            ("period1", "\(range.lowerBound)"), ("period2", "\(range.upperBound)"), ("interval", interval),
            ("includePrePost", withPremarket ? "true" : "false"), ("events", "div,splits"),
        ]
        let url = "\(dataURL)/v8/finance/chart/\(percentEncoded(name))"
        return try await line.run(0) {
            try await client.get(url, query, statuses: [400, 404, 422]) { response in
                let chart = try YahooChart(response.body)
                if let error = chart.error {
                    throw PlaybookError(
                        .sourceUnavailable,
                        "Yahoo has nothing of \(symbol): \(error.description.isEmpty ? error.code : error.description)",
                        nextStep: "Check the symbol, which is \(name) there, and the dates.")
                }
                guard chart.symbol == name else {
                    throw PlaybookError(
                        .badData, "Yahoo was asked for \(name) and sent bars of '\(chart.symbol.prefix(40))'",
                        nextStep: "Check the symbol. Nothing of it was kept.")
                }
                guard chart.zone == Market.xnys.clock.zone else {
                    throw PlaybookError(
                        .badData,
                        """
                        Yahoo's \(name) is traded by the clocks of '\(chart.zone.prefix(40))', not of \
                        \(Market.xnys.clock.place)
                        """,
                        nextStep: "The source yahoo has US stocks and funds only.")
                }
                guard chart.times.isEmpty || chart.granularity == interval else {
                    throw PlaybookError(
                        .badData, "Yahoo was asked for bars of \(interval) and sent '\(chart.granularity.prefix(20))'",
                        nextStep: "Ask for later sessions. Nothing of it was kept.")
                }
                return chart
            }
        }
    }
}

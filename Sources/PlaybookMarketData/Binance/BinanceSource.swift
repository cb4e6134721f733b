public import PlaybookCore
public import PlaybookHTTP
import Synchronization

/// One-minute bars of Binance's spot market, which needs no account: whole months from the files that it publishes, the
/// rest from its market data API. All longer bars, those of days too, are made of them.
public struct BinanceSource: MarketDataSource {
    let client: BinanceClient
    private let clock: any WallClock
    private let origins = OriginLog()

    /// - Parameters:
    ///   - dataURL: where the API is, without a `/` at the end.
    ///   - dumpURL: where the files are, without a `/` at the end.
    ///   - transport: sends requests and retries what is worth it, but no 429.
    public init(
        dataURL: String, dumpURL: String, transport: any HTTPTransport, refusals: RefusalMemory, clock: any WallClock
    ) {
        self.init(
            BinanceClient(
                client: KeylessClient(
                    service: "Binance", settings: [.binanceAddress, .binanceDumpAddress], transport: transport,
                    refusals: refusals), dataURL: dataURL, dumpURL: dumpURL, clock: clock))
    }

    init(_ client: BinanceClient) {
        self.client = client
        clock = client.clock
    }

    public var label: String { "binance" }

    public var onlyTimeframe: Timeframe? { .minutes(1) }

    public var hasDailyBars: Bool { false }

    public func dailyBars(of symbol: Symbol, from first: CivilDate, through last: CivilDate) async throws -> DailyBars?
    { nil }

    public func intradayBars(
        of symbol: Symbol, timeframe: Timeframe, from first: CivilDate, through last: CivilDate
    ) async throws -> IntradayBars {
        try await streamed(symbol, from: first, through: last, now: clock.now())
    }

    public func hasSessionBars(
        of symbol: Symbol, timeframe: Timeframe, from first: CivilDate, through last: CivilDate, daily: DailyBars?
    ) async throws -> Bool {
        guard let range = ended(symbol, from: first, through: last, now: clock.now()) else { return false }
        return try await client.firstBar(of: symbol, in: range) != nil
    }

    public func origins(of symbol: Symbol, in month: Month) -> [String] { origins.all(of: symbol, month) }

    public func stream(
        _ symbols: [Symbol], timeframe: Timeframe, from first: CivilDate, through last: CivilDate,
        receive: (Symbol, BarColumns) async throws -> Void
    ) async throws -> [Symbol: CivilDate] {
        let now = clock.now()
        for symbol in symbols { try requireRoundTheClock(symbol, "Binance", timeframe) }
        return try await eachSymbol(symbols, timeframe, from: first, through: last, now: now, service: "Binance") {
            symbol, sessions, filter in
            guard let wanted = sessions.instants, let listed = try await client.firstBar(of: symbol, in: wanted) else {
                return
            }
            try await stream(symbol, listed..<wanted.upperBound, now) { bars, place in
                let kept = try filter.filter(bars, place: place)
                if kept.count > 0 { try await receive(symbol, kept) }
            }
        }
    }

    /// So many months are on their way while those before them are handed out: one is sent while another is read.
    private static let ahead = 2

    /// Hands out the bars of `range` month by month, in their order.
    private func stream(
        _ symbol: Symbol, _ range: Range<Int64>, _ now: Instant, receive: (BarColumns, String) async throws -> Void
    ) async throws {
        var rest = Self.pieces(of: range)[...]
        var coming: [Task<(bars: BarColumns, place: String), any Error>] = []
        defer { for task in coming { task.cancel() } }
        func ask() {
            while coming.count < Self.ahead, let piece = rest.popFirst() {
                coming.append(Task { try await bars(of: symbol, piece, now) })
            }
        }
        ask()
        while let next = coming.first {
            let found = try await withTaskCancellationHandler {
                try await next.value
            } onCancel: {
                next.cancel()
            }
            coming.removeFirst()
            ask()
            try await receive(found.bars, found.place)
        }
    }

    /// A part of the range within a month of UTC.
    struct Piece: Equatable {
        let month: Month
        let range: Range<Int64>
        /// The end of the month.
        let end: Int64
    }

    /// The range month by month.
    static func pieces(of range: Range<Int64>) -> [Piece] {
        guard !range.isEmpty else { return [] }
        let clock = MarketClock.utc
        let first = clock.date(of: Instant(secondsSinceEpoch: range.lowerBound))
        let last = clock.date(of: Instant(secondsSinceEpoch: range.upperBound - 1))
        return Month.months(from: first, through: last).map { month in
            let end = clock.midnight(of: month.dates.upperBound.adding(days: 1))
            let start = clock.midnight(of: month.dates.lowerBound)
            return Piece(
                month: month, range: max(range.lowerBound, start)..<min(range.upperBound, end), end: end)
        }
    }

    /// Of a longer part of a month its file is asked for.
    static let longestByKlines: Int64 = 7 * 86_400

    private func bars(of symbol: Symbol, _ piece: Piece, _ now: Instant) async throws -> (
        bars: BarColumns, place: String
    ) {
        let isLong = piece.range.upperBound - piece.range.lowerBound > Self.longestByKlines
        if isLong, piece.end <= now.secondsSinceEpoch, let dump = try await client.dump(of: symbol, piece.month) {
            origins.note(dump.origin, of: symbol, piece.month)
            let bars = dump.bars
            let part = bars.firstIndex(at: piece.range.lowerBound)..<bars.firstIndex(at: piece.range.upperBound)
            return (part.count == bars.count ? bars : bars.slice(part), "in \(dump.origin.prefix { $0 != " " })")
        }
        return (try await client.klines(of: symbol, in: piece.range), "of \(piece.month)")
    }

    // MARK: Files that were replaced

    /// Which of the files that bars were made of have another digest by now.
    ///
    /// - Parameter origins: as `origins(of:in:)` gave them.
    public func changed(_ origins: [String]) async throws -> [String] {
        var changed: [String] = []
        for origin in origins {
            let words = origin.split(separator: " ")
            guard words.count == 2, words[0].hasSuffix(".zip"), words[1].hasPrefix("sha256:") else { continue }
            let name = String(words[0].dropLast(4))
            let digest = try await client.digest(of: name)
            if digest != String(words[1].dropFirst(7)) {
                changed.append(
                    digest.map {
                        "\(words[0]) has the sha256 \($0.prefix(12))… now, \(words[1].dropFirst(7).prefix(12))… when it "
                            + "was fetched"
                    } ?? "\(words[0]) is not there any more")
            }
        }
        return changed
    }
}

/// Remembers which files the bars of months came from.
final class OriginLog: Sendable {
    private struct Key: Hashable {
        let symbol: Symbol
        let month: Month
    }

    private let origins = Mutex<[Key: [String]]>([:])

    func note(_ origin: String, of symbol: Symbol, _ month: Month) {
        origins.withLock { origins in
            var all = origins[Key(symbol: symbol, month: month)] ?? []
            if !all.contains(origin) { all.append(origin) }
            origins[Key(symbol: symbol, month: month)] = all
        }
    }

    func all(of symbol: Symbol, _ month: Month) -> [String] {
        origins.withLock { $0[Key(symbol: symbol, month: month)] ?? [] }
    }
}

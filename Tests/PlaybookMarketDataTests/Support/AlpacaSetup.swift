import PlaybookCore
import PlaybookHTTP
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

/// A source of Alpaca's bars over a scripted transport.
struct AlpacaSetup {
    let transport: ScriptedTransport
    let clock: TestWallClock
    var feed = "iex"
    var pause = Duration.zero

    init(_ transport: ScriptedTransport, now: String = "2024-12-01T00:00:00Z") throws {
        self.transport = transport
        clock = try TestWallClock(now)
    }

    /// Answers for bars with `pages`, one after the other, and for the calendar with nothing that is understood.
    init(pages: [String], now: String = "2024-12-01T00:00:00Z") throws {
        try self.init(ScriptedTransport(pages.map { .ok($0) }), now: now)
    }

    static let keyID = "PKAB12CD34EF56"
    static let secretKey = "sEcReT/with+signs=="

    var account: AlpacaAccount {
        AlpacaAccount(
            keyID: Self.keyID, secretKey: Self.secretKey, feed: feed, dataURL: "https://data.example",
            tradingURL: "https://paper.example")
    }

    var client: AlpacaClient {
        AlpacaClient(account: account, transport: transport, unretried: transport, pause: pause)
    }

    var source: AlpacaSource { AlpacaSource(client, clock: clock) }

    /// What a stream hands out, and where it ends.
    func stream(
        _ symbols: [String] = ["QQQ"], _ timeframe: Timeframe = .minutes(2), from first: String = "2024-11-04",
        through last: String? = nil
    ) async throws -> (pieces: [(symbol: String, bars: [Bar])], ends: [String: String]) {
        var pieces: [(symbol: String, bars: [Bar])] = []
        let ends = try await source.stream(
            try symbols.map { try .of($0) }, timeframe: timeframe, from: try .of(first), through: try .of(last ?? first)
        ) { pieces.append(($0.name, $1.all)) }
        return (pieces, Dictionary(uniqueKeysWithValues: ends.map { ($0.key.name, $0.value.description) }))
    }

    /// The error that a stream of one symbol and session ends with.
    func error(_ timeframe: Timeframe = .minutes(2)) async -> PlaybookError? {
        await playbookError { try await stream(["QQQ"], timeframe) }
    }
}

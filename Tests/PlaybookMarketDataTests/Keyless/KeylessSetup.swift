import PlaybookCore
import PlaybookHTTP
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

/// Sources that want no account over a scripted transport.
struct KeylessSetup {
    let transport: ScriptedTransport
    let clock: TestWallClock
    let store = MemoryBlobStore()

    init(now: String, _ script: @escaping ScriptedTransport.Script) throws {
        transport = ScriptedTransport(script)
        clock = try TestWallClock(now)
    }

    /// What the service refused before in other runs is known by the store.
    func client(_ service: String) -> KeylessClient {
        KeylessClient(
            service: service, settings: [.yahooAddress], transport: transport,
            refusals: RefusalMemory(service: service, store: store, clock: clock), pause: .zero)
    }

    var binance: BinanceSource {
        BinanceSource(
            BinanceClient(
                client: client("Binance"), dataURL: "https://data.example", dumpURL: "https://dump.example",
                clock: clock))
    }

    var yahoo: YahooSource { YahooSource(client("Yahoo"), dataURL: "https://yahoo.example", clock: clock) }

    var deribit: DeribitSource { DeribitSource(client("Deribit"), dataURL: "https://deribit.example", clock: clock) }
}

extension MarketDataSource {
    /// The bars of one symbol that a stream hands out, and where it ends.
    func all(
        _ symbol: Symbol, _ timeframe: Timeframe = .minutes(1), from first: String, through last: String? = nil
    ) async throws -> (bars: [Bar], end: String?) {
        var bars = BarColumns()
        let ends = try await stream(
            [symbol], timeframe: timeframe, from: try .of(first), through: try .of(last ?? first)
        ) { bars.append($1) }
        return (bars.all, ends[symbol]?.description)
    }
}

extension Symbol {
    /// A symbol traded round the clock.
    static func coin(_ text: String) throws -> Symbol { try #require(Symbol(text, market: .roundTheClock)) }
}

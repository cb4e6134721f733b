import PlaybookCore
import PlaybookHTTP
import Testing

@testable import PlaybookMarketData

@Suite("What is sent to Alpaca")
struct AlpacaRequestTests {
    static let empty = "{\"bars\":{},\"next_page_token\":null}"

    @Test("asks for raw bars of the session's hours, of all symbols at once, with keys in headers alone")
    func bars() async throws {
        let setup = try AlpacaSetup(pages: [Self.empty])
        _ = try await setup.stream(["SPY", "BRK.B", "QQQ"], from: "2024-10-31", through: "2024-11-29")
        let request = try #require(setup.transport.requests.first)
        #expect(setup.transport.requests.count == 1)
        #expect(request.method == .get)
        #expect(request.url.hasPrefix("https://data.example/v2/stocks/bars?"))
        #expect(
            request.items == [
                "symbols": "BRK.B,QQQ,SPY", "timeframe": "2Min", "start": "2024-10-31T13:30:00Z",
                // The day after Thanksgiving closes at 13:00.
                "end": "2024-11-29T17:59:59Z", "limit": "10000", "adjustment": "raw", "feed": "iex", "sort": "asc",
            ])
        #expect(request.headers["apca-api-key-id"] == AlpacaSetup.keyID)
        #expect(request.headers["apca-api-secret-key"] == AlpacaSetup.secretKey)
        #expect(request.headers["accept"] == "application/json")
        #expect(request.isIdempotent && request.body == nil)
        #expect(!request.url.contains(AlpacaSetup.keyID) && !request.url.contains("sEcReT"))
    }

    @Test("asks for daily bars from New York's midnight")
    func daily() async throws {
        let setup = try AlpacaSetup(pages: [Self.empty])
        _ = try await setup.stream(["QQQ"], .day, from: "2024-07-01", through: "2024-11-04")
        let items = try #require(setup.transport.requests.first).items
        #expect(items["timeframe"] == "1Day")
        #expect(items["start"] == "2024-07-01T04:00:00Z")
        #expect(items["end"] == "2024-11-04T20:59:59Z")
    }

    @Test("hands page tokens back as they came, encoded")
    func token() async throws {
        let token = "QVBQTHxNfDE3MzA3Mw+/=&?#% é\\u003d\\/"
        let setup = try AlpacaSetup(pages: [
            "{\"bars\":{\"QQQ\":[]},\"next_page_token\":\"\(token)\"}", Self.empty,
        ])
        _ = try await setup.stream()
        let second = try #require(setup.transport.requests.last)
        #expect(setup.transport.requests.count == 2)
        #expect(second.items["page_token"] == "QVBQTHxNfDE3MzA3Mw+/=&?#% é=/")
        #expect(second.url.contains("page_token=QVBQTHxNfDE3MzA3Mw%2B%2F%3D%26%3F%23%25%20%C3%A9%3D%2F"))
        #expect(setup.transport.requests[0].items["page_token"] == nil)
        var others = second.items
        others["page_token"] = nil
        #expect(others == setup.transport.requests[0].items)
    }

    @Test("asks for at most 100 symbols at a time")
    func groups() async throws {
        let names = (1...250).map { "S\($0)" }
        let setup = try AlpacaSetup(pages: [Self.empty])
        _ = try await setup.stream(names)
        let asked = setup.transport.requests.map { ($0.items["symbols"] ?? "").split(separator: ",").map(String.init) }
        #expect(asked.map(\.count) == [100, 100, 50])
        #expect(asked.flatMap { $0 } == names.sorted())
        let splits = try AlpacaSetup(pages: ["{\"corporate_actions\":{},\"next_page_token\":null}"])
        let last = try CivilDate.of("2024-11-04")
        #expect(try await splits.source.splits(of: names.map { try .of($0) }, through: last).isEmpty)
        #expect(splits.transport.requests.count == 3)
    }

    @Test("sends nothing for sessions that are not over")
    func future() async throws {
        let setup = try AlpacaSetup(pages: [Self.empty], now: "2024-11-04T20:59:59Z")
        let found = try await setup.stream(["QQQ", "SPY"], from: "2024-11-04", through: "2024-11-06")
        #expect(setup.transport.requests.isEmpty)
        #expect(found.ends == ["QQQ": "2024-11-03", "SPY": "2024-11-03"])
    }

    @Test("shows no key in any description")
    func secrets() throws {
        let setup = try AlpacaSetup(pages: [])
        for text in [
            "\(setup.account)", String(reflecting: setup.account), "\(setup.client)", "\(setup.source)",
            String(reflecting: setup.source),
        ] {
            #expect(!text.contains(AlpacaSetup.keyID) && !text.contains("sEcReT"), "\(text)")
        }
        #expect(setup.account.description == "Alpaca feed iex at https://data.example")
        #expect(setup.source.label == "alpaca/iex/split")
        var dumped = ""
        dump(setup.source, to: &dumped)
        #expect(!dumped.contains(AlpacaSetup.keyID) && !dumped.contains("sEcReT"))
    }

    @Test("stops when the task is cancelled")
    func cancellation() async throws {
        let setup = try AlpacaSetup(pages: ["{\"bars\":"])
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            _ = try await setup.stream()
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        // While it waits to ask again, too.
        var slow = setup
        slow.pause = .seconds(60)
        let waiting = Task { [slow] in _ = try await slow.stream() }
        while setup.transport.requests.isEmpty { await Task.yield() }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
    }
}

import PlaybookCore
import PlaybookCrypto
import PlaybookHTTP
import PlaybookTestSupport
import Synchronization
import Testing

@testable import PlaybookMarketData

@Suite("Bars of Binance")
struct BinanceSourceTests {
    /// A service that lists a symbol at an instant, and has klines of each minute since but for some.
    struct Service: Sendable {
        var listed: Int64
        var now: Int64
        var missing: Range<Int64> = 0..<0
        var dumps: Set<String> = []
        var spoiled: Set<String> = []

        static func bar(_ time: Int64) -> Bar {
            let price = 100 + Double(time / 60 % 97) / 8
            return Bar(time: time, open: price, high: price + 1, low: price - 1, close: price + 0.5, volume: 1.25)
        }

        static func row(_ bar: Bar, _ quote: String) -> String {
            "\(bar.time * 1000),"
                + [bar.open, bar.high, bar.low, bar.close, bar.volume].map { "\(quote)\($0)\(quote)" }
                .joined(separator: ",")
                + ",\(bar.time * 1000 + 59_999),\(quote)0\(quote),5,\(quote)\(quote),\(quote)\(quote),0"
        }

        func times(_ range: Range<Int64>) -> [Int64] {
            stride(from: max((range.lowerBound + 59) / 60 * 60, listed), to: range.upperBound, by: 60)
                .filter { !missing.contains($0) }
        }

        func answer(_ request: HTTPRequest) -> HTTPResponse {
            if request.path == "/api/v3/klines" {
                guard request.items["symbol"] == "BTCUSDT", request.items["interval"] == "1m",
                    let start = request.items["startTime"].flatMap({ Int64($0) }),
                    let end = request.items["endTime"].flatMap({ Int64($0) }),
                    let limit = request.items["limit"].flatMap({ Int($0) }), limit <= 1000
                else { return .status(400, "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}") }
                let last = min(end / 1000, now)
                let rows = times((start + 999) / 1000..<max(last + 1, (start + 999) / 1000)).prefix(limit)
                return .ok("[\(rows.map { "[\(Self.row(Self.bar($0), "\""))]" }.joined(separator: ","))]")
            }
            let name = String(request.path.split(separator: "/").last ?? "")
            let isDigest = name.hasSuffix(".CHECKSUM")
            let base = String(name.dropLast(isDigest ? 13 : 4))
            guard dumps.contains(base), let month = Month(base.suffix(7)), let archive = try? archive(base, month)
            else {
                return .status(404, "<Error/>")
            }
            guard isDigest else { return HTTPResponse(status: 200, body: archive) }
            let digest = spoiled.contains(base) ? String(repeating: "0", count: 64) : SHA256.hexadecimal(archive)
            return .ok("\(digest)  \(base).zip\n")
        }

        func archive(_ name: String, _ month: Month) throws -> [UInt8] {
            let first = MarketClock.utc.midnight(of: month.dates.lowerBound)
            let end = MarketClock.utc.midnight(of: month.dates.upperBound.adding(days: 1))
            let lines = times(first..<end).map { Self.row(Self.bar($0), "") + "\n" }.joined()
            return try Zip.archive([("\(name).csv", Array(lines.utf8))])
        }
    }

    private func setup(
        listed: String = "2017-08-17T04:00:00Z", now: String, dumps: Set<String> = [], spoiled: Set<String> = [],
        missing: Range<Int64> = 0..<0
    ) throws -> KeylessSetup {
        let service = Service(
            listed: try Instant.seconds(listed), now: try Instant.seconds(now), missing: missing, dumps: dumps,
            spoiled: spoiled)
        return try KeylessSetup(now: now) { request, _ throws(HTTPError) in service.answer(request) }
    }

    private func expected(_ first: String, _ end: String, without: Range<Int64> = 0..<0) throws -> [Bar] {
        stride(from: try Instant.seconds(first), to: try Instant.seconds(end), by: 60).filter { !without.contains($0) }
            .map(Service.bar)
    }

    @Test("of days come from klines, a thousand at a time, and are those of the sessions that are over")
    func klines() async throws {
        let setup = try setup(now: "2024-03-05T12:00:30Z")
        let found = try await setup.binance.all(.coin("BTCUSDT"), from: "2024-03-03", through: "2024-03-05")
        #expect(found.bars == (try expected("2024-03-03T00:00:00Z", "2024-03-05T00:00:00Z")))
        #expect(found.end == "2024-03-04", "the session of 2024-03-05 goes on")
        let requests = setup.transport.requests
        #expect(requests.map { $0.items["limit"] } == ["1", "1000", "1000", "1000"])
        #expect(requests.map { $0.items["startTime"] }[1...] == ["1709424000000", "1709484000000", "1709544000000"])
        #expect(Set(requests.map { $0.items["endTime"] }) == ["1709596799999"], "the end is included")
    }

    @Test(
        "end with the session before one whose last bars are missing, for four hours",
        arguments: [("2024-03-05T03:59:59Z", "2024-03-03"), ("2024-03-05T04:00:00Z", nil)])
    func late(now: String, end: String?) async throws {
        let missing = try Instant.seconds("2024-03-04T23:40:00Z")..<Instant.seconds("2024-03-05T00:00:00Z")
        let setup = try setup(now: now, missing: missing)
        let found = try await setup.binance.all(.coin("BTCUSDT"), from: "2024-03-03", through: "2024-03-04")
        #expect(found.end == end)
        #expect(found.bars == (try expected("2024-03-03T00:00:00Z", "2024-03-04T23:40:00Z")))
    }

    @Test("of whole months come from their files, with the digest; the rest by klines")
    func months() async throws {
        let setup = try setup(now: "2024-03-05T00:00:00Z", dumps: ["BTCUSDT-1m-2024-02"])
        let source = setup.binance
        let symbol = try Symbol.coin("BTC/USDT")
        let found = try await source.all(symbol, from: "2024-01-31", through: "2024-03-02")
        #expect(found.bars == (try expected("2024-01-31T00:00:00Z", "2024-03-03T00:00:00Z")))
        let paths = setup.transport.requests.map(\.path)
        #expect(
            Set(paths.filter { $0.contains("zip") }) == [
                "/data/spot/monthly/klines/BTCUSDT/1m/BTCUSDT-1m-2024-02.zip",
                "/data/spot/monthly/klines/BTCUSDT/1m/BTCUSDT-1m-2024-02.zip.CHECKSUM",
            ])
        #expect(paths.count { $0.hasSuffix("klines") } == 1 + 2 + 3)
        let archive = try Service(listed: 0, now: 0).archive("BTCUSDT-1m-2024-02", try #require(Month("2024-02")))
        #expect(
            source.origins(of: symbol, in: try #require(Month("2024-02")))
                == ["BTCUSDT-1m-2024-02.zip sha256:\(SHA256.hexadecimal(archive))"])
        #expect(source.origins(of: symbol, in: try #require(Month("2024-01"))) == [])
    }

    @Test("of a month whose file is not there yet come by klines")
    func unpublished() async throws {
        let setup = try setup(now: "2024-03-02T00:00:00Z")
        let found = try await setup.binance.all(.coin("BTCUSDT"), from: "2024-02-10", through: "2024-02-29")
        #expect(found.bars == (try expected("2024-02-10T00:00:00Z", "2024-03-01T00:00:00Z")))
        #expect(setup.transport.requests.count { $0.path.hasSuffix("CHECKSUM") } == 1)
    }

    @Test("begin with the listing, which is asked for once")
    func listing() async throws {
        let setup = try setup(
            listed: "2024-01-20T10:00:00Z", now: "2024-02-10T00:00:00Z", dumps: ["BTCUSDT-1m-2024-01"])
        let found = try await setup.binance.all(.coin("BTCUSDT"), from: "2015-01-01", through: "2024-01-31")
        #expect(found.bars == (try expected("2024-01-20T10:00:00Z", "2024-02-01T00:00:00Z")))
        #expect(setup.transport.requests.count == 3)
        let early = try await setup.binance.all(.coin("BTCUSDT"), from: "2015-01-01", through: "2015-03-31")
        #expect(early.bars.isEmpty)
        #expect(setup.transport.requests.count == 4)
        let source = setup.binance
        for (first, last, has) in [("2023-01-01", "2024-01-19", false), ("2024-01-19", "2024-01-20", true)] {
            #expect(
                try await source.hasSessionBars(
                    of: .coin("BTCUSDT"), timeframe: .minutes(1), from: .of(first), through: .of(last), daily: nil)
                    == has)
        }
    }

    @Test("have the holes that the exchange has")
    func holes() async throws {
        let hole = try Instant.seconds("2024-03-03T05:00:00Z")..<(try Instant.seconds("2024-03-03T23:30:00Z"))
        let setup = try setup(now: "2024-03-04T00:00:00Z", missing: hole)
        let found = try await setup.binance.all(.coin("BTCUSDT"), from: "2024-03-03")
        #expect(found.bars == (try expected("2024-03-03T00:00:00Z", "2024-03-04T00:00:00Z", without: hole)))
    }

    @Test("of a file with another checksum are not taken")
    func checksum() async throws {
        let setup = try setup(
            now: "2024-03-05T00:00:00Z", dumps: ["BTCUSDT-1m-2024-02"], spoiled: ["BTCUSDT-1m-2024-02"])
        let error = await playbookError {
            try await setup.binance.all(.coin("BTCUSDT"), from: "2024-02-01", through: "2024-02-29")
        }
        #expect(error?.code == .sourceUnavailable)
        #expect(error?.message.contains("BTCUSDT-1m-2024-02.zip.CHECKSUM says 000000000000…") == true)
        #expect(setup.transport.requests.count { $0.path.hasSuffix(".zip") } == 3, "it is asked for twice more")
    }

    @Test("of sessions that start at another hour lie in two months")
    func sessionStart() async throws {
        let setup = try setup(now: "2024-03-05T00:00:00Z", dumps: ["BTCUSDT-1m-2024-02"])
        let market = Market.roundTheClock(start: TimeOfDay(minutes: 8 * 60))
        let symbol = try #require(Symbol("BTCUSDT", market: market))
        let found = try await setup.binance.all(symbol, from: "2024-02-01", through: "2024-02-29")
        #expect(found.bars == (try expected("2024-02-01T08:00:00Z", "2024-03-01T08:00:00Z")))
    }

    @Test("are those of a market round the clock")
    func market() async throws {
        let setup = try setup(now: "2024-03-05T00:00:00Z")
        let error = await playbookError { try await setup.binance.all(.of("QQQ"), from: "2024-02-01") }
        #expect(error?.code == .usage)
        #expect(setup.transport.requests.isEmpty)
    }

    @Test("come month by month")
    func pieces() throws {
        func seconds(_ text: String) throws -> Int64 { try Instant.seconds(text) }
        let start = try seconds("2023-12-31T08:00:00Z")
        let (new, next, end) = (
            try seconds("2024-01-01T00:00:00Z"), try seconds("2024-02-01T00:00:00Z"),
            try seconds("2024-02-01T08:00:00Z")
        )
        #expect(BinanceSource.pieces(of: start..<end).map(\.range) == [start..<new, new..<next, next..<end])
        #expect(BinanceSource.pieces(of: new..<next).map(\.range) == [new..<next])
        #expect(BinanceSource.pieces(of: new..<new).isEmpty)
    }
}

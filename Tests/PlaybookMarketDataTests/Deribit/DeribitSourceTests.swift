import PlaybookCore
import PlaybookHTTP
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

@Suite("Bars of Deribit")
struct DeribitSourceTests {
    static func chart(_ times: [Int64], status: String = "ok", close: String? = nil) -> String {
        func column(_ value: String) -> String { "[" + times.map { _ in value }.joined(separator: ",") + "]" }
        return "{\"jsonrpc\":\"2.0\",\"result\":{\"ticks\":[\(times.map { "\($0 * 1000)" }.joined(separator: ","))],"
            + "\"open\":\(column("50")),\"high\":\(column("51")),\"low\":\(column("49.5")),"
            + "\"close\":\(close ?? column("50.5")),\"volume\":\(column("1.5")),\"cost\":\(column("75")),"
            + "\"status\":\"\(status)\"},\"usIn\":1,\"usOut\":2,\"usDiff\":1,\"testnet\":false}"
    }

    /// A service that has all minutes since an instant, but for the first that is asked for.
    private func setup(listed: String, now: String) throws -> KeylessSetup {
        let (listed, now) = (try Instant.seconds(listed), try Instant.seconds(now))
        return try KeylessSetup(now: Instant(secondsSinceEpoch: now).description) { request, _ throws(HTTPError) in
            guard let from = Int64(request.items["start_timestamp"] ?? ""),
                let to = Int64(request.items["end_timestamp"] ?? "")
            else { return .status(400) }
            let step: Int64 = request.items["resolution"] == "1D" ? 86_400 : 60
            let first = max((from / 1000 + step - 1) / step * step, listed / step * step)
            let times = Array(stride(from: first, through: min(to / 1000, now), by: Int(step)))
            let sent = step == 60 && first > listed ? times.dropFirst() : times[...]
            return .ok(sent.isEmpty ? Self.chart([], status: "no_data") : Self.chart(Array(sent.suffix(5000))))
        }
    }

    @Test("are asked for three days at a time, from a bar earlier on, and are those that are over")
    func minutes() async throws {
        let setup = try setup(listed: "2018-08-14T11:00:00Z", now: "2024-03-09T12:00:30Z")
        let found = try await setup.deribit.all(.coin("BTC-PERPETUAL"), from: "2024-03-04", through: "2024-03-09")
        let (first, end) = (try Instant.seconds("2024-03-04T00:00:00Z"), try Instant.seconds("2024-03-09T00:00:00Z"))
        #expect(found.bars.map(\.time) == Array(stride(from: first, to: end, by: 60)))
        #expect(found.bars.first == Bar(time: first, open: 50, high: 51, low: 49.5, close: 50.5, volume: 1.5))
        #expect(found.end == "2024-03-08")
        let minutes = setup.transport.requests.filter { $0.items["resolution"] == "1" }
        #expect(minutes.map { $0.items["start_timestamp"] } == ["1709510340000", "1709769540000"])
    }

    @Test("begin with the listing, and the years before are not asked for one by one")
    func listing() async throws {
        let setup = try setup(listed: "2024-03-04T11:00:00Z", now: "2024-03-09T12:00:00Z")
        let found = try await setup.deribit.all(.coin("BTC-PERPETUAL"), from: "2015-01-01", through: "2024-03-05")
        #expect(found.bars.first?.time == (try Instant.seconds("2024-03-04T11:00:00Z")))
        let minutes = (13 + 24) * 60
        #expect(found.bars.count == minutes)
        #expect(setup.transport.requests.count == 2)
        let none = try await setup.deribit.all(.coin("BTC-PERPETUAL"), from: "2015-01-01", through: "2015-03-05")
        #expect(none.bars.isEmpty)
    }

    @Test(
        "are not made of an answer that contradicts itself",
        arguments: [
            (chart([1_709_510_400], close: "[]"), "'close' has 0 values of 1 ticks"),
            (chart([1_709_510_400], status: "odd"), "there is no result with the status ok or no_data"),
            (chart([1_709_510]), "tick 1 is 1709510000.0"),
            ("<html>", "a page of text in place of JSON"),
        ])
    func contradictions(answer: String, message: String) async throws {
        let setup = try KeylessSetup(now: "2024-03-09T12:00:00Z") { _, _ throws(HTTPError) in .ok(answer) }
        let error = await playbookError { try await setup.deribit.all(.coin("BTC-PERPETUAL"), from: "2024-03-04") }
        #expect(error?.message == "deribit.example sent an answer that is not understood: \(message)")
    }

    @Test("are asked for no more once there were too many requests, whichever status says so", arguments: [400, 429])
    func tooMany(status: Int) async throws {
        let text = "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":10028,\"message\":\"too_many_requests\"}}"
        let setup = try KeylessSetup(now: "2024-03-09T12:00:00Z") { _, _ throws(HTTPError) in .status(status, text) }
        for _ in 0..<2 {
            let error = await playbookError { try await setup.deribit.all(.coin("BTC-PERPETUAL"), from: "2024-03-04") }
            #expect(error?.code == .tryAgain)
        }
        #expect(setup.transport.requests.count == 1)
    }

    @Test("of an unknown instrument are refused; of an inverse one it is said that P&L is another")
    func words() async throws {
        let text = "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":13020,\"message\":\"instrument_not_found\"}}"
        let setup = try KeylessSetup(now: "2024-03-09T12:00:00Z") { _, _ throws(HTTPError) in .status(400, text) }
        let error = await playbookError { try await setup.deribit.all(.coin("NONE"), from: "2024-03-04") }
        #expect(error?.message == "Deribit refused the request for NONE: instrument_not_found (13020)")
        #expect(setup.deribit.remark(on: try .coin("BTC-PERPETUAL"))?.contains("linear contract in USD") == true)
        #expect(setup.deribit.remark(on: try .coin("SOL-PERPETUAL")) == nil)
    }
}

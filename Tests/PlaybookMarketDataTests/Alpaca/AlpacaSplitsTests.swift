import PlaybookCore
import PlaybookHTTP
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

@Suite("Splits from Alpaca")
struct AlpacaSplitsTests {
    static func action(_ symbol: String, _ date: String, _ new: String, for old: String) -> String {
        "{\"id\":\"x\",\"symbol\":\"\(symbol)\",\"cusip\":\"0\",\"new_rate\":\(new),\"old_rate\":\(old),"
            + "\"process_date\":\"\(date)\",\"ex_date\":\"\(date)\",\"payable_date\":null}"
    }

    static func page(forward: [String]? = nil, reverse: [String]? = nil, next: String? = nil) -> String {
        let actions = [("forward_splits", forward), ("reverse_splits", reverse)].compactMap { name, actions in
            actions.map { "\"\(name)\":[\($0.joined(separator: ","))]" }
        }
        return "{\"corporate_actions\":{\(actions.joined(separator: ","))},"
            + "\"next_page_token\":\(next.map { "\"\($0)\"" } ?? "null")}"
    }

    static func splits(_ pages: String..., symbols: [String] = ["QQQ"]) async throws -> [String: [Split]] {
        let setup = try AlpacaSetup(pages: pages)
        let found = try await setup.source.splits(of: symbols.map { try .of($0) }, through: .of("2024-11-04"))
        return Dictionary(uniqueKeysWithValues: found.map { ($0.key.name, $0.value) })
    }

    @Test("are asked for from the calendar's beginning, forward and reverse ones")
    func request() async throws {
        let setup = try AlpacaSetup(pages: [Self.page()])
        #expect(try await setup.source.splits(of: .of("QQQ"), through: .of("2024-11-04")) == [])
        let request = try #require(setup.transport.requests.first)
        #expect(request.url.hasPrefix("https://data.example/v1/corporate-actions?"))
        #expect(
            request.items == [
                "symbols": "QQQ", "types": "forward_split,reverse_split", "start": "1998-01-01", "end": "2024-11-04",
                "limit": "1000",
            ])
    }

    @Test("have the ratio of new shares to old ones, ascending, over all pages")
    func ratios() async throws {
        let found = try await Self.splits(
            Self.page(
                forward: [
                    Self.action("NVDA", "2024-06-10", "10", for: "1"), Self.action("QQQ", "2021-01-04", "3", for: "2"),
                ],
                reverse: [Self.action("NVDA", "2001-05-01", "1", for: "8")], next: "a/b="),
            Self.page(forward: [Self.action("NVDA", "2021-07-20", "4", for: "1")]),
            symbols: ["NVDA", "QQQ", "SPY"])
        #expect(
            found == [
                "NVDA": [
                    Split(date: try .of("2001-05-01"), ratio: 0.125), Split(date: try .of("2021-07-20"), ratio: 4),
                    Split(date: try .of("2024-06-10"), ratio: 10),
                ], "QQQ": [Split(date: try .of("2021-01-04"), ratio: 1.5)],
            ])
    }

    @Test("there are none of when the page says nothing of them")
    func none() async throws {
        for page in [
            "{}", "{\"corporate_actions\":null}", "{\"corporate_actions\":{},\"next_page_token\":null}",
            Self.page(forward: []),
        ] {
            #expect(try await Self.splits(page) == [:])
        }
        // Of others than those asked for, too.
        #expect(try await Self.splits(Self.page(forward: [Self.action("AAPL", "2020-08-31", "4", for: "1")])) == [:])
    }

    @Test("listed twice are one, and two on one date are an error")
    func doubles() async throws {
        let split = Self.action("QQQ", "2024-06-10", "10", for: "1")
        let expected = ["QQQ": [Split(date: try .of("2024-06-10"), ratio: 10)]]
        #expect(try await Self.splits(Self.page(forward: [split, split])) == expected)
        #expect(try await Self.splits(Self.page(forward: [split], next: "a"), Self.page(forward: [split])) == expected)
        let other = Self.action("QQQ", "2024-06-10", "1", for: "10")
        let error = await playbookError { try await Self.splits(Self.page(forward: [split], reverse: [other])) }
        #expect(error?.code == .badData)
        #expect(error?.message == "Alpaca lists two splits of QQQ on 2024-06-10: 10.0 and 0.1")
    }

    @Test("of impossible rates or dates are an error")
    func impossible() async throws {
        for (date, new, old) in [
            ("2024-06-10", "0", "1"), ("2024-06-10", "1", "0"), ("2024-06-10", "-2", "1"), ("soon", "2", "1"),
        ] {
            let error = await playbookError {
                try await Self.splits(Self.page(forward: [Self.action("QQQ", date, new, for: old)]))
            }
            #expect(error?.code == .badData)
            #expect(error?.message.hasPrefix("Alpaca lists a split of QQQ on '\(date)' at ") == true)
        }
        let circle = await playbookError { try await Self.splits(Self.page(next: "a")) }
        #expect(circle?.message.hasPrefix("Alpaca's pages go round in a circle") == true)
        let unreadable = await playbookError { try await Self.splits("{\"corporate_actions\":[]}") }
        #expect(unreadable?.message == "data.example sent an answer that is not understood")
    }
}

import PlaybookCore
import PlaybookAssembly
import PlaybookReports
import PlaybookSettings
import PlaybookUseCases
import Testing

@testable import PlaybookServer

@Suite("A request to /backtest")
struct BacktestCallTests {
    private static func settings(_ more: [String: String] = [:]) throws -> Settings {
        let environment = [
            "DATA_SOURCE": "sample", "SYMBOLS": "QQQ", "PLAYBOOK_NOW": "2025-11-04T21:30:00Z",
            "SERVE_ANY_SYMBOL": "true",
        ]
        return try Settings(
            flags: [:], environment: environment.merging(more) { $1 }, envFile: nil, readsFile: false)
    }

    private func call(_ body: String, _ more: [String: String] = [:]) throws -> BacktestCall {
        let settings = try Self.settings(more)
        return try BacktestCall(
            Array(body.utf8), settings: settings, limits: ServiceLimits(), budget: settings.serviceBudget())
    }

    private func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

    @Test("is read as it is meant")
    func reading() throws {
        let whole = try call(
            #"""
            {"symbols": ["qqq", "SPY", "QQQ"], "start": "2025-09-01", "end": "2025-11-04", "strategy": "timed-entry",
             "params": {"stop-atr": 1.50, "shares": 20.0, "weekdays": "mon"}, "dry_run": true}
            """#
        ).request
        #expect(whole.symbols?.map(\.name) == ["QQQ", "SPY"])
        #expect(whole.dates == .range(try date("2025-09-01"), try date("2025-11-04")))
        #expect(whole.parameters == ["stop-atr": "1.5", "shares": "20", "weekdays": "mon"])
        #expect(whole.strategy == "timed-entry" && whole.isDryRun)
        #expect(try call("").request == BacktestRequest(dates: .today))
        #expect(try call(#"{"catch_up":true}"#).request.dates == .catchUp(from: nil))
        #expect(
            try call(#"{"catch_up":true,"start":"2025-10-01"}"#).request.dates == .catchUp(from: date("2025-10-01")))
        #expect(
            try call(#"{"date":"2025-10-01","catch_up":false}"#).request.dates
                == .range(date("2025-10-01"), date("2025-10-01")))
    }

    @Test("is the same run however it is spelled")
    func sameness() throws {
        let plain = try call("{}").key
        for same in [
            #"{"symbols":["qqq"]}"#, #"{"strategy":"dp20"}"#, #"{"params":{"stop-atr":"1.20"}}"#,
            #"{"params":{"stop-atr":1.2,"ema-period":20}}"#, #"{"dry_run":false}"#,
        ] {
            #expect(try call(same).key == plain, "\(same)")
        }
        for other in [
            #"{"symbols":["SPY"]}"#, #"{"params":{"stop-atr":1.3}}"#, #"{"date":"2025-11-04"}"#, #"{"dry_run":true}"#,
            #"{"catch_up":true}"#, #"{"strategy":"timed-entry"}"#,
        ] {
            #expect(try call(other).key != plain, "\(other)")
        }
        let tomorrow = ["PLAYBOOK_NOW": "2025-11-05T21:30:00Z"]
        #expect(try call("{}", tomorrow).key != plain)
        #expect(try call(#"{"date":"2025-11-04"}"#, tomorrow).key == call(#"{"date":"2025-11-04"}"#).key)
    }

    @Test("numbers are spelled as users write them")
    func numbers() {
        for (number, text) in [
            ("1.5", "1.5"), ("20", "20"), ("20.0", "20"), ("2e1", "20"), ("1.50", "1.5"), ("-0", "-0"), ("0.1", "0.1"),
            ("1e300", "1e+300"), ("123456789012345678901234567890", "1.2345678901234568e+29"),
        ] {
            #expect(ParameterSchema.text(number: number) == text)
        }
    }

    @Test("at its limits goes through, beyond them it does not")
    func limits() throws {
        let most = (0..<50).map { "\"S\($0)\"" }.joined(separator: ",")
        #expect(try call(#"{"symbols":[\#(most)]}"#).request.symbols?.count == 50)
        #expect(throws: Problem.self) { try call(#"{"symbols":[\#(most),"X"]}"#) }
        let last = try date("2025-11-04")
        _ = try call(#"{"start":"\#(last.adding(days: -3699))","end":"2025-11-04"}"#)
        #expect(throws: Problem.self) { try call(#"{"start":"\#(last.adding(days: -3700))","end":"2025-11-04"}"#) }
    }

    @Test("names the symbols that are set, unless others are let in")
    func strangers() throws {
        let own = ["SYMBOLS": "QQQ,SPY", "SERVE_ANY_SYMBOL": "false"]
        #expect(try call(#"{"symbols":["spy"]}"#, own).request.symbols?.map(\.name) == ["SPY"])
        let problem = try #require(throws: Problem.self) { try call(#"{"symbols":["SPY","IWM"]}"#, own) }
        #expect(problem.kind == .invalid && problem.faults.map(\.field) == ["/symbols/1"])
        #expect(try call(#"{"symbols":["IWM"]}"#).request.symbols?.map(\.name) == ["IWM"])
        let coins = ["SYMBOLS": "QQQ,BTC-USD@24x7", "SERVE_ANY_SYMBOL": "false"]
        let other = try #require(throws: Problem.self) { try call(#"{"symbols":["BTC-USD"]}"#, coins) }
        #expect(other.detail.contains("BTC-USD is not one of SYMBOLS, which has BTC-USD@24x7"))
        #expect(throws: Never.self) { try call(#"{"symbols":["BTC-USD@24x7"]}"#, coins) }
    }

    @Test("comes to no more sessions and memory than its budget")
    func budgets() throws {
        // December 2024 had 21 sessions: 31 days less nine at weekends and Christmas.
        let body = #"{"symbols":["QQQ","SPY"],"start":"2024-12-02","end":"2024-12-31"}"#
        #expect(throws: Never.self) { try call(body, ["SERVE_MAX_SESSIONS": "42"]) }
        let problem = try #require(throws: Problem.self) { try call(body, ["SERVE_MAX_SESSIONS": "41"]) }
        #expect(problem.kind == .invalid && problem.faults.map(\.field) == ["/end"])
        #expect(problem.detail.contains("42 sessions") && problem.detail.contains("at most 41"))
        let years = #"{"symbols":["QQQ"],"start":"2016-01-04","end":"2025-11-04"}"#
        let memory = try #require(throws: Problem.self) { try call(years, ["SERVE_MAX_MEMORY_MB": "10"]) }
        #expect(memory.detail.contains("SERVE_MAX_MEMORY_MB"))
    }

    @Test("may bring a playbook where the settings let them, and it is held to its limits")
    func inline() throws {
        func body(_ playbook: String) -> String {
            #"{"playbook": \#(playbook), "symbols": ["QQQ"], "date": "2025-11-04"}"#
        }
        let simple = #"{"playbook": "mine", "summary": "up", "setup": {"steps": [{"up": "close > sma(close, 5)"}]}}"#
        let allowed = ["ALLOW_INLINE_PLAYBOOKS": "true"]
        let made = try call(body(simple), allowed)
        #expect(made.strategy.name == "mine" && made.request.playbookText?.contains("close > sma(close, 5)") == true)
        func refusal(_ playbook: String, _ settings: [String: String]) -> String? {
            #expect(throws: Problem.self) { try call(body(playbook), settings) }?.detail
        }
        #expect(refusal(simple, [:])?.contains("ALLOW_INLINE_PLAYBOOKS") == true)
        #expect(
            refusal(simple.replacing("close >", with: "clos >"), allowed)
                == "/playbook/setup/steps/0/up: 'clos' is not known here; did you mean close?")
        #expect(
            refusal(simple.replacing("\"mine\"", with: "\"dp20\""), allowed)?.contains("is that of a playbook") == true)
        #expect(
            refusal(simple.replacing("sma(close, 5)", with: "ema(close, 900)"), allowed)?.contains("looks back") == true
        )
    }

    @Test("may not run a playbook of one market on symbols of another")
    func otherMarket() throws {
        let coins =
            #"{"playbook": "mine", "summary": "up", "market": "24x7", "setup": {"steps": [{"up": "close > high[1]"}]}}"#
        func body(_ symbols: String) -> String {
            #"{"playbook": \#(coins), "symbols": [\#(symbols)], "date": "2025-11-04"}"#
        }
        let allowed = ["ALLOW_INLINE_PLAYBOOKS": "true"]
        #expect(try call(body(#""BTC-USD@24x7""#), allowed).strategy.market == .roundTheClock)
        let problem = try #require(throws: Problem.self) { try call(body(#""BTC-USD@24x7", "QQQ""#), allowed) }
        #expect(problem.faults.map(\.field) == ["/symbols"])
        #expect(problem.detail.contains("QQQ is traded on XNYS, and the playbook mine is for the market 24x7"))
    }

    @Test("each field is described for the choices that it is read with")
    func schemas() throws {
        let values: [String: String] = [
            "symbols": #"["QQQ"]"#, "start": #""2025-11-03""#, "end": #""2025-11-04""#, "date": #""2025-11-04""#,
            "catch_up": "true", "strategy": #""dp20""#, "params": "{}", "dry_run": "true",
        ]
        #expect(Set(values.keys) == Set(RequestField.all.map(\.name)).subtracting(["playbook"]))
        let scope = try #require(
            RequestScope("dp20", Self.settings().serviceBudget(), playbooks: Self.settings().playbookDescriptors()))
        // Every set of fields: it is taken if, and only if, a schema has just these fields and all that it needs.
        let names = values.keys.sorted()
        for bits in 0..<(1 << names.count) {
            let given = Set(names.enumerated().filter { bits >> $0.offset & 1 == 1 }.map(\.element))
            let body = "{" + given.map { "\"\($0)\":\(values[$0] ?? "")" }.joined(separator: ",") + "}"
            let isDescribed = SessionChoice.allCases.contains { choice in
                let schema = RequestField.schema(choice, scope)
                guard case .fields(let properties)? = schema["properties"] else { return false }
                var required: Set<String> = []
                if case .list(let list)? = schema["required"] {
                    for case .text(let name) in list { required.insert(name) }
                }
                guard given.isSubset(of: properties.keys), required.isSubset(of: given) else { return false }
                return !given.contains("catch_up") || properties["catch_up"]?["const"] == true
            }
            #expect(((try? call(body)) != nil) == isDescribed, "\(body)")
        }
    }
}

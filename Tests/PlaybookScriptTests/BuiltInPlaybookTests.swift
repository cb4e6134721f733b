import PlaybookCore
import PlaybookScript
import PlaybookYardsticks
import Testing

@Suite("Built-in playbooks")
struct BuiltInPlaybookTests {
    private static let cases: [(name: String, overrides: [String: String])] = [
        ("dp20", [:]),
        ("dp20", ["trend-period": "3", "stop-atr": "6", "window-end": "11:30", "slippage-bps": "1"]),
        (
            "dp20",
            ["ema-period": "5", "atr-period": "30", "window-start": "09:30", "window-end": "15:30", "shares": "7"]
        ),
        ("timed-entry", [:]),
        ("timed-entry", ["weekdays": "tue+thu", "stop-atr": "8", "entry-time": "09:32", "exit-time": "12:01"]),
        ("opening-range", [:]),
        ("opening-range", ["range": "4m", "target": "1", "last-entry": "15:00", "fee-per-share": "0.005"]),
        ("opening-range", ["range": "1h", "target": "0.5", "last-entry": "10:40"]),
    ]

    @Test("give the rows of those in Swift, but for notes, under the same ids", arguments: cases)
    func rows(name: String, overrides: [String: String]) async throws {
        let file = try #require(BuiltInPlaybooks.script(name)).playbook(overrides)
        let yardstick = try StrategyCatalog.playbook(name, overrides: overrides)
        #expect(file.parametersID == yardstick.parametersID)
        #expect(file.plan.setups.map(\.name) == yardstick.plan.setups.map(\.name))
        let rows = try await sampleRows(file, through: "2025-06-30")
        let expected = try await sampleRows(yardstick, through: "2025-06-30")
        #expect(rows.count == expected.count)
        for (row, other) in zip(rows, expected) where row != other {
            Issue.record("\(row.tradeDate): \(row)\nis not\n\(other)")
            break
        }
        #expect(rows.contains { $0.trade != nil })
    }

    /// The values were computed by a program of their own. They must never change: journals hold them.
    @Test("keep the ids that rows have")
    func identifiers() throws {
        func id(_ name: String, _ overrides: [String: String] = [:]) throws -> String {
            try #require(BuiltInPlaybooks.script(name)).playbook(overrides).parametersID
        }
        #expect(try id("dp20") == "pdf1899cf3323")
        #expect(try id("timed-entry") == "p9d9be6744f87")
        #expect(try id("dp20", ["stop-atr": "1.20"]) == "pdf1899cf3323")
    }

    @Test("have the parameters of those in Swift, with their ranges and words")
    func parameters() throws {
        for descriptor in StrategyCatalog.descriptors {
            let own = try #require(BuiltInPlaybooks.script(descriptor.name)).descriptor
            #expect(own.parameters.sorted { $0.name < $1.name } == descriptor.parameters.sorted { $0.name < $1.name })
            #expect(own.summary == descriptor.summary)
            #expect(!own.rules.isEmpty)
        }
        #expect(BuiltInPlaybooks.scripts.map(\.name) == BuiltInPlaybooks.names)
    }

    @Test("say what to do without a parameter that is gone")
    func retired() throws {
        let script = try #require(BuiltInPlaybooks.script("timed-entry"))
        let error = #expect(throws: ParameterError.self) { try script.playbook(["bounce-bps": "5"]) }
        #expect(error?.description.hasPrefix("parameter bounce-bps: it is gone") == true)
        #expect(script.parametersID(["bounce-bps": "20"]) != script.parametersID([:]))
    }

    @Test("and templates are read without a doubt, and run", arguments: PlaybookTemplates.names)
    func templates(name: String) async throws {
        let text = try #require(PlaybookTemplates.text(name, named: "mine"))
        #expect(findings(text) == ["ok"])
        let playbook = try script(text).playbook()
        #expect(playbook.name == "mine")
        let rows = try await sampleRows(playbook)
        #expect(rows.count >= 60)
        // The sample has no bars before the open.
        #expect(rows.contains { $0.trade != nil } == (name != "premarket-breakout"))
        #expect(PlaybookTemplates.text("none", named: "x") == nil)
    }
}

import PlaybookCore
import PlaybookMarketData
import PlaybookScript
import Testing

/// What is wrong or doubtful with a playbook file, a line each; `ok` where nothing is.
func findings(_ text: String) -> [String] {
    do throws(ScriptError) {
        let warnings = try Script(Array(text.utf8)).warnings
        return warnings.isEmpty ? ["ok"] : warnings.map(\.description)
    } catch {
        return error.findings.map(\.description)
    }
}

/// A playbook with one setup of one step, whose condition is `step`, and what else is given.
func playbookText(
    step: String = "close > open", parameters: String = "", values: String = "", filters: String = "",
    setup: String = "",
    rest: String = ""
) -> String {
    func section(_ name: String, _ text: String) -> String { text.isEmpty ? "" : "\(name):\n\(indented(text, 2))\n" }
    return "playbook: test\nsummary: a test\n" + section("parameters", parameters) + section("values", values)
        + section("filters", filters) + "setup:\n  steps:\n    - one: \(step)\n"
        + (setup.isEmpty ? "" : indented(setup, 2) + "\n")
        + rest
}

private func indented(_ text: String, _ spaces: Int) -> String {
    text.split(separator: "\n").map { String(repeating: " ", count: spaces) + $0 }.joined(separator: "\n")
}

func script(_ text: String) throws -> Script { try Script(Array(text.utf8)) }

/// The sample's history that playbooks need for some sessions.
func sampleHistory(
    _ playbook: Playbook, _ symbol: String = "QQQ", from first: String = "2025-01-02",
    through last: String = "2025-03-31"
) async throws -> BarHistory {
    let symbol = try #require(Symbol(symbol))
    let sessions = try #require(CivilDate(first))...#require(CivilDate(last))
    let request = HistoryRequest(symbol: symbol, sessions: sessions, playbooks: [playbook])
    return try await HistoryLoader(source: SampleSource()).load(request)
}

/// The rows of a playbook over the sample, without notes.
func sampleRows(
    _ playbook: Playbook, _ symbol: String = "QQQ", from first: String = "2025-01-02",
    through last: String = "2025-03-31"
) async throws -> [JournalRow] {
    let history = try await sampleHistory(playbook, symbol, from: first, through: last)
    return Backtest(history: history).journal(playbook, dataSource: "sample", runID: "test").map {
        var row = $0
        row.notes = ""
        return row
    }
}

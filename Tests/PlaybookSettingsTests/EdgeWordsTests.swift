import PlaybookCore
import Testing

@testable import PlaybookSettings

@Suite("The words of the edges")
struct EdgeWordsTests {
    private func words(_ text: NeutralText) -> [String] {
        [text.words(.commandLine), text.words(.problem), text.words(.log)]
    }

    @Test("call a setting by its flag and its variable, or by its variable alone")
    func settings() {
        #expect(
            words("Set \(.set(.stampsOfBars, to: "close")).") == [
                "Set --data-stamps close (DATA_STAMPS=close).", "Set DATA_STAMPS=close.", "Set DATA_STAMPS=close.",
            ])
        #expect(
            words("\(.named(.stampsOfBars, "close")), but") == [
                "DATA_STAMPS=close, but", "DATA_STAMPS=close, but", "DATA_STAMPS=close, but",
            ])
        #expect(words("Check \(.set(.bucket)).") == Array(repeating: "Check GCS_BUCKET.", count: 3))
        #expect(words("Check \(.set(.hostsWithoutProxy)).") == Array(repeating: "Check NO_PROXY.", count: 3))
    }

    @Test("call what is no setting by its flag, in an answer by the request's field")
    func options() {
        #expect(words("Add \(.set(.start)).") == ["Add --start.", "Add 'start'.", "Add --start."])
        #expect(
            words("\(.named(.grid, "stop-atr")): no value") == [
                "--grid stop-atr: no value", "'grid' stop-atr: no value", "--grid stop-atr: no value",
            ])
        #expect(words("in \(.set(.symbols)).") == ["in --symbol (SYMBOLS).", "in 'symbols'.", "in SYMBOLS."])
        #expect(words("out of \(.named(.symbols)).") == Array(repeating: "out of SYMBOLS.", count: 3))
    }

    @Test("say how something is done")
    func actions() {
        #expect(
            words("\(.run(.catchUp)) adds them") == [
                "'trading-playbook backtest --catch-up' adds them", "'POST /backtest' with 'catch_up' adds them",
                "'trading-playbook backtest --catch-up' adds them",
            ])
        #expect(
            words("\(.run(.fetchBars(symbol: "QQQ", from: "2024-01-02")))")[0]
                == "'trading-playbook fetch --symbol QQQ --start 2024-01-02'")
    }

    @Test("have a name for everything that can be set, and no two the same")
    func everything() {
        for edge in [EdgeWords.commandLine, .problem, .log] {
            let names = Topic.allCases.map { edge.setting($0, to: nil) }
            #expect(Set(names).count == names.count)
            for (topic, name) in zip(Topic.allCases, names) {
                let isPlain = name == topic.words
                // What only the command line can be asked for.
                let isOffered = ![.sample, .trainLength, .testLength].contains(topic)
                #expect(isPlain == (edge.setting(.sample, to: nil) == Topic.sample.words && !isOffered), "\(topic)")
            }
        }
        let variables = Topic.allCases.map { EdgeWords.log.name(of: $0, nil) }.filter { !$0.hasPrefix("-") }
        let others = ["CURL_CA_BUNDLE", "SSL_CERT_FILE", "NO_PROXY", "PGPASSWORD", "PGPASSFILE", "TMPDIR"]
        #expect(Set(variables).subtracting(Setting.all.map(\.name)) == Set(others))
    }
}

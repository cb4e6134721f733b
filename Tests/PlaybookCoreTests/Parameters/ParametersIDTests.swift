import PlaybookYardsticks
import Testing

@testable import PlaybookCore

@Suite("params_id")
struct ParametersIDTests {
    /// The values were computed by a program of their own. They must never change: journals hold them.
    @Test("of the defaults is the same for ever")
    func pinned() throws {
        #expect(try dp20().parametersID == "pdf1899cf3323")
        #expect(try timedEntry().parametersID == "p9d9be6744f87")
    }

    @Test(
        "does not depend on how a value is spelled",
        arguments: [
            ["stop-atr": "1.20"], ["stop-atr": "1.2"], ["stop-atr": "01.2"], ["stop-atr": "12e-1"],
            ["reversal-strength": ".6"], ["reversal-strength": "0.60"], ["slippage-bps": "0.0"],
            ["slippage-bps": "-0"], ["shares": "020"], ["ema-period": "+20"], ["window-start": "10:00"],
        ])
    func spelling(overrides: [String: String]) throws {
        #expect(try dp20(overrides).parametersID == "pdf1899cf3323")
    }

    @Test("does not depend on the order of weekdays")
    func weekdays() throws {
        #expect(try timedEntry(["weekdays": "fri+thu+wed+tue+mon"]).parametersID == "p9d9be6744f87")
        #expect(try timedEntry(["weekdays": "Monday+TUE+wed+thu+fri"]).parametersID == "p9d9be6744f87")
        #expect(try timedEntry(["weekdays": "mon"]).parametersID != timedEntry(["weekdays": "tue"]).parametersID)
    }

    @Test("differs with every parameter")
    func everyParameter() throws {
        let others = [
            "window-start": "10:01", "window-end": "10:31", "reversal-strength": "0.61", "stop-atr": "1.3",
            "exit-time": "15:54", "ema-period": "21", "atr-period": "15", "trend-period": "201", "shares": "21",
            "slippage-bps": "0.5", "fee-per-share": "0.001",
        ]
        #expect(Set(others.keys) == Set(DP20.descriptor.parameters.map(\.name)))
        var seen: Set<String> = [try dp20().parametersID]
        for (name, value) in others { seen.insert(try dp20([name: value]).parametersID) }
        #expect(seen.count == others.count + 1)
        // The same value under another name is another set.
        #expect(try dp20(["ema-period": "30"]).parametersID != dp20(["atr-period": "30"]).parametersID)
    }

    @Test("of rows with a parameter that is gone is still known, so that such rows are read")
    func retired() {
        func id(_ overrides: [String: String]) -> String? {
            KnownParameters.identifier("timed-entry", overrides: overrides)
        }
        #expect(id([:]) == "p9d9be6744f87" && id(["bounce-bps": "0"]) == "p9d9be6744f87")
        #expect(id(["bounce-bps": "20"]) != nil && id(["bounce-bps": "20"]) != id([:]))
        #expect(id(["bounce-bps": "-1"]) == nil && id(["bounce": "1"]) == nil)
        #expect(KnownParameters.identifier("none", overrides: [:]) == nil)
    }
}

import PlaybookCore
import PlaybookYardsticks
import Testing

@Suite("Parameters")
struct ParameterSetTests {
    static func error(
        _ overrides: [String: String], of strategy: String = "dp20", sourceLocation: SourceLocation = #_sourceLocation
    ) -> String {
        let error = #expect(throws: ParameterError.self, sourceLocation: sourceLocation) {
            _ = try StrategyCatalog.playbook(strategy, overrides: overrides)
        }
        return error?.description ?? ""
    }

    @Test("have the defaults of the playbook")
    func defaults() throws {
        let parameters = try dp20().parameters.canonical.map { "\($0.name)=\($0.value)" }
        #expect(
            parameters == [
                "window-start=10:00", "window-end=10:30", "reversal-strength=0.6", "stop-atr=1.2", "exit-time=15:55",
                "ema-period=20", "atr-period=14", "trend-period=200", "shares=20", "slippage-bps=0",
                "fee-per-share=0",
            ])
        let timed = try timedEntry().parameters.canonical.map { "\($0.name)=\($0.value)" }
        #expect(
            timed == [
                "weekdays=mon+tue+wed+thu+fri", "entry-time=10:30", "exit-time=15:55", "stop-atr=0",
                "atr-period=14", "shares=20", "slippage-bps=0", "fee-per-share=0",
            ])
    }

    @Test("that are unknown are named, with those there are")
    func unknown() {
        #expect(
            Self.error(["stop": "1", "zeal": "2"])
                == "no parameter 'stop': there are window-start, window-end, reversal-strength, stop-atr, exit-time, "
                + "ema-period, atr-period, trend-period, shares, slippage-bps, fee-per-share")
    }

    @Test(
        "out of range or of another kind are refused with what they may be",
        arguments: [
            ("stop-atr", "0", "a number, 0.01 to 100 (x ATR)"),
            ("stop-atr", "100.1", "a number, 0.01 to 100 (x ATR)"),
            ("stop-atr", "nan", "a number, 0.01 to 100 (x ATR)"),
            ("stop-atr", "1,2", "a number, 0.01 to 100 (x ATR)"),
            ("stop-atr", "", "a number, 0.01 to 100 (x ATR)"),
            ("reversal-strength", "1.01", "a number, 0 to 1 (fraction of the bar's range)"),
            ("reversal-strength", "-0.1", "a number, 0 to 1 (fraction of the bar's range)"),
            ("ema-period", "0", "a whole number, 1 to 1000 (2-minute bars)"),
            ("ema-period", "1001", "a whole number, 1 to 1000 (2-minute bars)"),
            ("ema-period", "2.5", "a whole number, 1 to 1000 (2-minute bars)"),
            ("trend-period", "many", "a whole number, 1 to 1000 (sessions)"),
            ("shares", "0", "a whole number, 1 to 1000000000 (shares)"),
            ("slippage-bps", "1001", "a number, 0 to 1000 (bps of the value traded)"),
            ("fee-per-share", "-0.01", "a number, 0 to 100 (USD)"),
            ("window-start", "930", "a time HH:MM, 09:30 to 15:59 (market time)"),
            ("window-start", "09:29", "a time HH:MM, 09:30 to 15:59 (market time)"),
            ("exit-time", "16:00", "a time HH:MM, 09:30 to 15:59 (market time)"),
            ("exit-time", "25:00", "a time HH:MM, 09:30 to 15:59 (market time)"),
        ])
    func refused(name: String, text: String, allowed: String) {
        #expect(Self.error([name: text]) == "parameter \(name): '\(text)' is not \(allowed)")
    }

    @Test("that are lengths of time are minutes or hours, a whole number of bars")
    func durations() throws {
        func range(_ text: String) throws -> String? {
            try StrategyCatalog.playbook("opening-range", overrides: ["range": text]).parameters.canonical.first?.value
        }
        #expect(try range("30m") == "30m")
        #expect(try range("2h") == "120m" && range("1.5h") == "90m")
        for text in ["3m", "3h", "30", "m", "-4m", "2.1h", "0.5m", "99999999999999999999h"] {
            #expect(
                Self.error(["range": text], of: "opening-range")
                    == "parameter range: '\(text)' is not a length of time, 4m to 120m (minutes)")
        }
        #expect(
            Self.error(["range": "31m"], of: "opening-range")
                == "parameter range: 31m is not a whole number of 2Min bars")
    }

    @Test("at the ends of their ranges are accepted")
    func ends() throws {
        for (name, text) in [
            ("stop-atr", "0.01"), ("stop-atr", "100"), ("reversal-strength", "0"), ("reversal-strength", "1"),
            ("ema-period", "1"), ("ema-period", "1000"), ("shares", "1000000000"), ("exit-time", "15:59"),
            ("window-start", "09:30"),
        ] {
            let value = try dp20([name: text]).parameters.canonical.first { $0.name == name }?.value
            #expect(value == text)
        }
    }

    @Test("that contradict each other are refused")
    func contradictions() throws {
        #expect(
            Self.error(["window-start": "10:31"]) == "parameter window-end: 10:30 lies before window-start 10:31")
        _ = try dp20(["window-start": "10:30"])
        #expect(
            Self.error(["exit-time": "10:30"], of: "timed-entry")
                == "parameter exit-time: 10:30 does not lie after entry-time 10:30")
    }

    @Test(
        "weekdays are trading days, each once, in any case and order",
        arguments: [
            ("mon", "mon"), ("fri+mon", "mon+fri"), ("Tuesday+TUE", "tue"),
            ("mon+tue+wed+thu+fri", "mon+tue+wed+thu+fri"),
        ])
    func weekdays(text: String, canonical: String) throws {
        #expect(try timedEntry(["weekdays": text]).parameters.canonical.first?.value == canonical)
    }

    @Test("weekdays are nothing else", arguments: ["", "mon+", "sat", "mon+sun", "mon,tue", "mo"])
    func notWeekdays(text: String) {
        #expect(
            Self.error(["weekdays": text], of: "timed-entry")
                == "parameter weekdays: '\(text)' is not a list of weekdays, mon+tue+wed+thu+fri (weekdays)")
    }

    @Test("belong to strategies that there are")
    func unknownStrategy() {
        #expect(Self.error([:], of: "dp21") == "no strategy 'dp21': there are dp20, timed-entry, opening-range")
        #expect(StrategyCatalog.descriptors.map(\.name) == ["dp20", "timed-entry", "opening-range"])
    }
}

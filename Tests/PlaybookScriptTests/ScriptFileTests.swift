import PlaybookCore
import PlaybookReading
import PlaybookScript
import Testing

@Suite("Playbook files")
struct ScriptFileTests {
    @Test(
        "with keys that do not go together are refused",
        arguments: [
            (
                "setup:\n  steps: []\n  window: [10:00, 11:00]",
                "5:3: a setup without steps has no window: it orders before the session's first bar"
            ),
            ("setup: {}\nsetups: []", "3:1: a playbook has a setup or setups, not both"),
            ("exit: 15:00", "1:1: 'setup' or 'setups' is missing in a playbook"),
            ("setup: {}\nsize: {shares: 5, risk: 5}", "4:7: size has just one of shares, notional and risk"),
            ("setup: {}\nsize: {risk: 100}", "3:8: the size risks an amount, so setup setup needs a stop"),
            (
                "setup: {stop: entry - 1}\nsize: {risk: 1%}",
                "4:14: a percentage is risked of 'capital': add it, as in {risk: 1%, capital: 25000}"
            ),
            (
                "setup: {}\nsize: {shares: 5, at-most: 5}",
                "4:19: at-most stands beside notional or risk, not beside shares"
            ),
            ("setup: {entry: {stop: 5, limit: 6}}", "3:16: entry has just one of stop, limit and at"),
            (
                "setup: {entry: {at: 10:00, until: 11:00}}",
                "3:28: an entry 'at' a time waits for it: it takes no 'until'"
            ),
            (
                "setup: {entry: {stop: session.open}}",
                "3:23: session.open and gap are not known before the open, and setup setup, which has no steps, orders then: enter 'at' a time after the open"
            ),
            ("setup: {side: both}", "3:15: side is long or short, not 'both'"),
            ("setup: {trail: {by: 1, to: 2}}", "3:16: trail has one of 'by: distance' and 'to: price'"),
            (
                "setup: {targets: [{at: entry + 1, share: 80%}, {at: entry + 2, share: 50%}]}",
                "3:19: the targets' shares come to 130%, more than 100%"
            ),
            ("setup: {}\ntimeframe: 90Min", "4:12: timeframe is 1Min to 60Min, not '90Min'"),
            ("setup: {}\nresolve: 3Min", "4:10: resolve names finer bars that divide the timeframe 2Min, not 3Min"),
            ("setup: {}\nmarket: NYSE", "4:9: there is no market 'NYSE': XNYS or 24x7"),
            ("setup: {}\nlimits: {trades: 0}", "4:18: this is not a whole number, 1 or more"),
            (
                "setup: {}\nfilters: {high: gap > 1}",
                "4:11: 'high' has a meaning of its own in expressions: choose another name in filters"
            ),
            (
                "setup: {}\nparameters: {a: {default: 5, range: [6, 9]}}",
                "4:27: the default 5 is outside the range 6 to 9"
            ),
            (
                "setup: {}\nparameters: {shares: 5}",
                "4:14: 'shares' is a parameter of every playbook: leave it out here"
            ),
            (
                "setup: {}\nparameters: {a: mon+mon}",
                "4:17: 'mon+mon' is not a default: a number 1.5, a share 2%, a time 10:30, a length 15m, true, false or weekdays mon+wed; of other words, name the 'choices'"
            ),
            ("setup: {steps: [{a: close > open}, {a: close < open}]}", "3:37: the name 'a' is there twice in steps"),
            (
                "setup: {steps: [{a: {next: close > open}}]}",
                "3:22: the first step has no 'next': there is no step before it"
            ),
            (
                "setup: {steps: [{a: close > open}], window: [11:00, 10:00]}",
                "3:53: the window ends at 10:00, before it begins at 11:00"
            ),
            (
                "setup: {entry: {at: 15:58}}\nexit: 15:00",
                "3:21: the entry waits until 15:58, and nothing is entered from the exit time 15:00 on"
            ),
            ("setup: {}\njournal: {trend_valid: nope}", "4:24: trend_valid shows a filter, and there is none 'nope'"),
            (
                "setup: {stop: {price: entry - 1, when: close > 1}}",
                "3:40: 'close' is not known before the open (filters, window, exit and size know parameters, session.start, .end and .open, premarket, prior, gap, daily, weekday, month, day)"
            ),
        ])
    func refused(rest: String, expected: String) {
        #expect(findings("playbook: test\nsummary: a test\n\(rest)\n") == [expected])
    }

    @Test("have names of small letters")
    func names() {
        #expect(
            findings("playbook: ORB\nsummary: s\nsetup: {}")[0].hasPrefix("1:11: 'ORB' cannot be a playbook's name"))
        #expect(
            !Script.isName("a" + String(repeating: "b", count: 40)) && Script.isName("orb-2") && !Script.isName("2orb"))
    }

    @Test("may be JSON; errors name a pointer then")
    func json() throws {
        let text = #"{"playbook": "t", "summary": "s", "setup": {"steps": [{"up": "close > open"}], "trades": 2}}"#
        #expect(try script(text).playbook().plan.setups[0].trades == 2)
        #expect(
            findings(#"{"playbook": "t", "summary": "s", "setup": {"steps": [{"up": "clos > open"}]}}"#) == [
                "/setup/steps/0/up: 'clos' is not known here; did you mean close?"
            ])
    }

    @Test("have parameters of each kind")
    func parameters() throws {
        let made = try script(
            playbookText(
                step:
                    "close > sma(close, n) * (1 + x) and time > t and time - session.start > d and on and speed = fast",
                parameters:
                    "n: 5\nx: {default: 2%, range: [0%, 5%]}\nt: 9:45\nd: 1h\non: true\nspeed: {default: fast, choices: [fast, slow]}\n"
                    + "days: mon+wed", filters: "chosen: weekday in days"))
        let defaults = try made.playbook().parameters.canonical.map { "\($0.name)=\($0.value)" }
        #expect(
            defaults == [
                "n=5", "x=0.02", "t=09:45", "d=60m", "on=true", "speed=fast", "days=mon+wed", "shares=20",
                "slippage-bps=0",
                "fee-per-share=0",
            ])
        let other = try made.playbook(["x": "150bps", "speed": "slow", "on": "false", "d": "15m"])
        #expect(other.parameters.differences == "x=0.015 d=15m on=false speed=slow")
        func error(_ name: String, _ value: String) -> String? {
            #expect(throws: ParameterError.self) { try made.playbook([name: value]) }?.description
        }
        #expect(error("x", "6%") == "parameter x: '6%' is not a number, 0 to 0.05")
        #expect(error("speed", "medium") == "parameter speed: 'medium' is not one of its choices, fast, slow")
        #expect(error("on", "yes") == "parameter on: 'yes' is not a yes or no, true or false")
        #expect(error("n", "0") == "parameter n: 0 is not a whole number of bars, 1 to 10000, as a period")
        #expect(error("n", "1.5") == "parameter n: '1.5' is not a whole number")
        #expect(error("m", "1")?.hasPrefix("no parameter 'm': there are n, x, t, d, on, speed, days, shares") == true)
    }

    @Test("have a digest of the rules that comments, spacing and words for people do not change")
    func digest() throws {
        let text = playbookText(step: "close > sma(close,n)", parameters: "n: 5", setup: "side: long")
        let id = try script(text).playbook().parametersID
        let same = """
            # A comment.
            summary: other words
            playbook: test
            setups:
              - {side: "long", steps: [{one: "close  >  sma( close , n )"}]}   # another
            parameters: {n: {default: 5, help: bars, range: [1, 9]}}
            """
        #expect(try script(same).playbook().parametersID == id)
        #expect(try script(text).playbook(["n": "6"]).parametersID != id)
        #expect(try script(text.replacing("close > sma", with: "close < sma")).playbook().parametersID != id)
        #expect(try script(text.replacing("playbook: test", with: "playbook: tost")).playbook().parametersID != id)
        #expect(try script(text + "exit: 15:00\n").playbook().parametersID != id)
    }

    @Test("are kept as a text that is the same playbook", arguments: PlaybookTemplates.names + BuiltInPlaybooks.names)
    func canonical(name: String) throws {
        let text = try #require(BuiltInPlaybooks.text(name) ?? PlaybookTemplates.text(name, named: name))
        let whole = try script(text)
        let again = try script(whole.canonicalText)
        #expect(again.canonicalText == whole.canonicalText)
        #expect(try again.playbook().parametersID == whole.playbook().parametersID)
        var (plan, other) = (try whole.playbook().plan, try again.playbook().plan)
        // Their order does not count.
        plan.journal.sort { $0.column < $1.column }
        other.journal.sort { $0.column < $1.column }
        #expect(plan == other)
    }

    @Test("of more than they may hold are refused, and do not take long")
    func limits() {
        var values = "v0: close + open\n"
        for n in 1..<60 { values += "v\(n): v\(n - 1) + v\(n - 1)\n" }
        #expect(findings(playbookText(values: values)).contains { $0.contains("at most 2000") })
        let deep = String(repeating: "(", count: 3000) + "1" + String(repeating: ")", count: 3000)
        #expect(
            findings(playbookText(step: deep)) == [
                "5:12: an expression has at most 4000 characters: give parts of it names in values"
            ])
        let nots = String(repeating: "not ", count: 900) + "true"
        #expect(findings(playbookText(step: nots))[0].contains("levels deep"))
        #expect(
            findings(playbookText(setup: "stop: low\nexits:\n  - x: ema(ema(close - entry, 500), 500) > 1"))[0]
                .contains(
                    "looks back too far"))
    }
}

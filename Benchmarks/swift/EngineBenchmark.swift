import PlaybookCore
import PlaybookScript
import PlaybookYardsticks

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What `Benchmarks/run.py` asks of the engine; the README beside it describes commands and formats.
///
///     engine-benchmark generate --symbol QQQ --years 10 --csv FILE --columns FILE
///     engine-benchmark engine --symbol QQQ,SPY --years 10 [--strategy opening-range] [--from file]
///     engine-benchmark compile --symbol QQQ --years 1 --strategy dp20
///     engine-benchmark sweep --symbol QQQ --years 2 [--grid entries|own]
///     engine-benchmark overfitting|monte-carlo … (`ResearchBenchmark`)
@main
struct EngineBenchmark {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch arguments.first {
        case "overfitting":
            guard let path = value("--matrix", arguments), let sets = count("--sets", arguments),
                let sessions = count("--sessions", arguments)
            else { fail("overfitting needs --matrix FILE, --sets N and --sessions N") }
            return try await ResearchBenchmark.overfitting(path, sets: sets, sessions: sessions)
        case "monte-carlo":
            guard let path = value("--series", arguments), let runs = count("--runs", arguments) else {
                fail("monte-carlo needs --series FILE and --runs N")
            }
            return try await ResearchBenchmark.monteCarlo(path, runs: runs)
        default: break
        }
        guard let command = arguments.first, let symbols = value("--symbol", arguments),
            let years = value("--years", arguments).flatMap({ Int($0) }), (1...27).contains(years)
        else {
            fail(
                "usage: engine-benchmark generate|engine|sweep|compile --symbol QQQ[,SPY…] --years 1…27 "
                    + "[--strategy NAME] [--from file] [--grid entries|own] [--csv FILE --columns FILE]")
        }
        let data = symbols.split(separator: ",").map { name in
            guard let symbol = Symbol(name) else { fail("'\(name)' is not a symbol") }
            return symbol
        }
        let name = value("--strategy", arguments) ?? "dp20"
        if command == "compile" { return try measureCompiling(name) }
        var playbook = try StrategyCatalog.playbook(name)
        if value("--from", arguments) == "file" {
            guard let script = BuiltInPlaybooks.script(name) else { fail("'\(name)' is not a file") }
            playbook = try script.playbook()
        }
        var histories: [BarHistory] = []
        for symbol in data {
            let source = try await MemorySource(symbol: symbol, years: years)
            let request = HistoryRequest(symbol: symbol, sessions: source.sessions, playbooks: [playbook])
            histories.append(try await HistoryLoader(source: source).load(request))
        }
        switch command {
        case "generate":
            guard let csv = value("--csv", arguments), let columns = value("--columns", arguments),
                let history = histories.first
            else { fail("generate needs --csv FILE and --columns FILE") }
            try write(csvText(history), to: csv)
            try write(columnsDump(history), to: columns)
        case "engine":
            measure(histories, playbook)
        case "sweep":
            guard let history = histories.first else { fail("a sweep needs a symbol") }
            let sets =
                switch value("--grid", arguments) {
                case "entries": try entrySets()
                case "own": try ownSets()
                default: try parameterSets()
                }
            measureSweep(history, sets)
        default:
            fail("no command '\(command)': there are generate, engine, sweep and compile")
        }
    }

    /// Runs the playbook over the histories until warm, then again and again, and prints the line that every engine
    /// prints.
    private static func measure(_ histories: [BarHistory], _ playbook: Playbook) {
        let bars = histories.reduce(0) { $0 + $1.bars.count }
        let backtests = histories.map(Backtest.init)
        let clock = ContinuousClock()
        var trades = 0
        var sumR = 0.0
        let times = (0..<230).map { _ in
            trades = 0
            sumR = 0
            return clock.measure {
                for backtest in backtests {
                    backtest.run([playbook]) { _, _, session in
                        for trade in session {
                            trades += 1
                            sumR += trade.rMultiple ?? 0
                        }
                    }
                }
            } / .nanoseconds(1)
        }
        let sorted = times.dropFirst(30).sorted()
        let median = sorted[sorted.count / 2] / Double(bars)
        print(
            #"{"engine":"swift","bars":\#(bars),"ns_per_bar_median":\#(median),"#
                + #""ns_per_bar_min":\#(sorted[0] / Double(bars)),"trades":\#(trades),"sum_r":\#(sumR)}"#)
    }

    /// Reads, checks and compiles a built-in playbook's file until warm and then again and again, and prints how long each
    /// time took, in microseconds.
    private static func measureCompiling(_ name: String) throws {
        guard let text = BuiltInPlaybooks.text(name) else { fail("'\(name)' is not a file") }
        // Under another name it is a file like any other.
        let bytes = Array(text.replacing("playbook: \(name)", with: "playbook: measured").utf8)
        let clock = ContinuousClock()
        var setups = 0
        let times = try (0..<600).map { _ in
            try clock.measure { setups += try Script(bytes).playbook().plan.setups.count } / .microseconds(1)
        }
        let sorted = times.dropFirst(100).sorted()
        print(
            #"{"engine":"compile","bytes":\#(bytes.count),"us_median":\#(sorted[sorted.count / 2]),"us_min":\#(sorted[0]),"#
                + #""setups":\#(setups / 600)}"#)
    }

    /// Sweeps over a thousand sets of parameters on one core, until warm and then again and again, and prints a line like
    /// that of an engine, by set and session. Where `count_mallocs` is loaded it says how often memory was asked for.
    private static func measureSweep(_ history: BarHistory, _ sets: [Playbook]) {
        let backtest = Backtest(history: history)
        let counter = dlsym(nil, "mallocs_counted")?.assumingMemoryBound(to: UInt.self)
        let clock = ContinuousClock()
        var (trades, sumR, mallocs) = (0, 0.0, UInt(0))
        let times = (0..<22).map { _ in
            (trades, sumR) = (0, 0)
            let before = counter?.pointee ?? 0
            let time = clock.measure {
                backtest.sweep(sets) { _, _, trade in
                    trades += 1
                    sumR += trade.rMultiple ?? 0
                }
            }
            mallocs = (counter?.pointee ?? 0) - before
            return time / .nanoseconds(1)
        }
        let sessions = history.requested.count
        let sorted = times.dropFirst(2).sorted().map { $0 / Double(sets.count * sessions) }
        print(
            #"{"engine":"sweep","sets":\#(sets.count),"sessions":\#(sessions),"#
                + #""ns_per_session_median":\#(sorted[sorted.count / 2]),"ns_per_session_min":\#(sorted[0]),"#
                + #""trades":\#(trades),"sum_r":\#(sumR),"mallocs":\#(counter == nil ? "null" : "\(mallocs)")}"#)
    }

    /// A thousand sets of dp20's parameters: a grid of four of them.
    private static func parameterSets() throws -> [Playbook] {
        var sets: [Playbook] = []
        for average in [10, 15, 20, 25, 30] {
            for range in [10, 14] {
                for strength in 0..<10 {
                    for stop in 0..<10 {
                        sets.append(
                            try StrategyCatalog.playbook(
                                "dp20",
                                overrides: [
                                    "ema-period": "\(average)", "atr-period": "\(range)",
                                    "reversal-strength": "\(Double(40 + 4 * strength) / 100)",
                                    "stop-atr": "\(Double(5 + 2 * stop) / 10)",
                                ]))
                    }
                }
            }
        }
        return sets
    }

    /// A thousand sets of which no two enter alike.
    private static func entrySets() throws -> [Playbook] {
        try (0..<1000).map { place in
            let strength = Double(30 + place / 20) / 100
            let overrides = ["ema-period": "\(10 + place % 20)", "reversal-strength": "\(strength)"]
            return try StrategyCatalog.playbook("dp20", overrides: overrides)
        }
    }

    /// A thousand sets that have nothing in common but the range: each has an entry and a stop of its own.
    private static func ownSets() throws -> [Playbook] {
        try (0..<1000).map { place in
            let overrides = [
                "ema-period": "\(10 + place % 20)", "reversal-strength": "\(Double(30 + place / 20) / 100)",
                "stop-atr": "\(Double(500 + 2 * place) / 1000)",
            ]
            return try StrategyCatalog.playbook("dp20", overrides: overrides)
        }
    }

    private static func count(_ flag: String, _ arguments: [String]) -> Int? {
        value(flag, arguments).flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    }

    private static func value(_ flag: String, _ arguments: [String]) -> String? {
        guard let index = arguments.firstIndex(of: flag), index + 1 < arguments.count else { return nil }
        return arguments[index + 1]
    }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        guard let file = fopen(path, "wb") else { fail("cannot create \(path)") }
        let written = fwrite(bytes, 1, bytes.count, file)
        guard fclose(file) == 0, written == bytes.count else { fail("cannot write \(path)") }
    }

    private static func fail(_ message: String) -> Never {
        let line = Array("engine-benchmark: \(message)\n".utf8)
        _ = Glibc.write(STDERR_FILENO, line, line.count)
        exit(1)
    }
}

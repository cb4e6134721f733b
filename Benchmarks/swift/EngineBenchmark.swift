import PlaybookCore

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
///     engine-benchmark engine --symbol QQQ,SPY --years 10
@main
struct EngineBenchmark {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard let command = arguments.first, let symbols = value("--symbol", arguments),
            let years = value("--years", arguments).flatMap({ Int($0) }), (1...27).contains(years)
        else {
            fail("usage: engine-benchmark generate|engine --symbol QQQ[,SPY…] --years 1…27 [--csv FILE --columns FILE]")
        }
        let data = symbols.split(separator: ",").map { name in
            guard let symbol = Symbol(name) else { fail("'\(name)' is not a symbol") }
            return symbol
        }
        let playbook = try StrategyCatalog.playbook("dp20")
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
        default:
            fail("no command '\(command)': there are generate and engine")
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

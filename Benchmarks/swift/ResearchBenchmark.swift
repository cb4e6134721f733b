import PlaybookResearch

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What `Benchmarks/run.py` asks of research: figures over columns held in memory.
///
///     engine-benchmark overfitting --matrix FILE --sets 1000 --sessions 2500
///     engine-benchmark monte-carlo --series FILE --runs 10000
struct ResearchBenchmark {
    private static let cores = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))

    /// Measures the probability of overfitting of the daily results in a file, single precision, set by set.
    static func overfitting(_ path: String, sets: Int, sessions: Int) async throws {
        let values = try numbers(path, Float.self)
        guard values.count == sets * sessions else { throw Problem("\(path) has not \(sets) x \(sessions) numbers") }
        var matrix = DailyMatrix(sessions: sessions)
        for set in 0..<sets { matrix.add(values[set * sessions..<(set + 1) * sessions].map(Double.init)) }
        let found = matrix
        let (times, figure) = await measured(20) { await OverfittingProbability.of(found, cores: cores) }
        print(
            #"{"engine":"swift","ms_median":\#(times.median),"ms_min":\#(times.least),"value":\#(figure.value ?? -1)}"#)
    }

    /// Measures the runs drawn from the sessions in a file: net P&L as doubles, NaN where there was no trade.
    static func monteCarlo(_ path: String, runs: Int) async throws {
        let series = try numbers(path, Double.self).map {
            $0.isNaN ? [] : [MonteCarlo.Trade(result: $0, fills: [])]
        }
        let drawer = MonteCarlo(sessions: series, capital: 100_000)
        let (times, result) = await measured(10) {
            await drawer.run(.bootstrap(block: nil), runs: runs, seed: 1, cores: cores)
        }
        let values = [result.final, result.drawdown, result.drawdownPercent, result.streak]
        print(
            #"{"engine":"swift","ms_median":\#(times.median),"ms_min":\#(times.least),"values":\#(values)}"#)
    }

    /// A file that does not hold what it should.
    struct Problem: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }

    /// How long `body` takes, in milliseconds, after a first time that does not count; and what it gave last.
    private static func measured<Result>(
        _ repetitions: Int, _ body: () async -> Result
    ) async -> (times: (median: Double, least: Double), result: Result) {
        let clock = ContinuousClock()
        var result = await body()
        var times: [Double] = []
        for _ in 0..<repetitions {
            let start = clock.now
            result = await body()
            times.append((clock.now - start) / .milliseconds(1))
        }
        times.sort()
        return ((times[repetitions / 2], times[0]), result)
    }

    /// The numbers of a file, as they lie in memory.
    private static func numbers<Number: BitwiseCopyable & ExpressibleByIntegerLiteral>(
        _ path: String, _: Number.Type
    ) throws -> [Number] {
        guard let file = fopen(path, "rb") else { throw Problem("cannot read \(path)") }
        defer { fclose(file) }
        fseek(file, 0, SEEK_END)
        let count = ftell(file) / MemoryLayout<Number>.stride
        rewind(file)
        var numbers = [Number](repeating: 0, count: count)
        guard fread(&numbers, MemoryLayout<Number>.stride, count, file) == count else {
            throw Problem("cannot read \(path)")
        }
        return numbers
    }
}

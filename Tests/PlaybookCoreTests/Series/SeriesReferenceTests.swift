import FoundationEssentials
import Testing

@testable import PlaybookCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Every function against the reference of playbook files, which was written from the contract alone.
@Suite struct SeriesReferenceTests {
    static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(
        separator: "/")
    static let hasPython = FileManager.default.isExecutableFile(atPath: "\(root)/.venv/bin/python")

    @Test(
        .enabled(if: hasPython, "needs .venv: run .ci/install test"),
        arguments: [
            (seed: UInt64(3), missing: 0.0, splits: ["2024-11-27": 4.0]),
            (4, 0.08, ["2024-12-02": 0.1, "2024-12-20": 3]),
        ])
    func `each function agrees with the reference`(
        seed: UInt64, missing: Double, splits: [String: Double]
    ) async throws {
        var market = try RandomMarket(seed: seed, from: "2024-11-11", sessions: 32, missing: missing)
        market.splits = try splits.map { Split(date: try .of($0.key), ratio: $0.value) }.sorted { $0.date < $1.date }
        let source = market.makeWithDailyRanges()
        let history = try await source.history(on: "2024-11-11", through: "2024-12-26", dailyLookBack: 260)
        let dates = ["2024-11-12", "2024-11-29", "2024-12-02", "2024-12-03", "2024-12-20", "2024-12-26"]
        let lines = try Self.reference(source, dates)
        var graph = SeriesGraph()
        let numbers = SeriesSamples.numbers.map { graph.number($0.series) }
        let truths = SeriesSamples.conditions.map { graph.truth($0.condition) }
        ColumnBank.with(graph, over: history) { bank in
            var line = 0
            var wrong: [String: Int] = [:]
            for index in history.slices.indices where dates.contains(history.slices[index].session.date.description) {
                bank.open(index)
                for bar in 0..<bank.count {
                    guard line < lines.count else { return }
                    let values = lines[line]
                    line += 1
                    let time = Double(history.bars.times[history.slices[index].bars.lowerBound + bar])
                    #expect(values[0] == time)
                    let mine =
                        numbers.map { bank.number($0, bar) }
                        + truths.map { bank.truth($0, bar).map { $0 ? 1 : 0 } ?? .nan }
                    for (place, value) in mine.enumerated() where !agree(value, values[place + 1]) {
                        let text = Self.texts[place]
                        wrong[text, default: 0] += 1
                        if wrong[text] == 1 {
                            Issue.record(
                                "\(text) at bar \(bar) of \(history.slices[index].session.date): \(value), reference \(values[place + 1])"
                            )
                        }
                    }
                }
            }
            #expect(line == lines.count && line > 900)
        }
    }

    static var texts: [String] { SeriesSamples.numbers.map(\.text) + SeriesSamples.conditions.map(\.text) }

    /// The reference's values, a line a bar: seconds since the epoch, then each sample; NaN for unknown.
    private static func reference(_ market: MemoryMarket, _ dates: [String]) throws -> [[Double]] {
        let folder =
            FileManager.default.temporaryDirectory.path + "/series-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        func write(_ name: String, _ lines: [String]) throws {
            try (lines.joined(separator: "\n") + "\n").write(
                toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
        }
        func line(_ stamp: String, _ bar: Bar) -> String {
            "\(stamp),\(bar.open),\(bar.high),\(bar.low),\(bar.close),\(bar.volume)"
        }
        let header = ["timestamp,open,high,low,close,volume"]
        try write(
            "TEST_2Min.csv",
            header
                + (0..<market.bars.count).map {
                    line(Instant(secondsSinceEpoch: market.bars.times[$0]).description, market.bars[$0])
                })
        let daily = try #require(market.daily)
        try write("TEST_1Day.csv", header + daily.dates.indices.map { line("\(daily.dates[$0])", daily.bars[$0]) })
        try write("TEST_splits.csv", ["date,ratio"] + market.listedSplits.map { "\($0.date),\($0.ratio)" })
        try write(
            "features.yaml",
            ["features: samples", "timeframe: 2Min", "values:"]
                + texts.enumerated().map { "  sample-\($0.offset): \"\($0.element)\"" })
        let command =
            "cd '\(root)/Tests/Reference' && '\(root)/.venv/bin/python' -m playbooks.print_features '\(folder)' TEST "
            + "'\(folder)/features.yaml' \(dates.joined(separator: " "))"
        let pipe = try #require(popen(command, "r"))
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&buffer, 1, buffer.count, pipe)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        try #require(pclose(pipe) == 0, "the reference ran")
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { line in
            line.split(separator: " ").map { $0 == "-" ? .nan : Double($0) ?? .infinity }
        }
    }
}

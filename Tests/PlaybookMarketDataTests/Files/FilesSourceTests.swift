import PlaybookTestSupport
import PlaybookCore
import Testing

@testable import PlaybookMarketData

@Suite("A folder of bar files")
struct FilesSourceTests {
    private let folder: TemporaryFolder
    private static let day = "2024-11-04"

    init() throws { folder = try TemporaryFolder() }

    private func file(price: Int, stamps: [String]) -> String {
        stamps.reduce(into: BarText.header + "\n") { $0 += "\($1),\(price),\(price),\(price),\(price),1\n" }
    }

    private func bars(
        _ symbol: String = "QQQ", timeframe: Timeframe = .minutes(2), from first: String = day,
        through last: String = day, defects: DefectLog? = nil
    ) async throws -> IntradayBars {
        try await FilesSource(directory: folder.path, defects: defects).intradayBars(
            of: .of(symbol), timeframe: timeframe, from: .of(first), through: .of(last))
    }

    @Test("is read from the file of the timeframe asked for before that of minutes")
    func choice() async throws {
        let stamps = ["2024-11-04T14:30:00Z", "2024-11-04T14:32:00Z"]
        try folder.write("QQQ_1Min.csv", file(price: 1, stamps: stamps))
        let minutes = try await bars()
        #expect(minutes.timeframe == .minutes(1))
        #expect(minutes.bars.close == [1, 1])
        try folder.write("QQQ_2Min.csv", file(price: 2, stamps: stamps))
        let exact = try await bars()
        #expect(exact.timeframe == .minutes(2))
        #expect(exact.bars.close == [2, 2])
        #expect(try await bars(timeframe: .minutes(1)).timeframe == .minutes(1))
        #expect(try await bars(timeframe: .minutes(5)).timeframe == .minutes(1))
    }

    @Test("that does not exist is named, with the files it should hold")
    func missingFolder() async throws {
        let source = FilesSource(directory: "\(folder.path)/none")
        let error = await playbookError {
            try await source.intradayBars(
                of: .of("QQQ"), timeframe: .minutes(2), from: .of(Self.day), through: .of(Self.day))
        }
        #expect(
            error
                == PlaybookError(
                    .sourceUnavailable, "the data folder \(folder.path)/none does not exist",
                    nextStep: "Name a folder that holds QQQ_1Min.csv or QQQ_2Min.csv with \(.set(.folderOfFiles))."))
    }

    @Test("without a symbol's file names the files that it lacks")
    func missingSymbol() async throws {
        try folder.write("SPY_2Min.csv", file(price: 1, stamps: ["2024-11-04T14:30:00Z"]))
        let error = await playbookError { try await bars("QQQ") }
        #expect(
            error
                == PlaybookError(
                    .sourceUnavailable,
                    "no intraday bars of QQQ in \(folder.path): there is no QQQ_1Min.csv or QQQ_2Min.csv, "
                        + "nor .parquet; it holds SPY_2Min.csv",
                    nextStep: "Add the file, or name another folder with \(.set(.folderOfFiles))."))
    }

    @Test("with a file that holds no bars has none", arguments: ["", "\n\n"])
    func noBars(end: String) async throws {
        try folder.write("QQQ_2Min.csv", BarText.header + end)
        let error = await playbookError { try await bars() }
        #expect(error?.code == .sourceUnavailable)
        #expect(error?.message == "\(folder.path)/QQQ_2Min.csv holds no bars")
    }

    @Test("covers the New York dates from the file's first bar to its last, whatever is asked for")
    func coverage() async throws {
        // 01:00 in New York on the 2nd, 23:58 on the 7th: UTC dates are others.
        try folder.write("QQQ_2Min.csv", file(price: 1, stamps: ["2024-11-02T05:00:00Z", "2024-11-08T04:58:00Z"]))
        let expected = try CivilDate.of("2024-11-02")...CivilDate.of("2024-11-07")
        let between = try await bars(from: "2024-11-04", through: "2024-11-06")
        #expect(between.bars.count == 0)
        #expect(between.coverage == expected)
        let outside = try await bars(from: "2023-01-03", through: "2023-01-04")
        #expect(outside.bars.count == 0)
        #expect(outside.coverage == expected)
    }

    @Test("hands out bars from New York midnight to New York midnight")
    func midnight() async throws {
        let stamps = [
            "2024-11-03T03:58:00Z", "2024-11-03T04:00:00Z", "2024-11-04T04:58:00Z", "2024-11-04T05:00:00Z",
            "2024-11-05T04:58:00Z", "2024-11-05T05:00:00Z",
        ]
        try folder.write("QQQ_2Min.csv", file(price: 1, stamps: stamps))
        // On 2024-11-03 clocks go back: a day of 25 hours.
        let sunday = try await bars(from: "2024-11-03", through: "2024-11-03").bars.times.map(BarColumns.zulu)
        #expect(sunday == Array(stamps[1...2]))
        let monday = try await bars(from: "2024-11-04", through: "2024-11-04").bars.times.map(BarColumns.zulu)
        #expect(monday == Array(stamps[3...4]))
    }

    @Test("with a defect log collects every wrong line and keeps the others")
    func defectLog() async throws {
        let path = try folder.write(
            "QQQ_2Min.csv",
            """
            timestamp,open,high,low,close,volume
            2024-11-04T14:30:00Z,100,102,99,101,1
            2024-11-04T14:32:00Z,100,99,102,101,1
            nonsense
            2024-11-04T14:34:00Z,100,102,99,101,1
            2024-11-04T14:34:00Z,100,102,99,101,1
            2024-11-04T14:36:00,100,102,99,101,1
            2024-11-04T14:38:00Z,100,102,99,101,1
            """)
        try folder.write("QQQ_1Day.csv", "date,open,high,low,close\n2024-11-01,1,1,1,1\n2024-11-04,1,1,1,x\n")
        let log = DefectLog()
        let found = try await bars(defects: log)
        #expect(found.bars.times.map(BarColumns.zulu).map { $0.suffix(9) } == ["14:30:00Z", "14:34:00Z", "14:38:00Z"])
        #expect(log.all.map { $0.message.dropFirst(path.count).prefix(3) } == [":3:", ":4:", ":6:", ":7:"])
        #expect(log.all.allSatisfy { $0.code == .badData })
        let source = FilesSource(directory: folder.path, defects: log)
        let daily = try await source.dailyBars(of: .of("QQQ"), from: .of("2024-11-01"), through: .of("2024-11-04"))
        #expect(daily?.dates == [try .of("2024-11-01")])
        #expect(log.all.last?.message == "\(folder.path)/QQQ_1Day.csv:3: close is 'x', not a number")
        let strict = await playbookError { try await bars() }
        #expect(strict == log.all.first)
    }

    @Test("reads what other programs wrote: extended hours, four decimals, no daily file")
    func ordinaryFile() async throws {
        try folder.write(
            "SPY_1Min.csv",
            """
            timestamp,open,high,low,close,volume
            2013-10-04T08:06:00Z,167.6500,167.6500,167.6500,167.6500,20000
            2013-10-04T13:30:00Z,167.8000,167.8400,167.7700,167.8100,1184020
            2013-10-04T20:15:00Z,168.9000,168.9300,168.8900,168.9100,2300
            """)
        let found = try await bars("SPY", from: "2013-10-04", through: "2013-10-04")
        #expect(found.bars.high == [167.65, 167.84, 168.93])
        #expect(found.bars.volume == [20_000, 1_184_020, 2_300])
    }
}

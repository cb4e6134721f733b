import PlaybookTestSupport
import Foundation
import PlaybookCore
import PlaybookMarketData
import PlaybookParquet
import Testing

@Suite("Bars in Parquet files")
struct ParquetFileTests {
    let folder: TemporaryFolder
    static let day = "2024-11-04"

    init() throws { folder = try TemporaryFolder() }

    static let bars = BarColumns(
        (0..<3).map { (bar: Int64) -> Bar in .quiet(1_730_730_600 + bar * 120, 100 + Double(bar), volume: 10) })

    /// Columns of the bars under `names`: time, open, high, low, close and volume.
    static func columns(
        _ names: [String] = ["timestamp", "open", "high", "low", "close", "volume"],
        time: ParquetWriter.Column.Values = .timestamps(bars.times.map { $0 * 1_000_000 }), bars: BarColumns = bars
    ) -> [ParquetWriter.Column] {
        let values: [ParquetWriter.Column.Values] = [
            time, .doubles(bars.open), .doubles(bars.high), .doubles(bars.low), .doubles(bars.close),
            .doubles(bars.volume),
        ]
        return zip(names, values).map { ParquetWriter.Column($0, $1) }
    }

    func write(_ columns: [ParquetWriter.Column], as name: String = "QQQ_2Min.parquet") throws {
        try folder.write(name, ParquetWriter().encode(columns))
    }

    func read(zone: TimestampZone? = nil, defects: DefectLog? = nil) async throws -> IntradayBars {
        let date = try CivilDate.of(Self.day)
        return try await FilesSource(directory: folder.path, options: FileOptions(zone: zone), defects: defects)
            .intradayBars(of: .of("QQQ"), timeframe: .minutes(2), from: date, through: date)
    }

    func message(zone: TimestampZone? = nil) async -> String? {
        let error = await playbookError { try await read(zone: zone) }
        #expect(error?.code == .badData)
        return error?.message.replacingOccurrences(of: folder.path, with: "")
    }

    @Test(
        "are found by the usual names, in any order and case",
        arguments: [
            ["timestamp", "open", "high", "low", "close", "volume"], ["t", "o", "h", "l", "c", "v"],
            ["Date_Time", "OPEN", "High", "LOW", "Close", "Vol"],
            ["__index_level_0__", "Open", "High", "Low", "Close", "Volume"],
            ["datetime", "open_price", "max", "min", "last", "vol"], ["time", "open", "high", "low", "close"],
        ])
    func names(names: [String]) async throws {
        let other = ParquetWriter.Column("vwap", .doubles([1, 2, 3]))
        try write((Self.columns(names) + [other]).reversed())
        let found = try await read()
        #expect(found.bars.times == Self.bars.times)
        #expect(found.bars.close == Self.bars.close)
        #expect(found.bars.low == Self.bars.low)
        if names.count == 6 {
            #expect(found.bars.volume == [10, 10, 10])
        } else {
            #expect(found.bars.volume.count(where: \.isNaN) == 3)
        }
        #expect(found.timeframe == .minutes(2))
        #expect(found.coverage.map { "\($0)" } == "2024-11-04...2024-11-04")
    }

    @Test("need a column for each price and the time, and no two for one")
    func missingColumns() async throws {
        try write(Self.columns(["timestamp", "open", "high", "low", "settle", "volume"]))
        #expect(
            await message() == "/QQQ_2Min.parquet: no column for close: the header is "
                + "'timestamp,open,high,low,settle,volume'; understood are close, c, close_price, closing_price, "
                + "closeprice, close_last")
        try write(Self.columns() + [.init("Close", .doubles([1, 2, 3]))])
        #expect(await message() == "/QQQ_2Min.parquet: two columns for close: 'Close' is the second")
        try write(Self.columns(time: .doubles([1, 2, 3])))
        #expect(await message()?.hasPrefix("/QQQ_2Min.parquet: row 1: timestamp '1' is neither") == true)
        try write(Self.columns(time: .dates([20_031, 20_032, 20_033])))
        #expect(await message() == "/QQQ_2Min.parquet: row 1: timestamp '2024-11-04' has no time of day")
    }

    @Test("may have times as text or as whole numbers, as a CSV file would")
    func otherTimes() async throws {
        for times in [
            ["2024-11-04T14:30:00Z", "2024-11-04 09:32:00-05:00", "2024-11-04T14:34Z"],
            ["1730730600", "1730730720", "1730730840"],
        ] {
            try write(Self.columns(time: .strings(times)))
            #expect(try await read().bars == Self.bars)
        }
        for scale: Int64 in [1, 1_000] {
            try write(Self.columns(time: .integers(Self.bars.times.map { $0 * scale })))
            #expect(try await read().bars == Self.bars)
        }
        try write(Self.columns(time: .strings(["2024-11-04 09:30", "2024-11-04 09:32:00", "2024-11-04T09:34:00"])))
        #expect(try await read(zone: .eastern).bars == Self.bars)
        #expect(
            await message() == "/QQQ_2Min.parquet: row 1: timestamp '2024-11-04 09:30' has no UTC offset: say with "
                + "<timezoneOfFiles> how to read it, for instance <timezoneOfFiles=America/New_York>")
        try write(Self.columns(time: .strings(["2024-11-04T14:30:00Z", "later", "2024-11-04T14:34:00Z"])))
        #expect(
            await message() == "/QQQ_2Min.parquet: row 2: timestamp 'later' is neither ISO 8601 "
                + "(2013-10-04T13:30:00Z) nor an epoch nor another form that is read")
        try write(Self.columns(time: .integers([5, 6, 7])))
        #expect(
            await message() == "/QQQ_2Min.parquet: row 1: timestamp '5' is neither ISO 8601 "
                + "(2013-10-04T13:30:00Z) nor an epoch nor another form that is read")
    }

    @Test("that are wrong are named by row, or noted and left out")
    func defects() async throws {
        var bars = Self.bars
        bars.low[1] = 500
        try write(Self.columns(bars: bars))
        #expect(await message() == "/QQQ_2Min.parquet: row 2: high 101.125 is below low 500.0")
        let log = DefectLog()
        #expect(try await read(defects: log).bars.all == [Self.bars[0], Self.bars[2]])
        #expect(log.all.map(\.message) == ["\(folder.path)/QQQ_2Min.parquet: row 2: high 101.125 is below low 500.0"])
        bars = Self.bars
        bars.times[2] = bars.times[0]
        try write(Self.columns(time: .timestamps(bars.times.map { $0 * 1_000_000 })))
        #expect(await message()?.hasPrefix("/QQQ_2Min.parquet: row 3: ") == true)
    }

    @Test("beside a CSV file of the same bars are one too many")
    func both() async throws {
        try write(Self.columns())
        try folder.write("QQQ_2Min.csv", Self.bars.csv())
        let error = await playbookError { try await read() }
        #expect(error?.code == .badData)
        #expect(error?.message == "\(folder.path)/QQQ_2Min.csv and \(folder.path)/QQQ_2Min.parquet are both there")
        #expect(error?.nextStep == "Keep one of them in the folder.")
    }

    @Test("in a damaged file give an error with its path")
    func damaged() async throws {
        let whole = ParquetWriter().encode(Self.columns())
        for bytes in [[], Array("PAR1".utf8), Array(whole.dropLast(9)), Array(whole.prefix(40)), Array("a,b\n".utf8)] {
            try folder.write("QQQ_2Min.parquet", bytes)
            #expect(await message()?.hasPrefix("/QQQ_2Min.parquet: ") == true)
        }
        // Wherever a bit is wrong: an error with the path, or bars; never a crash.
        for place in stride(from: 0, to: whole.count, by: 7) {
            var flipped = whole
            flipped[place] ^= 1
            try folder.write("QQQ_2Min.parquet", flipped)
            do { _ = try await read() } catch let error as PlaybookError {
                #expect(error.message.contains("/QQQ_2Min.parquet"), "byte \(place): \(error)")
            }
        }
    }

    @Test("of days may be stamped with dates, New York midnight or UTC midnight")
    func daily() async throws {
        let dates = try ["2024-11-01", "2024-11-04", "2024-11-05"].map { try CivilDate.of($0) }
        let midnight = TimeOfDay(minutes: 0)
        for time: ParquetWriter.Column.Values in [
            .dates(dates.map(\.daysSinceEpoch)), .timestamps(dates.map { Int64($0.daysSinceEpoch) * 86_400_000_000 }),
            .timestamps(dates.map { NewYorkTime.instant($0, midnight).secondsSinceEpoch * 1_000_000 }),
            .strings(dates.map(\.description)),
        ] {
            try write(Self.columns(time: time), as: "QQQ_1Day.parquet")
            let daily = try #require(
                try await FilesSource(directory: folder.path).dailyBars(
                    of: .of("QQQ"), from: dates[0], through: dates[2]))
            #expect(daily.dates == dates)
            #expect(daily.bars.close == Self.bars.close)
        }
    }

    @Test("as pandas writes them, indexed by times without a zone, need one")
    func index() async throws {
        try folder.write("QQQ_2Min.parquet", Self.fixture("bars-index"))
        let found = try await read(zone: .eastern)
        #expect(found.bars.times == Self.bars.times)
        #expect(found.bars.close == [100.5, 101.5, 102.5])
        #expect(try await read(zone: .fixed(-5 * 3_600)).bars.times == Self.bars.times)
        #expect(await message()?.contains(" has no UTC offset: say with ") == true)
    }

    @Test("may have the date and the time of day in two columns")
    func clock() async throws {
        try folder.write("QQQ_2Min.parquet", Self.fixture("bars-clock"))
        let found = try await read(zone: .eastern)
        #expect(found.bars.times == Self.bars.times)
        #expect(found.bars.close == [100.5, 101.5, 102.5])
        #expect(await message()?.contains("timestamp '2024-11-04 09:30:00' has no UTC offset: say with ") == true)

        try folder.write("QQQ_2Min.parquet", Self.fixture("bars-clock-null"))
        let log = DefectLog()
        #expect(try await read(zone: .eastern, defects: log).bars.times == [Self.bars.times[0]])
        #expect(log.all.map(\.message).contains { $0.contains("row 2: timestamp 'null'") })
        #expect(log.all.map(\.message).contains { $0.contains("row 3: timestamp 'null'") })
    }

    @Test("may have epochs as floating-point numbers of 64 bits, not of 32")
    func floatingPointTimes() async throws {
        var times = Self.bars.times.map(Double.init)
        try write(Self.columns(time: .doubles(times)))
        #expect(try await read().bars == Self.bars)
        times[1] += 0.999
        try write(Self.columns(time: .doubles(times)))
        #expect(try await read().bars == Self.bars)
        times[1] = .nan
        try write(Self.columns(time: .doubles(times)))
        #expect(await message()?.hasPrefix("/QQQ_2Min.parquet: row 2: timestamp 'null'") == true)
        times[1] = 1e300
        try write(Self.columns(time: .doubles(times)))
        #expect(await message()?.hasPrefix("/QQQ_2Min.parquet: row 2: timestamp '1e+300'") == true)
        try folder.write("QQQ_2Min.parquet", Self.fixture("bars-float32"))
        #expect(
            await message() == "/QQQ_2Min.parquet: column 'time' holds numbers of 32 bits, which are too coarse for "
                + "times: write them with 64 bits (float64 in pandas)")
    }

    @Test("with nulls are named by row, or noted and left out")
    func nulls() async throws {
        try folder.write("QQQ_2Min.parquet", Self.fixture("bars-null"))
        #expect(await message() == "/QQQ_2Min.parquet: row 2: close is missing")
        let log = DefectLog()
        #expect(try await read(defects: log).bars.times == [Self.bars.times[0]])
        #expect(
            log.all.map { $0.message.dropFirst("\(folder.path)/QQQ_2Min.parquet: ".count).prefix(23) }
                == ["row 2: close is missing", "row 3: timestamp 'null'"])
    }

    /// The bytes of a file that `Tests/Fixtures/parquet/make_bars.py` made.
    static func fixture(_ name: String) throws -> [UInt8] {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return Array(try Data(contentsOf: tests.appending(path: "Fixtures/parquet/\(name).parquet")))
    }
}

import Foundation
import PlaybookCore
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

@Suite("What is wrong with a whole file")
struct FileDoubtTests {
    private let folder: TemporaryFolder
    private static let header = "timestamp,open,high,low,close,volume"

    init() throws { folder = try TemporaryFolder() }

    private func read(
        _ text: String, _ options: FileOptions = FileOptions(), name: String = "QQQ_1Min.csv", minutes: Int = 2,
        symbol: String = "QQQ", defects: DefectLog? = nil, log: UnderstandingLog? = nil
    ) async throws -> IntradayBars {
        try folder.write(name, text)
        return try await FilesSource(directory: folder.path, options: options, defects: defects, log: log).intradayBars(
            of: .of(symbol), timeframe: .minutes(minutes), from: .of("2024-03-01"), through: .of("2024-12-31"))
    }

    /// What is said about the file, without its folder.
    private func problem(
        _ text: String, _ options: FileOptions = FileOptions(), name: String = "QQQ_1Min.csv", minutes: Int = 2,
        code: PlaybookError.Code = .badData, symbol: String = "QQQ"
    ) async -> (message: String, next: String) {
        let error = await playbookError {
            try await read(text, options, name: name, minutes: minutes, symbol: symbol)
        }
        #expect(error?.code == code)
        return (error?.message.replacing("\(folder.path)/", with: "") ?? "", error?.nextStep ?? "")
    }

    /// Lines of bars `step` seconds apart from 09:30 on 2024-03-08.
    private static func lines(_ count: Int, step: Int64 = 60, price: Double = 100, skip: Int64 = 0) -> [String] {
        (0..<Int64(count)).map { index in
            let time = Instant(secondsSinceEpoch: 1_709_908_200 + skip + index * step)
            let close = price + Double(index % 7) / 4
            return "\(time),\(price),\(price + 2),\(price - 1),\(close),\(index + 1)"
        }
    }

    private static func file(_ lines: [String]) -> String { ([header] + lines).joined(separator: "\n") + "\n" }

    @Test("several symbols without a column for them is said as that")
    func severalSymbols() async {
        let mixed = zip(Self.lines(50), Self.lines(50, price: 40)).flatMap { [$0, $1] }
        let found = await problem(Self.file(mixed))
        #expect(found.message.contains(":3: 2024-03-08T14:30:00Z comes again, as do 49 more times"))
        #expect(found.message.contains("several symbols"))
        #expect(found.next.contains("'symbol'"))
        // One after the other.
        let blocks = await problem(Self.file(Self.lines(50) + Self.lines(50, price: 40)))
        #expect(blocks.message.contains(":52: lines 52 to 101 hold other prices for times that are there already"))
        #expect(blocks.message.contains("another symbol"))
    }

    @Test("a repeated block is said as that, with its lines")
    func repeatedBlock() async {
        let lines = Self.lines(60)
        let found = await problem(Self.file(lines + lines[40...]))
        #expect(
            found.message
                == "QQQ_1Min.csv:62: lines 62 to 81 repeat 20 bars that are there already, the first 2024-03-08T15:10:00Z"
        )
        #expect(!found.next.contains("remove the line"))
    }

    @Test("parts in another order than that of time are said as that")
    func partsOutOfOrder() async {
        let found = await problem(Self.file(Self.lines(30, skip: 86_400) + Self.lines(30)))
        #expect(found.message.contains(":32: lines 32 to 61 go back to 2024-03-08T14:30:00Z"))
        #expect(found.next == "Sort the file by time.")
    }

    @Test("the newest bar first is turned round and said")
    func newestFirst() async throws {
        let lines = Self.lines(30)
        let log = UnderstandingLog()
        let found = try await read(Self.file(lines.reversed()), log: log)
        #expect(found.bars.times == found.bars.times.sorted())
        #expect(found.bars.count == 30)
        #expect(found.warnings == ["QQQ_1Min.csv: the newest bar comes first: the file was turned round"])
        #expect(log.all.map(\.isNewestFirst) == [true])
    }

    @Test("the hour that clocks repeat is read as two, and the hour that they skip is refused")
    func daylightSaving() async throws {
        func text(_ day: String, _ clocks: [String]) -> String {
            Self.file(clocks.map { "\(day) \($0),100,102,99,101,1" })
        }
        let autumn = ["00:58", "00:59", "01:00", "01:30", "01:59", "01:00", "01:30", "01:59", "02:00", "02:01"]
        let options = FileOptions(zone: .eastern)
        let found = try await read(text("2024-11-03", autumn), options)
        let starts = ["04:58", "04:59", "05:00", "05:30", "05:59", "06:00", "06:30", "06:59", "07:00", "07:01"]
        #expect(found.bars.times.map(BarColumns.zulu) == starts.map { "2024-11-03T\($0):00Z" })
        let turned = try await read(text("2024-11-03", autumn.reversed()), options)
        #expect(turned.bars.times == found.bars.times)
        let spring = await problem(text("2024-03-10", ["01:58", "01:59", "02:00", "02:01", "03:02"]), options)
        #expect(spring.message.contains(":4: clocks never show this time"))
        #expect(spring.next.contains("<set timezoneOfFiles>"))
    }

    @Test("a problem of every line is one, and its way out is not to remove lines")
    func oneProblem() async throws {
        let lines = Self.lines(500).map { $0.replacing("T", with: " ").replacing("Z,", with: ",") }
        let log = DefectLog()
        _ = await playbookError { try await read(Self.file(lines), defects: log) }
        #expect(log.all.count == 1)
        #expect(log.all[0].message.hasSuffix("(and 499 more lines like it)"))
        #expect(log.all[0].nextStep?.contains("emove") == false)
        let american = await problem(Self.file(lines.map { "03/08/2024 " + $0.dropFirst(11) }))
        #expect(american.message.contains("<dateOrder>"))
    }

    @Test(
        "no header line is refused, with the line to add",
        arguments: [
            ("03/08/2024,09:30,100,102,99,101,5", "date,time,open,high,low,close,volume"),
            ("20240308 093000;100;102;99;101;5", "timestamp;open;high;low;close;volume"),
            ("2024-03-08 09:30:00,100,102,99,101,5,7", "timestamp,open,high,low,close,volume,skip"),
            ("QQQ,20240308,093000,100,102,99,101,5", "symbol,date,time,open,high,low,close,volume"),
        ])
    func noHeader(line: String, header: String) async {
        let found = await problem("\(line)\n\(line)\n")
        #expect(found.message == "QQQ_1Min.csv:1: the file has no header line")
        #expect(found.next.contains("'\(header)'"))
        #expect(found.next.contains("<set columnsOfFiles>"))
    }

    @Test("of other symbols' rows it is said how many were left out, and a file without the symbol is refused")
    func symbolColumn() async throws {
        let lines = Self.lines(20).map { "METV,\($0)" } + Self.lines(10, skip: 7_200).map { "qqq,\($0)" }
        let text = "symbol,\(Self.header)\n" + lines.joined(separator: "\n")
        let found = try await read(text)
        #expect(found.bars.count == 10)
        #expect(
            found.warnings
                == ["QQQ_1Min.csv: 20 rows of other symbols were left out: it holds METV (20 rows), qqq (10 rows)"])
        let other = await problem(text, name: "META_1Min.csv", symbol: "META")
        #expect(other.message == "META_1Min.csv: no row of META; it holds METV (20 rows), qqq (10 rows)")
    }

    @Test("an open or close outside the range by a rounding is taken in, by more refused")
    func tolerance() async throws {
        let lines = Self.lines(3)
        let near = "2024-03-08T14:33:00Z,100,101,99,101.00000005,5"
        let found = try await read(Self.file(lines + [near]))
        #expect(found.bars.high[3] == 101.00000005)
        let far = await problem(Self.file(lines + ["2024-03-08T14:33:00Z,100,101,99,101.0000005,5"]))
        #expect(far.message.contains(":5: close 101.0000005 lies outside"))
    }

    @Test("an empty volume is not known, which is not 0; no volume and no move are said")
    func volumes() async throws {
        let lines = Self.lines(3) + ["2024-03-08T14:33:00Z,100,101,99,100,", "2024-03-08T14:34:00Z,100,100,100,100,0"]
        let found = try await read(Self.file(lines))
        #expect(found.bars.volume[3].isNaN)
        #expect(found.bars.volume[4] == 0)
        #expect(found.warnings[0] == "QQQ_1Min.csv: the volume of 1 bars is not known")
        #expect(found.warnings[1].contains("1 bars have no volume and no move, the first at 2024-03-08T09:34:00-05:00"))
    }

    @Test("of two volumes one is read, and that is said")
    func secondVolume() async throws {
        let lines = Self.lines(3).map { "\($0),77" }
        let found = try await read("\(Self.header),tick volume\n" + lines.joined(separator: "\n"))
        #expect(found.bars.volume == [1, 2, 3])
        #expect(found.warnings == ["QQQ_1Min.csv: column 'tick volume' is not read: volume is 'volume'"])
    }

    @Test("points and commas that can be read in two ways are refused")
    func ambiguousNumbers() async {
        let row = "2024-03-08T14:30:00Z,\"1,100\",\"1,102\",\"1,099\",\"1,101\",5"
        let found = await problem(Self.file([row]))
        #expect(found.message.contains("two ways"))
        let mixed = await problem("time;open;high;low;close\n2024-03-08T14:30:00Z;1,10;1.12;1,09;1,11\n")
        #expect(mixed.message.contains("two ways"))
    }

    @Test("fixed-point prices are refused or doubted, with the setting")
    func fixedPoint() async throws {
        let dear = Self.lines(3).map { $0.replacing(",100.0,", with: ",400120000000,") }
        let found = await problem(Self.file(dear.map { $0.replacing(",102.0,", with: ",400140000000,") }))
        #expect(found.next.contains("<set priceScale=1e-9>"))
        let doubtful = try await read(Self.file(Self.lines(3, price: 5_000_000)))
        #expect(doubtful.warnings.count == 1 && doubtful.warnings[0].topics == [.priceScale])
    }

    @Test("UTF-16 and a quote that is not closed are said as that")
    func encodings() async throws {
        let bytes: [UInt8] = [0xFF, 0xFE] + Self.header.utf8.flatMap { (byte: UInt8) -> [UInt8] in [byte, 0] }
        try folder.write("QQQ_1Min.csv", bytes)
        let error = await playbookError {
            try await FilesSource(directory: folder.path).intradayBars(
                of: .of("QQQ"), timeframe: .minutes(2), from: .of("2024-03-01"), through: .of("2024-12-31"))
        }
        #expect(error?.message.hasSuffix(":1: the file is UTF-16 text") == true)
        let quote = await problem(Self.file(Self.lines(2) + ["2024-03-08T14:33:00Z,\"100,101,99,100,1"]))
        #expect(quote.message.contains(":4: a quote is not closed"))
    }
}

@Suite("How far apart the bars of a file are")
struct FileSpacingTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A session's bars `minutes` apart, `late` seconds after the time they open.
    private func write(_ name: String, _ minutes: Int, late: Int64 = 0, days: [String] = ["2024-03-08"]) throws {
        var lines = ["timestamp,open,high,low,close,volume"]
        for day in days {
            let session = try #require(TradingCalendar.nyse.session(on: .of(day)))
            for start in stride(from: 0, to: session.minutes, by: minutes) {
                let time = Instant(secondsSinceEpoch: session.open.secondsSinceEpoch + Int64(start) * 60 + late)
                lines.append("\(time),100,102,99,101,\(start + 1)")
            }
        }
        try folder.write(name, lines.joined(separator: "\n"))
    }

    private func read(_ minutes: Int, _ options: FileOptions = FileOptions()) async throws -> IntradayBars {
        try await FilesSource(directory: folder.path, options: options).intradayBars(
            of: .of("QQQ"), timeframe: .minutes(minutes), from: .of("2024-03-04"), through: .of("2024-03-15"))
    }

    @Test("is found, whatever the name says", arguments: [1, 2, 3, 5, 10, 15, 30, 60])
    func found(minutes: Int) async throws {
        for name in ["QQQ.csv", "QQQ_\(minutes)Min.csv", "QQQ_m\(minutes).csv"] {
            try write(name, minutes)
            #expect(try await read(minutes).timeframe == .minutes(minutes))
            let twice = try await read(minutes * 2)
            #expect(twice.timeframe == .minutes(minutes))
            try FileNamesForTests.remove("\(folder.path)/\(name)")
        }
    }

    @Test("must divide the playbook's, and the error says what there is and what would do")
    func doesNotDivide() async throws {
        try write("QQQ_5Min.csv", 5)
        let named = await playbookError { try await read(2) }
        #expect(
            named?.message.contains("these are 5-minute bars, which cannot be put together into the 2-minute bars")
                == true)
        #expect(named?.nextStep == "Bars of 1 or 2 minutes would do.")
        try write("QQQ_1Min.csv", 5)
        let wrong = await playbookError { try await read(2) }
        #expect(wrong?.code == .badData)
        #expect(wrong?.message.contains("5-minute bars, although the file's name says 1Min") == true)
        try write("QQQ_2Min.csv", 1)
        let finer = try await read(2)
        #expect(finer.timeframe == .minutes(1))
        #expect(finer.warnings == ["QQQ_2Min.csv: these are 1-minute bars, although the name says 2Min"])
    }

    @Test("of seconds is refused")
    func seconds() async throws {
        let lines = (0..<30).map { "\(Instant(secondsSinceEpoch: 1_709_908_200 + Int64($0) * 5)),1,1,1,1,1" }
        try folder.write("QQQ_1Min.csv", "timestamp,open,high,low,close,volume\n" + lines.joined(separator: "\n"))
        let error = await playbookError { try await read(2) }
        #expect(error?.message.contains("bars are 5 seconds apart") == true)
    }

    @Test("stamps of the close are refused, and read when that is said")
    func stampedAtClose() async throws {
        let days = ["2024-03-08", "2024-03-11", "2024-03-12"]
        try write("QQQ_1Min.csv", 1, late: 60, days: days)
        let error = await playbookError { try await read(2) }
        #expect(error?.code == .badData)
        #expect(error?.message.contains("each of 3 full sessions lacks its first bar and has one at the close") == true)
        #expect(error?.nextStep?.contains("<set stampsOfBars=close>") == true)
        let shifted = try await read(2, FileOptions(stamps: .close)).bars
        try write("QQQ_1Min.csv", 1, days: days)
        #expect(shifted == (try await read(2).bars))
        let contradiction = await playbookError { try await read(2, FileOptions(stamps: .close)) }
        #expect(
            contradiction?.message.contains("<stampsOfBars=close>, but each of 3 full sessions has a bar at its open")
                == true)
    }

    @Test("overlapping files are refused by their names")
    func overlap() async throws {
        try write("QQQ_1Min_2024-03-08.csv", 1)
        try write("QQQ_1Min_2024-03.csv", 1, days: ["2024-03-08", "2024-03-11"])
        let error = await playbookError { try await read(2) }
        #expect(error?.message.contains("overlap") == true)
        #expect(error?.message.contains("QQQ_1Min_2024-03-08.csv") == true)
    }
}

private enum FileNamesForTests {
    static func remove(_ path: String) throws { try Foundation.FileManager.default.removeItem(atPath: path) }
}

import PlaybookTestSupport
import PlaybookCore
import Testing

@testable import PlaybookMarketData

@Suite("A file of splits")
struct SplitsFileTests {
    private let folder: TemporaryFolder
    private var path: String { "\(folder.path)/QQQ_splits.csv" }

    init() throws { folder = try TemporaryFolder() }

    private func read(_ text: String) throws -> [Split] {
        try read(Array(text.utf8))
    }

    private func read(_ bytes: [UInt8]) throws -> [Split] {
        try SplitsFile(path: try folder.write("QQQ_splits.csv", bytes)).read()
    }

    @Test("has its splits in the order of their dates")
    func order() throws {
        let splits = try read("date,ratio\n2022-06-06,20\n2014-06-09,7\n2020-08-31,4\n")
        #expect(
            splits == [
                Split(date: try .of("2014-06-09"), ratio: 7), Split(date: try .of("2020-08-31"), ratio: 4),
                Split(date: try .of("2022-06-06"), ratio: 20),
            ])
    }

    @Test(
        "has ratios of new shares for one old share",
        arguments: [
            ("10", 10), ("10.0", 10), ("0.1", 0.1), ("1e1", 10), ("10:1", 10), ("1:10", 0.1), ("3:2", 1.5),
            ("2:3", 2 / 3), ("\"4:1\"", 4), (" 4 ", 4), ("0.0001", 0.0001), ("10000", 10_000), ("0.5:1", 0.5),
        ] as [(String, Double)])
    func ratios(text: String, ratio: Double) throws {
        #expect(try read("date,ratio\n2020-08-31,\(text)\n").map(\.ratio) == [ratio])
    }

    @Test("may have CR LF, a byte-order mark, quotes, upper case, blank lines and no end of line")
    func shapes() throws {
        let expected = [Split(date: try .of("2020-08-31"), ratio: 4)]
        for text in [
            "date,ratio\r\n2020-08-31,4\r\n", "\u{FEFF}date,ratio\n2020-08-31,4",
            "\"Date\",\"Ratio\"\n\n2020-08-31,4\n\n", "DATE, RATIO\n\"2020-08-31\",\"4\"\n",
        ] {
            #expect(try read(text) == expected, "\(text)")
        }
        #expect(try read("date,ratio\n") == [])
    }

    @Test(
        "is refused with its line and the reason",
        arguments: [
            (
                "2020-08-31,4\n", 1,
                "the header is not 'date,ratio', nor that of yfinance (Date,Stock Splits) or Polygon "
                    + "(execution_date,split_from,split_to)"
            ),
            ("date,ratio\n2020-08-31\n", 2, "1 fields where the header has 2"),
            ("date,ratio\n2020-08-31,4,1\n", 2, "3 fields where the header has 2"),
            ("date,ratio\n\n2020-02-30,4\n", 3, "'2020-02-30' is not a date YYYY-MM-DD"),
            ("date,ratio\n2020-31-08,4\n", 2, "'2020-31-08' is not a date YYYY-MM-DD"),
            ("date,ratio\r\n2020-08-31,4\r\n2020-08-31,5\r\n", 3, "a second split on 2020-08-31"),
        ])
    func problems(text: String, line: Int, reason: String) {
        let error = playbookError { try read(text) }
        #expect(error == PlaybookError(.badData, "\(path):\(line): \(reason)", nextStep: .edit(path, line: line)))
    }

    @Test(
        "is refused when a ratio makes no sense",
        arguments: [
            "", "0", "-4", "x", "4:0", "0:4", "4:-1", "4:1:1", ":", "4:", "inf", "nan", "0.00001", "10001", "1e400",
        ])
    func badRatios(text: String) {
        let error = playbookError { try read("date,ratio\n2014-06-09,7\n2020-08-31,\(text)\n") }
        #expect(error?.code == .badData)
        #expect(
            error?.message == "\(path):3: '\(text)' is not a split ratio such as 10, 0.1, 10:1 or 1:10")
    }

    @Test("that cannot be read is an error of the source")
    func unreadable() async throws {
        let error = playbookError { try SplitsFile(path: folder.path).read() }
        #expect(error?.code == .sourceUnavailable)
        #expect(error?.message == "cannot read \(folder.path): Is a directory")
    }

    @Test("need not be there")
    func noFile() async throws {
        #expect(
            try await FilesSource(directory: folder.path).splits(
                of: .of("QQQ"), through: .of("2024-01-02")) == [])
    }

    @Test("ends in splits or in an error that names file and line, whatever it holds")
    func fuzz() throws {
        var random = SeededGenerator(seed: 21)
        let alphabet = Array("0123456789.:,-\n\n\" eEx".utf8) + [0, 0xC3, 0xFF]
        var refused = 0
        for number in 0..<800 {
            var bytes = Array("date,ratio\n2020-08-31,4\n2022-06-06,1:20\n2023-01-05,0.1\n".utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch UInt8.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = alphabet.randomElement(using: &random) ?? 0
                case 1: bytes.remove(at: place)
                default: bytes.insert(alphabet.randomElement(using: &random) ?? 0, at: place)
                }
            }
            let outcome = Result { try read(bytes) }
            switch outcome {
            case .success(let splits):
                let dates = splits.map(\.date)
                let isSound = splits.allSatisfy { $0.ratio > 0 && $0.ratio.isFinite } && dates == Set(dates).sorted()
                if !isSound { Issue.record("case \(number): \(splits)") }
            case .failure(let error as PlaybookError):
                refused += 1
                let rest = error.message.dropFirst(path.count + 1)
                let isLocated =
                    error.code == .badData && error.message.hasPrefix("\(path):")
                    && Int(rest.prefix { $0 != ":" }).map((1...20).contains) == true
                if !isLocated { Issue.record("case \(number): \(error)") }
            case .failure(let error): Issue.record("case \(number): \(error)")
            }
        }
        #expect((100..<780).contains(refused))
    }
}

@Suite("A splits file of a vendor")
struct VendorSplitsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(
        "is read",
        arguments: [
            "Date,Stock Splits\n2020-08-31 00:00:00-04:00,4.0\n2024-06-10 00:00:00-04:00,10.0\n",
            "Date,Dividends,Stock Splits\n2020-08-31 00:00:00-04:00,0.0,4.0\n2022-01-03 00:00:00-05:00,0.2,0.0\n"
                + "2024-06-10 00:00:00-04:00,0.0,10.0\n",
            "execution_date,id,split_from,split_to,ticker\n2024-06-10,a,1,10,QQQ\n2020-08-31,b,1,4,QQQ\n2020-08-31,c,1,5,TSLA\n",
            "\"Date\",\"Stock Splits\"\n\"2020-08-31\",\"4:1\"\n\"2024-06-10\",\"10/1\"\n",
            "date;ratio\n2020-08-31;4\n2024-06-10;10\n",
            "date,numerator,denominator\n2020-08-31,4,1\n2024-06-10,10,1\n",
        ])
    func vendors(text: String) async throws {
        try folder.write("qqq_splits.csv", text)
        let splits = try await FilesSource(directory: folder.path).splits(of: .of("QQQ"), through: .of("2024-12-31"))
        #expect(
            splits == [
                Split(date: try .of("2020-08-31"), ratio: 4), Split(date: try .of("2024-06-10"), ratio: 10),
            ])
    }

    @Test("with American dates needs to be told so")
    func american() async throws {
        try folder.write("QQQ_splits.csv", "date,ratio\n06/10/2024,10\n")
        let error = await playbookError {
            try await FilesSource(directory: folder.path).splits(of: .of("QQQ"), through: .of("2024-12-31"))
        }
        #expect(error?.nextStep?.contains("<set dateOrder>") == true)
        let options = FileOptions(dateOrder: .monthFirst)
        let splits = try await FilesSource(directory: folder.path, options: options).splits(
            of: .of("QQQ"), through: .of("2024-12-31"))
        #expect(splits.map(\.date) == [try .of("2024-06-10")])
    }
}

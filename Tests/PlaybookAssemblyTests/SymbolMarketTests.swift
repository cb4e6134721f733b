import Foundation
import PlaybookCore
import Testing

@testable import PlaybookAssembly
@testable import PlaybookReports
@testable import PlaybookSettings
@testable import PlaybookUseCases

@Suite("The market of a symbol that names none")
struct SymbolMarketTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test(
        "is that of SYMBOLS, where this names the symbol",
        arguments: [
            ("BTC-USD", "BTC-USD@24x7,QQQ", nil, "BTC-USD@24x7"), ("btc/usd", "BTC/USD@24x7", nil, "BTC/USD@24x7"),
            ("QQQ, BTC-USD", "BTC-USD@24x7", nil, "QQQ BTC-USD@24x7"), ("QQQ", "QQQ@XNYS,BTC-USD", "24x7", "QQQ"),
            ("ETH-USD", "BTC-USD@24x7", nil, "ETH-USD"), ("ETH-USD", "BTC-USD@24x7", "24x7", "ETH-USD@24x7"),
            ("BTC-USD@XNYS", "BTC-USD@24x7", nil, "BTC-USD"), ("BTC-USD", "no list", nil, "BTC-USD"),
        ])
    func usual(asked: String, symbols: String, market: String?, expected: String) throws {
        var environment = ["SYMBOLS": symbols]
        environment["MARKET"] = market
        let found = try settings(["SYMBOLS": asked], environment: environment, in: folder).symbols()
        #expect(found.map(\.qualifiedName).joined(separator: " ") == expected)
        let file = try folder.write("my.env", environment.map { "\($0)=\($1)\n" }.joined())
        #expect(try settings(["SYMBOLS": asked], envFile: file, in: folder).symbols() == found)
    }

    @Test("is that of --market where the command line has it")
    func flag() throws {
        let environment = ["SYMBOLS": "BTC-USD@24x7"]
        let found = try settings(["SYMBOLS": "BTC-USD", "MARKET": "XNYS"], environment: environment, in: folder)
        #expect(try found.symbols().map(\.qualifiedName) == ["BTC-USD"])
    }

    @Test("is the usual one in a file of symbols, and stays what a line says")
    func file() throws {
        let path = try folder.write("universe.txt", "btc/usd, ETH-USD # coins\nQQQ@XNYS SOL-USD\n")
        let asked = try settings(environment: ["MARKET": "24x7"], in: folder)
        let names = try SymbolsFile.read(path, markets: asked.markets())
        let found = try settings(["SYMBOLS": names], environment: ["MARKET": "24x7"], in: folder).symbols()
        #expect(
            found.map { "\($0)@\($0.market)" } == ["BTC/USD@24x7", "ETH-USD@24x7", "QQQ@XNYS", "SOL-USD@24x7"])
        let error = #expect(throws: PlaybookError.self) { try SymbolsFile.read(path, markets: Market.all) }
        #expect(error?.message.hasPrefix("\(path):1: 'btc/usd' is not a ticker symbol") == true)
    }

    @Test(
        "is any in the cache, whose bars before the open count too",
        arguments: [
            ("QQQ", 1), ("BTC-USD", 1), ("btc-usd@24x7", 1), ("BTC-USD@XNYS", 0), ("QQQ,BTC-USD", 2), ("SPY", 0),
        ])
    func cache(asked: String, damaged: Int) async throws {
        for name in ["QQQ@XNYS-premarket", "BTC-USD@24x7"] {
            let place = "v1/iex/\(name)/2Min"
            try FileManager.default.createDirectory(
                atPath: "\(folder.path)/\(place)", withIntermediateDirectories: true)
            try folder.write("\(place)/2024-05.parquet", "no bars")
        }
        let settings = try settings(["DATA_CACHE_DIR": folder.path], in: folder)
        let text = try await CacheStatusReport(settings: settings, symbols: asked).text(.table)
        #expect(text.split(separator: "\n").count { $0.hasPrefix("damaged: ") } == damaged, "\(text)")
    }

    // MARK: - In journals

    private var flags: [String: String] {
        [
            "DATA_SOURCE": "files", "DATA_DIR": folder.path, "OUTPUT_LOCATION": folder.path + "/j.csv",
            "PLAYBOOK_NOW": "2024-03-11T12:00:00Z", "STRATEGY": "opening-range",
        ]
    }

    private func asking(_ flags: [String: String], environment: [String: String] = [:]) throws -> Settings {
        try settings(self.flags.merging(flags) { $1 }, environment: environment, in: folder)
    }

    /// Rows of BTC-USD@24x7 from a Friday to a Sunday.
    private func start() async throws {
        var text = "timestamp,open,high,low,close,volume\n"
        let first = try instant("2024-03-01T00:00:00Z").secondsSinceEpoch
        for bar in 0..<Int64(10 * 720) { text += "\(first + bar * 120),100,101,99,100,10\n" }
        try folder.write("BTC-USD_2Min.csv", text)
        let range = BacktestRequest.Dates.range(try date("2024-03-08"), try date("2024-03-10"))
        let result = try await BacktestJob(
            BacktestRequest(dates: range), settings: asking(["SYMBOLS": "BTC-USD@24x7"])
        ).run()
        #expect(result.rows.count == 3)
    }

    @Test("is that of the journal's rows, for status and verify")
    func journal() async throws {
        try await start()
        let asked = try asking(["SYMBOLS": "BTC-USD"])
        let status = try await JournalStatus(settings: asked)
        #expect(status.isClean)
        #expect(try status.text(.table, color: false).contains("Next session  closes 2024-03-12T00:00:00Z"))
        let selection = JournalSelection(symbols: ["BTC-USD"])
        #expect(try await JournalVerification(settings: asked, selection: selection).isClean)
    }

    @Test(
        "is refused where settings say another one than the rows, with the name to write",
        arguments: [
            (["SYMBOLS": "BTC-USD", "MARKET": "XNYS"], [:]), (["SYMBOLS": "BTC-USD@XNYS"], [:]),
            ([:], ["SYMBOLS": "BTC-USD"]),
        ])
    func contradiction(flags: [String: String], environment: [String: String]) async throws {
        try await start()
        let asked = try asking(flags, environment: environment)
        for error in [
            try await playbookError { _ = try await JournalStatus(settings: asked) },
            try await playbookError {
                _ = try await JournalVerification(settings: asked, selection: JournalSelection())
            },
        ] {
            #expect(error.code == .badData)
            #expect(error.message.hasSuffix("the rows of BTC-USD are of the market 24x7, and the settings say XNYS"))
            #expect(error.nextStep == "Name it BTC-USD@24x7, in <set symbols>.")
        }
    }
}

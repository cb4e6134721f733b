import Foundation
import PlaybookCore
import PlaybookTestSupport
import PlaybookWriters
import Testing

@Suite("The CSV writer refuses")
struct CSVRefusalTests {
    private let place: CSVPlace

    init() throws { place = try CSVPlace() }

    private func write(_ path: String? = nil) async throws -> WriteReceipt {
        let writer = CSVTradeWriter(path: path ?? place.path)
        try await writer.write([.traded()])
        return try await writer.finalize()
    }

    /// Expects that a file of `bytes` is refused with `problem` at `line` and left as it is.
    private func expectRefusal(
        _ bytes: [UInt8], line: Int, _ problem: String, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        try place.folder.write("trades.csv", bytes)
        let before = try FileState(place.path)
        let error = await playbookError(sourceLocation: sourceLocation) { try await write() }
        #expect(error?.code == .badData, sourceLocation: sourceLocation)
        #expect(
            error?.message == "\(place.path):\(line): \(problem); the file was left as it is",
            sourceLocation: sourceLocation)
        #expect(
            error?.nextStep
                == "Fix the file, restore it from a backup, or choose another file with <set journalPlace>.",
            sourceLocation: sourceLocation)
        #expect(try FileState(place.path) == before, sourceLocation: sourceLocation)
        #expect(try !place.folder.names().contains { $0.hasSuffix(".tmp") }, sourceLocation: sourceLocation)
    }

    @Test(
        "a file that is not a journal",
        arguments: [
            "Dear diary,\n", "a,b,c\n1,2,3\n", "\n", "symbol,trade_date\n", "\u{FEFF}", "PK\u{3}\u{4}", "\"open",
        ])
    func otherFile(text: String) async throws {
        try await expectRefusal(Array(text.utf8), line: 1, "not a trade journal: the first line is not its header")
    }

    @Test("a file that is not text")
    func binary() async throws {
        let noise = (0..<4_096).map { UInt8(truncatingIfNeeded: $0 &* 37 ^ ($0 >> 3)) }
        try await expectRefusal(noise, line: 1, "not a trade journal: the first line is not its header")
    }

    @Test("columns that are missing or there twice")
    func columns() async throws {
        let names = JournalColumn.names
        func header(_ names: [String]) -> [UInt8] { Array((names.joined(separator: ",") + "\n").utf8) }
        try await expectRefusal(header(Array(names.prefix(36))), line: 1, "columns are missing: data_id, run_id")
        try await expectRefusal(header(names + ["notes"]), line: 1, "the column 'notes' is there twice")
    }

    @Test("a damaged journal, naming the line")
    func damage() async throws {
        let rows = [try JournalRow.untraded("IWM", notes: "two\nlines"), try .untraded("QQQ"), try .untraded("SPY")]
        _ = try await CSVTradeWriter(path: place.path).finish(rows)
        let text = try String(contentsOfFile: place.path, encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines.count == 6 && lines[5].isEmpty)
        func refuse(_ line: Int, _ change: (inout String) -> Void, _ problem: String) async throws {
            var damaged = lines
            change(&damaged[line - 1])
            try await expectRefusal(Array(damaged.joined(separator: "\n").utf8), line: line, problem)
        }
        try await refuse(4, { $0 += "," }, "55 fields instead of 54")
        try await refuse(5, { $0 = "" }, "1 fields instead of 54")
        try await refuse(
            4, { $0 = "04.11.2024" + $0.dropFirst(10) }, "trade_date '04.11.2024' is not a date YYYY-MM-DD")
        try await refuse(5, { $0.replace(",1,0,long,", with: ",1,none,long,") }, "trades 'none' is not a whole number")
        try await refuse(5, { $0.replace(",SPY,", with: ",,") }, "symbol is empty")
        try await refuse(5, { $0.replace(",dp20,", with: ",,") }, "strategy is empty")
        try await refuse(5, { $0.replace(",abc,", with: ",,") }, "params_id is empty")
        try await refuse(2, { $0.replace("two", with: "\"two") }, "text after a closing quote")
        try await refuse(5, { $0 = "\"" + $0 }, "a quoted field does not end")
    }

    @Test("rows that are there twice")
    func twice() async throws {
        _ = try await CSVTradeWriter(path: place.path).finish([.untraded("QQQ"), .untraded("SPY")])
        var lines = try String(contentsOfFile: place.path, encoding: .utf8).split(separator: "\n").map(String.init)
        lines.append(lines[1])
        try await expectRefusal(
            Array((lines.joined(separator: "\n") + "\n").utf8), line: 4,
            "the same row (date, symbol, strategy, params_id, mode, trade_no) as line 2")
    }

    @Test("a folder in the file's place")
    func folder() async throws {
        let path = try place.folder.createFolder("trades.csv")
        let error = await playbookError { try await write() }
        #expect(error?.code == .cannotWrite)
        #expect(error?.message == "the journal was not written: cannot read \(path): Is a directory")
        #expect(error?.nextStep?.contains("<set journalPlace>") == true)
    }

    @Test("a file with several names, and names what to do")
    func hardLink() async throws {
        _ = try await CSVTradeWriter(path: place.path).finish([.untraded("SPY")])
        try FileManager.default.linkItem(atPath: place.path, toPath: "\(place.folder.path)/other.csv")
        let before = try FileState(place.path)
        let writer = CSVTradeWriter(path: place.path)
        try await writer.write([.traded()])
        for isPreview in [true, false] {
            let error = await playbookError { try await isPreview ? writer.preview() : writer.finalize() }
            #expect(error?.code == .cannotWrite)
            #expect(
                error?.message == """
                    the journal was not written: cannot replace \(place.path): it has 2 names (hard links), which \
                    would then be two files
                    """)
            #expect(error?.nextStep?.contains("symbolic link") == true)
        }
        #expect(try FileState(place.path) == before)
        try FileManager.default.removeItem(atPath: "\(place.folder.path)/other.csv")
        #expect(try await writer.finalize().added == 1)
    }

    @Test("a place below a file")
    func belowFile() async throws {
        let file = try place.folder.write("notes.txt", "mine")
        let error = await playbookError { try await write("\(file)/deep/trades.csv") }
        #expect(error?.code == .cannotWrite)
        #expect(
            error?.message == "the journal was not written: cannot create folder \(file)/deep: Not a directory")
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
    }

    @Test("a folder that it may not write to", .enabled(if: getuid() != 0, "the superuser may write anywhere"))
    func readOnlyFolder() async throws {
        let folder = try place.folder.createFolder("locked")
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder)
        let error = await playbookError { try await write("\(folder)/trades.csv") }
        #expect(error?.code == .cannotWrite)
        #expect(error?.message.hasSuffix("Permission denied") == true)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder)
    }
}

extension CSVTradeWriter {
    /// Writes `rows` and finalizes.
    func finish(_ rows: [JournalRow]) async throws -> WriteReceipt {
        try await write(rows)
        return try await finalize()
    }
}

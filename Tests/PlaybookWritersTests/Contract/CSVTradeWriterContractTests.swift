import Foundation
import PlaybookCore
import PlaybookWriters
import Testing

@Suite("The CSV writer's contract")
struct CSVTradeWriterContractTests {
    @Test("is kept in a folder of its own", arguments: TradeWriterContract.allCases)
    func contract(clause: TradeWriterContract) async throws {
        try await clause.check(CSVPlace())
    }
}

/// A CSV file that is not there yet.
struct CSVPlace: WriterPlace {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    var path: String { "\(folder.path)/trades.csv" }

    func makeWriter() -> any TradeWriter { CSVTradeWriter(path: path, lockTimeout: .seconds(600)) }

    func makeReader() -> any JournalReader { CSVJournalReader(path: path) }

    func rows() throws -> [[String]] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        let records = CSVText.records(try String(contentsOfFile: path, encoding: .utf8))
        #expect(records.first == JournalColumn.allCases.map(\.rawValue))
        return Array(records.dropFirst())
    }

    func state() throws -> String { "\(String(describing: try FileState(path)))" }

    /// A folder of the temporary file's name is in the way, even for the superuser.
    func obstruct(afterPieces count: Int) throws { try folder.createFolder(".trades.csv.tmp") }

    func clear() throws { try FileManager.default.removeItem(atPath: "\(folder.path)/.trades.csv.tmp") }
}

/// CSV taken apart by a second, simpler reader than the program's own.
enum CSVText {
    static func records(_ text: String) -> [[String]] {
        var records: [[String]] = []
        var record: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        var wasQuote = false
        func end() {
            record.append(String(decoding: field, as: UTF8.self))
            field = []
            wasQuote = false
        }
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") {
                if wasQuote { field.append(byte) }
                wasQuote = isQuoted
                isQuoted.toggle()
            } else if isQuoted {
                field.append(byte)
            } else if byte == UInt8(ascii: ",") {
                end()
            } else if byte == UInt8(ascii: "\n") {
                end()
                records.append(record)
                record = []
            } else {
                field.append(byte)
            }
        }
        return records
    }
}

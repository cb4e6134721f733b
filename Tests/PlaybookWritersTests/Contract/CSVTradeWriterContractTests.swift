import Foundation
import PlaybookCore
import PlaybookTestSupport
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

    private func text() throws -> String? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return try String(contentsOfFile: path, encoding: .utf8)
    }

    func rows() throws -> [[String]] { try text().map(CSVText.rows) ?? [] }

    func additions() throws -> [[String: String]] { try text().map(CSVText.additions) ?? [] }

    func annotate(_ row: Int, _ name: String, _ text: String) throws {
        let annotated = CSVText.annotated(try #require(try self.text()), row, name, text)
        try annotated.write(toFile: path, atomically: true, encoding: .utf8)
    }

    func putFirstSchema(_ rows: [JournalRow]) throws {
        try CSVText.firstSchema(rows).write(toFile: path, atomically: true, encoding: .utf8)
    }

    func state() throws -> String { "\(String(describing: try FileState(path)))" }

    /// A folder of the lock file's name is in the way, even for the superuser.
    func obstruct(afterPieces count: Int) throws {
        try? FileManager.default.removeItem(atPath: lockPath)
        try folder.createFolder(".trades.csv.lock")
    }

    func clear() throws { try FileManager.default.removeItem(atPath: lockPath) }

    private var lockPath: String { "\(folder.path)/.trades.csv.lock" }
}

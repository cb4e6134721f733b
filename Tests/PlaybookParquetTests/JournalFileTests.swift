import PlaybookCore
import PlaybookParquet
import Testing

@Suite("A journal as a Parquet file")
struct JournalFileTests {
    private func record(trades: String) throws -> JournalRecord {
        var fields = [String](repeating: "", count: JournalColumn.allCases.count)
        let known: [(JournalColumn, String)] = [
            (.tradeDate, "2024-11-04"), (.symbol, "QQQ"), (.strategy, "dp20"), (.parametersID, "p0123456789ab"),
            (.mode, "backtest"), (.trades, trades),
        ]
        for (column, text) in known { fields[column.index] = text }
        return try JournalRecord(fields: fields)
    }

    @Test("a whole number that a row does not have is null")
    func absentCount() throws {
        let file = try ParquetFile(JournalFile.encode([record(trades: "2"), record(trades: ""), record(trades: "0")]))
        let counts = try file.integers(JournalColumn.trades.index)
        #expect(counts.values == [2, 0, 0])
        #expect(counts.nullRows == [1])
    }

    @Test("a whole number that every row has is never null")
    func count() throws {
        let file = try ParquetFile(JournalFile.encode([record(trades: "0"), record(trades: "1")]))
        let counts = try file.integers(JournalColumn.trades.index)
        #expect(counts.values == [0, 1])
        #expect(counts.nullRows.isEmpty)
    }
}

import PlaybookCore
import PlaybookFileSystem
import PlaybookParquet
import PlaybookReports
import PlaybookResearch
import PlaybookSettings
import PlaybookUseCases

/// What is kept of finished runs, as tables, JSON, CSV and Parquet.
struct KeptDocuments: ResearchDocuments {
    func sweep(_ tables: SweepTables) -> (csv: [UInt8], parquet: [UInt8]) {
        let files = SweepFiles(tables)
        return (files.csv(), files.parquet(digest: tables.run.digest))
    }

    func walkForward(
        _ walk: WalkForward, _ run: ResearchRun, warnings: [NeutralText]
    ) throws -> (table: [UInt8], json: [UInt8]) {
        let report = WalkForwardReport(walk, run, warnings: warnings.map { $0.words(.commandLine) })
        return (
            Array((report.lines.joined(separator: "\n") + "\n").utf8),
            Array((try jsonText(report.document) + "\n").utf8)
        )
    }
}

/// Rows as a Parquet file.
struct ParquetRows: RowsFile {
    let path: String

    var place: JournalPlace { JournalPlace(writer: "parquet", location: path) }

    func write(_ records: [JournalRecord]) throws {
        try OutputFile.write(JournalFile.encode(records, writer: ParquetWriter(version: programVersion)), to: path)
    }
}

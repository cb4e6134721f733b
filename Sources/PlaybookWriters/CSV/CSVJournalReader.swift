public import PlaybookCore
import PlaybookFileSystem

/// Reads the journal that `CSVTradeWriter` writes.
public struct CSVJournalReader: JournalReader {
    public let place: JournalPlace
    private let path: String

    /// A reader of the file at `path`; one that is not there holds no rows.
    public init(path: String) {
        self.path = path
        place = JournalPlace(writer: "csv", location: path)
    }

    public func records(_ selection: JournalSelection) async throws -> [JournalRecord] {
        do {
            return try JournalCSV.records(FileReader.contentsIfThere(of: path) ?? [], allowsDoubles: true)
                .filter { selection.contains($0.key) }.sorted { $0.key < $1.key }
        } catch let error as JournalFormatError {
            throw PlaybookError(.badData, "\(path):\(error.line): \(error.problem)", nextStep: "Mend the file.")
        } catch let error as FileError {
            throw PlaybookError(.sourceUnavailable, "\(error)", nextStep: "Check the file and its permissions.")
        }
    }
}

public import PlaybookCore
import PlaybookFileSystem

/// Reads the journal that `CSVTradeWriter` writes.
public struct CSVJournalReader: LocalJournalReader {
    public let place: JournalPlace
    private let path: String

    /// A reader of the file at `path`; one that is not there holds no rows.
    public init(path: String) {
        self.path = path
        place = JournalPlace(writer: "csv", location: path)
    }

    public func read(_ selection: JournalSelection, _ body: (borrowing JournalLine) throws -> Void) async throws {
        try readHere(selection, body)
    }

    public func readHere(_ selection: JournalSelection, _ body: (borrowing JournalLine) throws -> Void) throws {
        let file = CSVJournalFile(path)
        do {
            try JournalCSV.read(isTolerant: selection.includesProblems, file.open) { line in
                if selection.contains(line) { try body(line) }
            }
        } catch {
            throw located(error, file)
        }
    }

    public func collect<Accumulator: JournalAccumulating>(
        _ selection: JournalSelection, into start: Accumulator
    ) async throws -> Accumulator {
        let file = CSVJournalFile(path)
        do {
            guard let text = try file.divisible() else { return start }
            return try await JournalCSV.collect(text, isTolerant: selection.includesProblems, into: start) { line in
                selection.contains(line)
            }
        } catch {
            throw located(error, file)
        }
    }

    /// Whether runs merge their rows into the file as they read it: one that is sorted in another way, or that a
    /// spreadsheet has saved, must be in memory as a whole for that.
    public func isMergedAsRead() throws -> Bool {
        let file = CSVJournalFile(path)
        do {
            return try !JournalRewrite([], file.open, write: { _ in }).isUpgrade
        } catch is JournalRewrite.NotSorted {
            return false
        } catch {
            throw located(error, file)
        }
    }

    private func located(_ error: any Error, _ file: CSVJournalFile) -> any Error {
        switch error {
        case let error as JournalFormatError: file.problem(error)
        case let error as FileError:
            PlaybookError(.sourceUnavailable, "\(error)", nextStep: "Check the file and its permissions.")
        default: error
        }
    }
}

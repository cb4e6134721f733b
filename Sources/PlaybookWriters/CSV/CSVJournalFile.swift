import PlaybookCore
import PlaybookFileSystem

/// The file of a CSV journal.
struct CSVJournalFile: Sendable {
    /// The path as users gave it.
    let path: String
    /// The file itself, where `path` is a link.
    let target: String

    init(_ path: String) {
        self.path = path
        target = FileSystem.resolved(path)
    }

    /// Begins to read the file; a file that is not there is empty.
    func open() throws -> (UnsafeMutableRawBufferPointer) throws -> Int {
        do {
            let file = OpenFile(try FileReader(target))
            return { try file.reader.read(into: $0) }
        } catch  where error.isNotFound {
            return { _ in 0 }
        }
    }

    /// An error in the file's text, as users meet it.
    func problem(_ error: JournalFormatError, isWriting: Bool = false) -> PlaybookError {
        PlaybookError(
            .badData, "\(path):\(error.line): \(error.problem)\(isWriting ? "; the file was left as it is" : "")",
            nextStep: isWriting
                ? "Fix the file, restore it from a backup, or choose another file with \(.set(.journalPlace))."
                : "Fix the file, or restore it from a backup.")
    }

    /// The text as it is now, to be read on two threads; nil when there is no file. A run that replaces the file meanwhile
    /// does not change it.
    func divisible() throws -> (any DivisibleText)? {
        while FileSystem.exists(target) {
            let (first, second) = (OpenFile(try FileReader(target)), OpenFile(try FileReader(target)))
            if first.reader.identity == second.reader.identity { return Text(first: first, second: second) }
        }
        return nil
    }

    /// Keeps a file open as long as somebody reads it.
    private final class OpenFile: Sendable {
        let reader: FileReader

        init(_ reader: consuming FileReader) { self.reader = reader }
    }

    /// A file that is open twice: once for its beginning, once for what comes later.
    private struct Text: DivisibleText {
        let first: OpenFile
        let second: OpenFile

        var size: Int { first.reader.size }

        func open(at offset: Int) throws -> (UnsafeMutableRawBufferPointer) throws -> Int {
            let file = offset == 0 ? first : second
            try file.reader.seek(to: offset)
            return { try file.reader.read(into: $0) }
        }
    }
}

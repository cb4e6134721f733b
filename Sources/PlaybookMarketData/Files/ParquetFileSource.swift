import PlaybookFileSystem
import PlaybookParquet
import Synchronization

/// A Parquet file on the disk, of which only the columns that are needed are read.
final class ParquetFileSource: ParquetSource {
    private let file: FileReader
    private let failure = Mutex<FileError?>(nil)

    let size: Int

    /// - Throws: `FileError` when the file cannot be opened.
    init(_ path: String) throws(FileError) {
        let file = try FileReader(path)
        size = file.size
        self.file = file
    }

    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ParquetError) {
        let count: Int
        do {
            count = try file.read(at: offset, into: buffer)
        } catch {
            failure.withLock { $0 = error }
            throw ParquetError(error.description)
        }
        guard count == buffer.count else { throw ParquetError("the file has become shorter") }
    }

    /// What the disk did not give, if that is what went wrong.
    var problem: FileError? { failure.withLock { $0 } }

    /// Whether nobody has written to the file meanwhile, so that all columns are of the same bars.
    var isUnchanged: Bool { file.isUnchanged }
}

import PlaybookCore
import PlaybookFileSystem

/// Files that commands write for people and other programs.
package enum OutputFile {
    /// Checks before any work that `path` can be written.
    ///
    /// - Throws: a `PlaybookError` that names it.
    package static func requireWritable(_ path: String, flag: String) throws {
        do {
            guard !FileSystem.isDirectory(path) else {
                throw PlaybookError(.usage, "\(flag): \(path) is a folder", nextStep: "Name a file in it.")
            }
            try FileSystem.createDirectory(FileSystem.directory(of: path))
            try FileSystem.requireReplaceable(path)
        } catch let error as FileError {
            throw cannotWrite(error, flag)
        }
    }

    /// Writes a page or a picture to `path`.
    ///
    /// - Throws: a `PlaybookError` that names it.
    package static func write(_ bytes: [UInt8], to path: String, flag: String) throws {
        do {
            try FileSystem.replace(path, with: bytes, isDurable: false)
        } catch {
            throw cannotWrite(error, flag)
        }
    }

    private static func cannotWrite(_ error: FileError, _ flag: String) -> PlaybookError {
        PlaybookError(.cannotWrite, "\(flag): \(error)", nextStep: "Free space, or name a place that can be written.")
    }

    /// Writes a file of data, whole or not at all.
    package static func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try FileSystem.createDirectory(FileSystem.directory(of: path))
            try FileSystem.replace(path, with: bytes)
        } catch {
            throw PlaybookError(
                .cannotWrite, NeutralText(error.description), nextStep: "Choose another file with --output.")
        }
    }
}

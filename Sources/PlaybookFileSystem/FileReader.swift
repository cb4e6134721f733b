#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// An open regular file, read from its beginning piece by piece.
public struct FileReader: ~Copyable {
    private let descriptor: Int32
    /// The path it was opened with.
    public let path: String
    /// Size in bytes when it was opened.
    public let size: Int

    /// Opens `path` for reading.
    ///
    /// - Throws: `FileError`; also when `path` is no regular file.
    public init(_ path: String) throws(FileError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileError("open", path) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let error = FileError("inspect", path)
            _ = close(descriptor)
            throw error
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            _ = close(descriptor)
            throw FileError("read", path, number: status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL)
        }
        self.descriptor = descriptor
        self.path = path
        size = Int(status.st_size)
    }

    deinit { _ = close(descriptor) }

    /// Goes to `offset` bytes from the beginning.
    public func seek(to offset: Int) throws(FileError) {
        guard lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else { throw FileError("read", path) }
    }

    /// Reads the next bytes into `buffer`; 0 at the end.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
        while true {
            #if canImport(Glibc)
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            #elseif canImport(Musl)
            let count = Musl.read(descriptor, buffer.baseAddress, buffer.count)
            #else
            let count = Darwin.read(descriptor, buffer.baseAddress, buffer.count)
            #endif
            if count >= 0 { return count }
            guard errno == EINTR else { throw FileError("read", path) }
        }
    }

    /// The whole of a regular file.
    public static func contents(of path: String) throws(FileError) -> [UInt8] {
        let reader = try FileReader(path)
        var bytes = [UInt8](repeating: 0, count: reader.size + 1)
        var filled = 0
        while true {
            let room = bytes.count - filled
            let result = bytes.withUnsafeMutableBytes { buffer in
                Result { () throws(FileError) in
                    try reader.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<(filled + room)]))
                }
            }
            let count = try result.get()
            if count == 0 { break }
            filled += count
            if filled == bytes.count { bytes.append(contentsOf: repeatElement(0, count: bytes.count)) }
        }
        bytes.removeLast(bytes.count - filled)
        return bytes
    }
}

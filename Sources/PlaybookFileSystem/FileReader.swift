#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// An open regular file, read from its beginning piece by piece.
public struct FileReader: ~Copyable, Sendable {
    private let descriptor: Int32
    /// The path it was opened with.
    public let path: String
    /// Size in bytes when it was opened.
    public let size: Int
    /// Tells this file from the one that replaces it: its inode, its size and when it was last written.
    public let identity: String

    /// Opens `path` for reading.
    ///
    /// - Throws: `FileError`; also when `path` is not a regular file.
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
        identity = Self.identity(of: status)
    }

    deinit { _ = close(descriptor) }

    private static func identity(of status: stat) -> String {
        #if canImport(Darwin)
        let written = status.st_mtimespec
        #else
        let written = status.st_mtim
        #endif
        return "\(status.st_ino)-\(written.tv_sec)-\(written.tv_nsec)-\(status.st_size)"
    }

    /// The identity of what stands at `path` now; nil when nothing does.
    ///
    /// It is opened where it may be: file systems over a network look at it anew then.
    static func identity(at path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        defer { if descriptor >= 0 { _ = close(descriptor) } }
        var status = stat()
        guard descriptor >= 0 ? fstat(descriptor, &status) == 0 : stat(path, &status) == 0 else { return nil }
        return identity(of: status)
    }

    /// Goes to `offset` bytes from the beginning.
    public func seek(to offset: Int) throws(FileError) {
        guard lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else { throw FileError("read", path) }
    }

    /// Fills `buffer` with the bytes from `offset` on, wherever the reader stands; several threads may do so at a time.
    ///
    /// - Returns: how many bytes there were: fewer than asked for at the end.
    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
        var filled = 0
        while filled < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
            let count = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + filled))
            if count == 0 { break }
            if count > 0 {
                filled += count
            } else if errno != EINTR {
                throw FileError("read", path)
            }
        }
        return filled
    }

    /// Whether nobody has written to the file since it was opened. One that was replaced whole is as it was here.
    public var isUnchanged: Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && Self.identity(of: status) == identity && Int(status.st_size) == size
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

    /// The bytes of the file at `path`; nil when there is none.
    public static func contentsIfThere(of path: String) throws(FileError) -> [UInt8]? {
        do throws(FileError) {
            return try contents(of: path)
        } catch {
            if error.isNotFound { return nil }
            throw error
        }
    }

    /// The whole of a regular file.
    public static func contents(of path: String) throws(FileError) -> [UInt8] {
        try FileReader(path).contents()
    }

    /// All that has not been read yet.
    public func contents() throws(FileError) -> [UInt8] {
        var room = size + 1
        var bytes: [UInt8] = []
        while true {
            var failure: FileError?
            let piece = [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
                do throws(FileError) {
                    while filled < buffer.count {
                        let rest = UnsafeMutableRawBufferPointer(
                            rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
                        let count = try read(into: rest)
                        if count == 0 { break }
                        filled += count
                    }
                } catch { failure = error }
            }
            if let failure { throw failure }
            if bytes.isEmpty { bytes = piece } else { bytes += piece }
            if piece.count < room { return bytes }
            // The file grows as it is read.
            room = bytes.count
        }
    }
}

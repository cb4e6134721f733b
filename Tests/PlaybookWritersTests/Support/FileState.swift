import Foundation

/// What tells whether a file was touched: its identity, its time of change to the nanosecond, its bytes.
struct FileState: Hashable {
    let identity: UInt64
    let seconds: Int
    let nanoseconds: Int
    let permissions: UInt32
    let bytes: Data

    /// The state of the file at `path`; nil when there is none.
    init?(_ path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        identity = UInt64(status.st_ino)
        #if canImport(Darwin)
        seconds = status.st_mtimespec.tv_sec
        nanoseconds = status.st_mtimespec.tv_nsec
        #else
        seconds = status.st_mtim.tv_sec
        nanoseconds = status.st_mtim.tv_nsec
        #endif
        permissions = UInt32(status.st_mode & 0o7777)
        bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    }
}

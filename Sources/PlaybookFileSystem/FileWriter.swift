import Dispatch
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A new file, written piece by piece on a thread of its own: whoever makes the pieces need not wait for the disk.
public final class FileWriter: Sendable {
    private let descriptor: Int32
    private let path: String
    private let isDurable: Bool
    private let queue = DispatchQueue(label: "file-writer")
    /// How many pieces may wait to be written.
    private let room = DispatchSemaphore(value: 24)
    private let state = Mutex(State())

    private struct State {
        var failure: FileError?
        var unsynced = 0
    }

    /// So many bytes are given to the disk at a time, so that little is left to do at the end.
    private static let syncSize = 1 << 24

    /// Makes the file at `temporary`, which must not exist.
    ///
    /// - Parameters:
    ///   - path: the file that it is for: errors name it.
    ///   - old: whose permissions it is to have, and whose owner and group as far as this process may give them; nil
    ///     for the usual ones.
    ///   - isDurable: whether it is to survive a power failure once it is finished.
    init(new temporary: String, for path: String, like old: stat?, isDurable: Bool) throws(FileError) {
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
        guard descriptor >= 0 else { throw FileError("make a file beside", path) }
        self.path = path
        self.isDurable = isDurable
        guard let old else { return }
        // The owner first: giving a file away clears some permissions.
        if fchown(descriptor, old.st_uid, old.st_gid) != 0 { _ = fchown(descriptor, uid_t.max, old.st_gid) }
        _ = fchmod(descriptor, old.st_mode & 0o7777)
    }

    deinit {
        // What waits holds the writer itself, so nothing waits any more.
        _ = close(descriptor)
    }

    /// Adds `bytes` at the end, sooner or later. What goes wrong is told in the end, to whoever wants the file.
    public func write(_ bytes: [UInt8]) {
        room.wait()
        queue.async { [self] in
            put(bytes)
            room.signal()
        }
    }

    private func put(_ bytes: [UInt8]) {
        guard state.withLock({ $0.failure }) == nil else { return }
        let number = bytes.withUnsafeBytes { buffer -> Int32 in
            var rest = buffer
            while !rest.isEmpty {
                #if canImport(Glibc)
                let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
                #elseif canImport(Musl)
                let count = Musl.write(descriptor, rest.baseAddress, rest.count)
                #else
                let count = Darwin.write(descriptor, rest.baseAddress, rest.count)
                #endif
                if count < 0 {
                    if errno == EINTR { continue }
                    return errno
                }
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
            return 0
        }
        if number != 0 { return fail("write", number) }
        let unsynced = state.withLock { state in
            state.unsynced += bytes.count
            return state.unsynced
        }
        guard isDurable, unsynced >= Self.syncSize else { return }
        guard fsync(descriptor) == 0 else { return fail("sync", errno) }
        state.withLock { $0.unsynced = 0 }
    }

    private func fail(_ operation: String, _ number: Int32) {
        state.withLock { $0.failure = FileError(operation, path, number: number) }
    }

    /// Waits until everything is written.
    private func wait() throws(FileError) {
        queue.sync {}
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }

    /// Begins again: the file is empty.
    public func restart() throws(FileError) {
        try wait()
        guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
            throw FileError("write", path)
        }
    }

    /// Waits until everything is written and, where it is to be, durable.
    func finish() throws(FileError) {
        try wait()
        guard !isDurable || fsync(descriptor) == 0 else { throw FileError("sync", path) }
    }

    /// Waits until nothing is being written any more.
    func stop() { queue.sync {} }
}

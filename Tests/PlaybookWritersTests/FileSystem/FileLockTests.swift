import Foundation
import PlaybookFileSystem
import PlaybookTestSupport
import Testing

@Suite("A file lock")
struct FileLockTests {
    private let folder: TemporaryFolder
    private var path: String { "\(folder.path)/lock" }

    init() throws { folder = try TemporaryFolder() }

    /// Whether the lock could be taken; it is released at once.
    private func isFree() throws -> Bool {
        if let lock = try FileLock(tryLocking: path) {
            _ = consume lock
            return true
        }
        return false
    }

    /// Takes the lock, calls `body`, and releases it.
    private func whileLocked(_ body: () throws -> Void) throws {
        guard let lock = try FileLock(tryLocking: path) else {
            Issue.record("the lock is not free")
            return
        }
        try withExtendedLifetime(lock) { try body() }
    }

    @Test("is held by one at a time and free again when it goes out of scope")
    func exclusive() throws {
        try whileLocked {
            let free = try isFree()
            #expect(!free)
            #expect(HeldLock(path) == nil, "other means see the lock too")
        }
        #expect(try isFree())
        #expect(try folder.names() == ["lock"])
    }

    @Test("is held by another process until that process ends")
    func otherDescriptor() throws {
        let held = try #require(HeldLock(path))
        #expect(try !isFree())
        held.release()
        #expect(try isFree())
    }

    @Test("is not disturbed by what the file holds")
    func content() throws {
        try folder.write("lock", "some text")
        try whileLocked {
            let free = try isFree()
            #expect(!free)
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "some text")
    }

    @Test("cannot be taken where no file can be")
    func errors() throws {
        let missing = #expect(throws: FileError.self) { _ = try FileLock(tryLocking: "\(folder.path)/none/lock") }
        #expect(missing?.description == "cannot create lock file \(folder.path)/none/lock: No such file or directory")
        let directory = #expect(throws: FileError.self) { _ = try FileLock(tryLocking: folder.path) }
        #expect(directory?.description == "cannot create lock file \(folder.path): Is a directory")
    }
}
